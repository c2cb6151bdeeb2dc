import Exchange
import Labels
import Ledger
import Registry
import TestSupport
import Testing

@Suite("Events that were kept aside")
struct QuarantineTests {
  private let maker: FactMaker

  init() throws {
    maker = try FactMaker("TT1")
  }

  /// A station whose key was revoked after three events; three more came after that.
  private func kept(_ kind: StoreKind) async throws -> (host: HostFixture, chain: StationChain) {
    let host = try await HostFixture(kind)
    let item = try maker.item(1)
    var chain = try StationChain(of: "TT1")
    chain.record([maker.description(), maker.registration(item), maker.reading(2)])
    chain.record([maker.checkout(item), maker.checkout(try maker.item(9)), maker.reading(5)])
    try await host.enrol(chain)
    _ = try await host.registry.apply(chain.sealed(0..<3))
    let last = try await host.registry.revoke(chain.station)
    await #expect(throws: ExchangeError.revoked(lastTrusted: last)) {
      try await host.registry.apply(chain.sealed())
    }
    return (host, chain)
  }

  private func release(
    _ chain: StationChain, through last: Int, because reason: String = "Thủ thư xác nhận.",
    at host: HostFixture
  ) async throws -> Int {
    try await host.registry.release(
      chain.station, through: chain.positions[last], because: reason, by: "dieu-phoi")
  }

  private func leaf(_ chain: StationChain, at host: HostFixture) async throws -> QuarantineLeaf {
    try await host.registry.quarantineLeaf(of: chain.station, epoch: chain.epoch, limit: 10)
  }

  @Test("are listed by epoch and one by one", arguments: StoreKind.allCases)
  func list(kind: StoreKind) async throws {
    let (host, chain) = try await kept(kind)
    let runs = try await host.registry.quarantineRuns(limit: 5)
    #expect(runs.map(\.station) == [chain.station] && runs.map(\.openCount) == [3])
    #expect(runs.map(\.sequences) == [4...6] && runs.map(\.reason) == [.revoked])
    let leaf = try await leaf(chain, at: host)
    #expect(leaf.events.map(\.event.event.sequence) == [4, 5, 6] && leaf.cursor.sequence == 3)
    #expect(leaf.events.allSatisfy { $0.decision == nil } && leaf.cameAgain.isEmpty)
    #expect(try await host.registry.overview().keptAsideCount == 3)
    await #expect(throws: QuarantineError.nothingThere) {
      try await host.registry.quarantineLeaf(
        of: chain.station, epoch: try #require(Epoch(2)), limit: 5)
    }
  }

  @Test(
    "are taken into the books by a decision, in order, each once, with what does not fit noted",
    arguments: StoreKind.allCases)
  func release(kind: StoreKind) async throws {
    let (host, chain) = try await kept(kind)
    #expect(try await release(chain, through: 5, at: host) == 2)
    let item = try maker.item(1)
    #expect(try await host.registry.borrower(of: item) != nil)
    let conflicts = try await host.registry.conflicts(ConflictFilter(), limit: 5).conflicts
    #expect(conflicts.map(\.conflict.name) == ["unknown-item"])
    var leaf = try await leaf(chain, at: host)
    #expect(leaf.events.map(\.decision?.ruling) == [.released, .released, nil])
    #expect(leaf.events.first?.decision?.account == "dieu-phoi" && leaf.openCount == 1)
    #expect(try await release(chain, through: 5, at: host) == 0)
    #expect(try await release(chain, through: 6, at: host) == 1)
    #expect(try await release(chain, through: 6, at: host) == 0)
    #expect(try await host.registry.overview().readings == [maker.library: 7])
    #expect(try await host.registry.verify().problems == [])
    // The key stays revoked, and the same batch changes nothing.
    await #expect(throws: ExchangeError.self) { try await host.registry.apply(chain.sealed()) }
    leaf = try await self.leaf(chain, at: host)
    #expect(leaf.eventCount == 3 && leaf.openCount == 0)
    #expect(try await host.registry.overview().readings == [maker.library: 7])
    let trail = try await host.registry.audit(limit: 5).filter { $0.act == .quarantineReleased }
    #expect(trail.map(\.subject) == ["TT1-1/1.6-6", "TT1-1/1.4-5"])
    #expect(trail.first?.detail == "Thủ thư xác nhận.")
  }

  @Test("lie by a decision, and may be taken in later", arguments: StoreKind.allCases)
  func leftAside(kind: StoreKind) async throws {
    let (host, chain) = try await kept(kind)
    let count = try await host.registry.leaveAside(
      chain.station, epoch: .first, from: 5, because: "Máy bị trộm.", by: "dieu-phoi")
    #expect(count == 2)
    var leaf = try await leaf(chain, at: host)
    #expect(leaf.events.map(\.decision?.ruling) == [nil, .leftAside, .leftAside])
    #expect(try await host.registry.overview().keptAsideCount == 1)
    #expect(try await host.registry.overview().readings == [maker.library: 2])
    #expect(try await release(chain, through: 6, at: host) == 3)
    leaf = try await self.leaf(chain, at: host)
    #expect(leaf.events.map(\.decision?.ruling) == [.released, .released, .released])
    #expect(try await host.registry.verify().problems == [])
  }

  @Test("need a reason, and those of another history stay aside", arguments: StoreKind.allCases)
  func refusals(kind: StoreKind) async throws {
    let (host, chain) = try await kept(kind)
    await #expect(throws: QuarantineError.reasonMissing) {
      try await release(chain, through: 6, because: " ", at: host)
    }
    await #expect(throws: QuarantineError.reasonTooLong) {
      try await release(chain, through: 6, because: String(repeating: "x", count: 301), at: host)
    }
    let stranger = try StationChain(of: "TT2")
    await #expect(throws: QuarantineError.nothingThere) {
      try await release(stranger, through: 0, at: host)
    }
    // Once the books have gone on from the fourth event, another fourth one follows nothing.
    #expect(try await release(chain, through: 4, at: host) == 1)
    var copy = try StationChain(of: "TT1", key: chain.key)
    copy.record([maker.description(), maker.registration(try maker.item(1)), maker.reading(2)])
    copy.record([maker.reading(70), maker.reading(80), maker.reading(90), maker.reading(100)])
    await #expect(throws: ExchangeError.self) { try await host.registry.apply(copy.sealed()) }
    #expect(try await leaf(chain, at: host).eventCount == 7)
    #expect(try await release(chain, through: 6, at: host) == 2)
    let end = chain.positions[6]
    await #expect(throws: QuarantineError.doesNotFollow(end)) {
      try await release(copy, through: 7, at: host)
    }
    #expect(try await host.registry.overview().readings == [maker.library: 7])
    #expect(try await host.registry.verify().problems == [])
  }

  @Test("of two histories are taken in as the chosen event has it", arguments: StoreKind.allCases)
  func fork(kind: StoreKind) async throws {
    let (host, chain) = try await kept(kind)
    var copy = try StationChain(of: "TT1", key: chain.key)
    copy.record([maker.description(), maker.registration(try maker.item(1)), maker.reading(2)])
    copy.record([maker.reading(70), maker.reading(80), maker.reading(90)])
    await #expect(throws: ExchangeError.self) { try await host.registry.apply(copy.sealed()) }
    // Both fourth events follow the third one.
    #expect(try await leaf(chain, at: host).eventCount == 6)
    #expect(try await release(copy, through: 5, at: host) == 2)
    #expect(try await host.registry.overview().readings == [maker.library: 152])
    let end = copy.positions[5]
    await #expect(throws: QuarantineError.doesNotFollow(end)) {
      try await release(chain, through: 6, at: host)
    }
    #expect(try await host.registry.verify().problems == [])
  }

  @Test(
    "are done once, though the act comes again under a later key after that",
    arguments: StoreKind.allCases)
  func comesLater(kind: StoreKind) async throws {
    let (host, chain) = try await kept(kind)
    var later = try StationChain(of: "TT1", epoch: try #require(Epoch(2)))
    try await host.enrol(later)
    #expect(try await release(chain, through: 6, at: host) == 3)
    try later.carry(chain.events[3...])
    later.record([maker.reading(11)])
    _ = try await host.registry.apply(later.sealed())
    #expect(try await host.registry.overview().readings == [maker.library: 18])
    let conflicts = try await host.registry.conflicts(ConflictFilter(), limit: 5).conflicts
    #expect(conflicts.map(\.conflict.name) == ["unknown-item"])
    #expect(try await host.registry.verify().problems == [])
  }

  @Test("of two keys are released under one of them alone", arguments: StoreKind.allCases)
  func keptTwice(kind: StoreKind) async throws {
    let (host, chain) = try await kept(kind)
    var later = try StationChain(of: "TT1", epoch: try #require(Epoch(2)))
    try await host.enrol(later)
    _ = try await host.registry.revoke(later.station)
    try later.carry(chain.events[3...])
    await #expect(throws: ExchangeError.self) { try await host.registry.apply(later.sealed()) }
    #expect(try await release(chain, through: 6, at: host) == 3)
    let done = EventReference(station: chain.station, epoch: .first, sequence: 4)
    await #expect(throws: QuarantineError.cameAgain(done)) {
      try await release(later, through: 3, at: host)
    }
    #expect(try await host.registry.overview().readings == [maker.library: 7])
    #expect(try await host.registry.verify().problems == [])
  }
}
