import Circulation
import Dispatch
import Exchange
import Foundation
import GRDB
import Labels
import Ledger
import Registry
import Rotation
import TestSupport
import Testing

@Suite("A host's feed")
struct FeedTests {
  private let maker: FactMaker
  private let other: FactMaker

  init() throws {
    maker = try FactMaker("TT1")
    other = try FactMaker("TT")
  }

  /// A host at which two stations are enrolled; the first has told of a title and three copies.
  private func group(
    _ kind: StoreKind
  ) async throws -> (host: HostFixture, chain: StationChain, taker: FeedTaker) {
    let (host, owner, taker) = try await HostFixture.telling(kind)
    return (host, owner, taker)
  }

  @Test(
    "tells a new station of every title and copy, and then of nothing",
    arguments: StoreKind.allCases)
  func snapshot(kind: StoreKind) async throws {
    var (host, _, taker) = try await group(kind)
    let pages = try await taker.pull(host.registry)
    #expect(pages.count == 1 && pages[0].run.beginsSnapshot && pages[0].run.isLast)
    let contents = try taker.contents
    for serial in 1...3 {
      let item = FeedItem(
        item: try maker.item(serial), record: try #require(RecordID("TT.1")), place: maker.shelf)
      #expect(contents.contains(.item(item)))
    }
    let titles = contents.compactMap {
      if case .record(let record, _) = $0 { record.title } else { nil }
    }
    #expect(titles == ["Dế Mèn phiêu lưu ký"])
    #expect(contents.contains(.slipKey(taker.slipKey.bytes, of: taker.chain.station)))

    let again = try await taker.ask(host.registry).run
    #expect(again.entries.isEmpty && again.isLast && again.checkpoint == taker.checkpoint)
  }

  @Test(
    "tells what has changed, and never who has a book or that it is lent",
    arguments: StoreKind.allCases)
  func changes(kind: StoreKind) async throws {
    var (host, chain, taker) = try await group(kind)
    try await taker.pull(host.registry)
    chain.record([
      maker.checkout(try maker.item(1)),
      .lost(
        ItemMove(item: try maker.item(2), from: maker.shelf, to: .missing(maker.library), seen: 1)),
    ])
    _ = try await host.registry.apply(chain.sealed())
    let page = try #require(try await taker.pull(host.registry).first)
    #expect(!page.run.beginsSnapshot)
    let told = try page.run.entries.compactMap { try FeedContent($0) }
    #expect(
      told == [
        .item(
          FeedItem(
            item: try maker.item(2), record: try #require(RecordID("TT.1")),
            place: .missing(maker.library)))
      ])
    // The same batch again tells nothing again.
    _ = try await host.registry.apply(chain.sealed())
    #expect(try await taker.pull(host.registry)[0].run.entries.isEmpty)
  }

  @Test(
    "tells of a box with its slip while it travels, and where it has come",
    arguments: StoreKind.allCases)
  func boxes(kind: StoreKind) async throws {
    var (host, chain, taker) = try await group(kind)
    let box = try BoxNumber(library: maker.library, serial: 1)
    let step = BoxStep(box: box, seal: 1)
    let slip = try #require(maker.slip(of: try maker.item(1), in: step))
    let route = BoxRoute(step: step, from: maker.library, to: other.library)
    chain.record([.box(.sealed(slip)), .box(.sent(route))])
    _ = try await host.registry.apply(chain.sealed())
    try await taker.pull(host.registry)
    let onTheWay = FeedBox(
      number: box, state: .dispatched, seal: 1, from: maker.library, to: other.library, holder: nil)
    #expect(try taker.contents.contains(.box(onTheWay)))
    #expect(try taker.contents.contains(.slip(slip)))

    var receiver = taker.chain
    receiver.record([.box(.arrived(BoxRoute(step: step, from: maker.library, to: other.library)))])
    _ = try await host.registry.apply(receiver.sealed())
    try await taker.pull(host.registry)
    let boxes = try taker.contents.compactMap { if case .box(let box) = $0 { box } else { nil } }
    #expect(boxes.map(\.holder) == [other.library] && boxes.map(\.from) == [maker.library])
  }

