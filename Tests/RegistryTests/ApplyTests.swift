import Circulation
import Exchange
import Ledger
import Registry
import TestSupport
import Testing

@Suite("Applying batches")
struct ApplyTests {
  private let maker: FactMaker

  init() throws {
    maker = try FactMaker("TT1")
  }

  /// A chain of one title, some items, and acts on them.
  private func history(items: Int = 5) throws -> StationChain {
    var chain = try StationChain(of: "TT1")
    chain.record([maker.description()])
    for serial in 1...items {
      let item = try maker.item(serial)
      chain.record([maker.registration(item), maker.checkout(item), maker.renewal(item)])
    }
    chain.record([maker.checkin(try maker.item(1)), maker.reading(12)])
    return chain
  }

  @Test("waits for the disk at every commit: synchronous is FULL")
  func synchronousFull() async throws {
    let host = try HostFixture()
    #expect(try await SQLiteRegistryStore(folder: host.folder).synchronousLevel() == 2)
  }

  @Test(
    "gives a signed receipt that names the batch's end, and keeps it", arguments: StoreKind.allCases
  )
  func receipt(kind: StoreKind) async throws {
    let host = try await HostFixture(kind)
    let chain = try history()
    try await host.enrol(chain)
    let application = try await host.registry.apply(chain.sealed())
    let receipt = try Receipt.open(
      application.sealedReceipt, with: host.registry.verifyingKey)
    #expect(receipt == application.receipt)
    #expect(receipt.position == chain.positions.last)
    #expect(receipt.newCount == chain.events.count && receipt.knownCount == 0)
    #expect(receipt.hostMilliseconds == HostFixture.nowMilliseconds)
    try receipt.refuseWhenOfAnother(than: chain.batch())
    let kept = try HostStore.texts(of: "SELECT bytes FROM receipts", in: host)
    #expect(kept == ["\\x" + Hex.text(of: application.sealedReceipt)])
  }

  @Test(
    "keeps each event's bytes as they were sent, an unknown kind's too",
    arguments: StoreKind.allCases)
  func rawEvents(kind: StoreKind) async throws {
    let host = try await HostFixture(kind)
    var chain = try history()
    chain.record([maker.unrecognised()])
    try await host.enrol(chain)
    let receipt = try await host.registry.apply(chain.sealed()).receipt
    #expect(receipt.findings.map(\.name) == ["unrecognised-fact"])
    let kept = try HostStore.texts(
      of: "SELECT hash, bytes FROM events ORDER BY sequence", in: host)
    let sent = zip(chain.positions.dropFirst(), chain.events).map { position, bytes in
      "\\x\(position.hash) \\x\(Hex.text(of: bytes))"
    }
    #expect(kept == sent)
  }

  @Test("adds up what the events say", arguments: StoreKind.allCases)
  func books(kind: StoreKind) async throws {
    let host = try await HostFixture(kind)
    let chain = try history()
    try await host.enrol(chain)
    _ = try await host.registry.apply(chain.sealed())
    let overview = try await host.registry.overview()
    #expect(overview.balances == [.outside: -5, maker.shelf: 1, maker.patron: 4])
    #expect(overview.readings == [maker.library: 12])
    #expect(overview.conflicts.isEmpty)
    let records = try HostStore.texts(
      of: "SELECT title, publisher, year, grade, isbn FROM records", in: host)
    #expect(records == ["Dế Mèn phiêu lưu ký Kim Đồng 2019 4 -"])
  }

  @Test(
    "changes nothing when a batch, or a part of what is known, comes again",
    arguments: StoreKind.allCases)
  func repeats(kind: StoreKind) async throws {
    let host = try await HostFixture(kind)
    let chain = try history()
    try await host.enrol(chain)
    _ = try await host.registry.apply(chain.sealed())
    let before = try HostStore.rows(of: host, in: HostStore.books)
    for offsets in [0..<chain.events.count, 0..<1, 3..<7, 5..<chain.events.count] {
      let receipt = try await host.registry.apply(chain.sealed(offsets)).receipt
      #expect(receipt.newCount == 0 && receipt.knownCount == offsets.count)
      #expect(receipt.position == chain.positions[offsets.upperBound])
    }
    #expect(try HostStore.rows(of: host, in: HostStore.books) == before)
  }

  @Test(
    "applies only what is new of a batch that begins before the last one ended",
    arguments: StoreKind.allCases)
  func overlap(kind: StoreKind) async throws {
    let host = try await HostFixture(kind)
    let chain = try history()
    try await host.enrol(chain)
    _ = try await host.registry.apply(chain.sealed(0..<8))
    let receipt = try await host.registry.apply(chain.sealed(3..<chain.events.count)).receipt
    #expect(receipt.knownCount == 5 && receipt.newCount == chain.events.count - 8)
    #expect(try await host.registry.verify().problems == [])
  }

  @Test(
    "comes to the same books however a history is cut into batches",
    arguments: StoreKind.allCases, 0..<12)
  func splits(kind: StoreKind, seed: Int) async throws {
    var generator = SeededGenerator(seed: UInt64(seed))
    let items = try (1...6).map { try maker.item($0) }
    var chain = try StationChain(of: "TT1")
    chain.record(maker.randomFacts(120, about: items, using: &generator))
    // The books that the other database has of the same are the same.
    let (whole, host) = (try HostFixture(inMemory: true), try await HostFixture(kind))
    for host in [whole, host] { try await host.enrol(chain) }
    _ = try await whole.registry.apply(chain.sealed())
    var applied = 0
    while applied < chain.events.count {
      // Begins up to ten events early, as a station does that has lost its last receipts.
      let start = max(0, applied - Int.random(in: 0...10, using: &generator))
      let end = min(chain.events.count, applied + Int.random(in: 0...25, using: &generator))
      guard start < end else { continue }
      let receipt = try await host.registry.apply(chain.sealed(start..<end)).receipt
      #expect(receipt.newCount == max(0, end - applied))
      applied = max(applied, end)
    }
    #expect(
      try HostStore.rows(of: host, in: HostStore.books)
        == HostStore.rows(of: whole, in: HostStore.books))
  }

  @Test(
    "applies a batch once when two processes get it at the same moment",
    arguments: StoreKind.allCases)
  func concurrently(kind: StoreKind) async throws {
    let host = try await HostFixture(kind)
    let chain = try history(items: 20)
    try await host.enrol(chain)
    let second = try await host.secondRegistry()
    for start in stride(from: 0, to: chain.events.count, by: 9) {
      let end = min(start + 9, chain.events.count)
      let bytes = try chain.sealed(start..<end)
      async let here = host.registry.apply(bytes)
      async let there = second.apply(bytes)
      let receipts = try await [here.receipt, there.receipt]
      #expect(receipts.map(\.newCount).sorted() == [0, end - start])
      #expect(receipts.map(\.position) == [chain.positions[end], chain.positions[end]])
    }
    #expect(try await host.registry.verify().problems == [])
  }

  @Test("goes on to its end when the station hangs up", arguments: StoreKind.allCases)
  func cancellation(kind: StoreKind) async throws {
    let host = try await HostFixture(kind)
    let chain = try history()
    try await host.enrol(chain)
    let bytes = try chain.sealed()
    let task = Task { try await host.registry.apply(bytes) }
    task.cancel()
    _ = await task.result
    let receipt = try await host.registry.apply(bytes).receipt
    #expect(receipt.position == chain.positions.last)
    #expect(try await host.registry.verify().problems == [])
  }
}