  @Test("tells of a blocked card to its own library alone", arguments: StoreKind.allCases)
  func blockedCard(kind: StoreKind) async throws {
    var (host, chain, stranger) = try await group(kind)
    chain.record([maker.checkout(try maker.item(1))])
    _ = try await host.registry.apply(chain.sealed())
    let borrower = try #require(try await host.registry.borrower(of: maker.item(1)))
    #expect(borrower.library == maker.library)
    try await host.registry.setBlocked(true, card: borrower.token, of: maker.library)
    var own = FeedTaker(chain)
    for isBlocked in [true, false] {
      try await host.registry.setBlocked(isBlocked, card: borrower.token, of: maker.library)
      let card = FeedContent.card(borrower.token, of: maker.library, isBlocked: isBlocked)
      try await own.pull(host.registry)
      try await stranger.pull(host.registry)
      #expect(try own.contents.contains(card))
      #expect(try !stranger.contents.contains(card))
    }
    #expect(try await host.registry.borrower(of: maker.item(2)) == nil)
  }

  @Test(
    "begins anew for a station whose checkpoint it did not issue", arguments: StoreKind.allCases)
  func otherCheckpoint(kind: StoreKind) async throws {
    var (host, _, taker) = try await group(kind)
    try await taker.pull(host.registry)
    let known = try #require(taker.checkpoint)
    let claims = [
      FeedCheckpoint(lineage: known.lineage, version: known.version + 9, sequence: known.sequence),
      FeedCheckpoint(lineage: known.lineage &+ 1, version: known.version, sequence: known.sequence),
      FeedCheckpoint(lineage: known.lineage, version: known.version, sequence: known.sequence + 1),
    ]
    for claim in claims {
      let request = FeedRequest(
        station: taker.chain.station, epoch: .first, checkpoint: claim, slipKey: taker.slipKey)
      let bytes = try await host.registry.feed(request.sealed(with: taker.chain.key))
      let run = try FeedPage.open(bytes, with: host.registry.verifyingKey).run
      #expect(run.beginsSnapshot && run.checkpoint.version > claim.version)
    }
  }

  @Test("gives a large group page by page, each within its limits", arguments: StoreKind.allCases)
  func pages(kind: StoreKind) async throws {
    let host = try await HostFixture(kind)
    let reader = try StationChain(of: "TT")
    try await host.enrol(reader)
    let record = try #require(RecordID("TT.1"))
    let items = try (1...FeedLimits.entriesPerPage + 5).map { number in
      let item = try ItemID("TT1.TN.\(String("\(1_000_000 + number)".dropFirst()))")
      return FeedContent.item(FeedItem(item: item, record: record, place: .shelf(maker.library)))
    }
    try await host.store.write { try $0.publish(items) }
    var taker = FeedTaker(reader)
    let pages = try await taker.pull(host.registry)
    #expect(pages.map(\.run.isLast) == [false, true])
    #expect(pages.map(\.run.beginsSnapshot) == [true, false])
    #expect(pages.map(\.run.entries.count) == [FeedLimits.entriesPerPage, 6])
    #expect(taker.entries.count == items.count + 1)
  }

  @Test("is refused to a machine whose place another has taken, and to one that nobody trusts")
  func over() async throws {
    let (host, chain, _) = try await group(.sqlite)
    let taker = FeedTaker(chain)
    _ = try await host.registry.revoke(chain.station, lastTrusted: 2)
    await #expect(throws: ExchangeError.revoked(lastTrusted: chain.positions[2])) {
      try await taker.ask(host.registry)
    }
    let stranger = FeedTaker(try StationChain(of: "TT1"))
    await #expect(throws: ExchangeError.badSignature) { try await stranger.ask(host.registry) }
  }

  @Test(
    "misses no change that commits after a later one was told",
    .disabled(if: PostgresCluster.hasCitus, "with Citus one write waits for the other"))
  func lateCommit() async throws {
    var (host, _, taker) = try await group(.postgres)
    try await taker.pull(host.registry)
    let (entered, leave) = (DispatchSemaphore(value: 0), DispatchSemaphore(value: 0))
    let late = FeedContent.card(
      try #require(PatronCommitment(bytes: [UInt8](repeating: 1, count: 16))), of: other.library,
      isBlocked: true)
    let early = FeedContent.card(
      try #require(PatronCommitment(bytes: [UInt8](repeating: 2, count: 16))), of: other.library,
      isBlocked: true)
    let store = host.store
    let writing = Task {
      try await store.write { books in
        try books.publish([late])
        entered.signal()
        leave.wait()
      }
    }
    await Self.wait(for: entered)
    try await store.write { try $0.publish([early]) }
    try await taker.pull(host.registry)
    #expect(try taker.contents.contains(early) && !taker.contents.contains(late))
    leave.signal()
    try await writing.value
    try await taker.pull(host.registry)
    #expect(try taker.contents.contains(late))
  }

  /// Waits on a thread of its own, so that none of the pool stands still.
  private static func wait(for semaphore: DispatchSemaphore) async {
    await withCheckedContinuation { continuation in
      DispatchQueue.global().async {
        semaphore.wait()
        continuation.resume()
      }
    }
  }

  @Test("gives no number twice where stations ask two processes while others report")
  func twoProcesses() async throws {
    let host = try await HostFixture(.postgres)
    let registries = [host.registry, try await host.secondRegistry()]
    var chains: [StationChain] = []
    for number in 1...4 {
      var chain = try StationChain(of: "TT\(number)")
      let maker = try FactMaker("TT\(number)")
      chain.record(
        [maker.description()] + (try (1...40).map { maker.registration(try maker.item($0)) }))
      try await host.enrol(chain)
      chains.append(chain)
    }
    let takers = try await withThrowingTaskGroup(of: FeedTaker.self) { group in
      for (index, chain) in chains.enumerated() {
        group.addTask {
          var taker = FeedTaker(chain)
          for start in stride(from: 0, to: 40, by: 8) {
            _ = try await registries[index % 2].apply(chain.sealed(start..<(start + 8)))
            try await taker.pull(registries[(index + 1) % 2])
          }
          return taker
        }
      }
      return try await group.reduce(into: []) { $0.append($1) }
    }
    var contents: [Set<FeedContent>] = []
    for var taker in takers {
      try await taker.pull(host.registry)
      contents.append(try taker.contents)
    }
    #expect(contents.allSatisfy { $0 == contents[0] })
    #expect(contents[0].count == 164)
    let numbers = try HostStore.texts(of: "SELECT sequence FROM feed", in: host)
    #expect(Set(numbers).count == numbers.count)
  }

  @Test("of books that told nothing before tells all that they have", arguments: StoreKind.allCases)
  func migration(kind: StoreKind) async throws {
    var (host, _, taker) = try await group(kind)
    try HostStore.execute(
      HostStore.withoutOffice
        + "DROP TABLE feed; DROP TABLE feed_checkpoints; ALTER TABLE host DROP COLUMN feed_head",
      in: host)
    try HostStore.execute(
      kind == .sqlite
        ? "PRAGMA user_version = 4"
        : "DROP FUNCTION refuse_rewriting; UPDATE host SET version = 1", in: host)
    let registry = try await host.secondRegistry()
    try await taker.pull(registry)
    #expect(try taker.contents.count == 1 + 3 + 1)
  }

  @Test("tells a station everything again once its host was restored")
  func restoredHost() async throws {
    var (host, chain, taker) = try await group(.sqlite)
    try await taker.pull(host.registry)
    let backup = try host.backup()
    chain.record([maker.registration(try maker.item(4))])
    _ = try await host.registry.apply(chain.sealed())
    try await taker.pull(host.registry)
    #expect(try taker.contents.count == 6)

    let restored = try HostFixture(restoring: backup)
    let page = try #require(try await taker.pull(restored.registry).first)
    #expect(page.run.beginsSnapshot)
    #expect(try taker.contents.count == 5)
    _ = try await restored.registry.apply(chain.sealed())
    try await taker.pull(restored.registry)
    #expect(try taker.contents.count == 6)
  }
}
