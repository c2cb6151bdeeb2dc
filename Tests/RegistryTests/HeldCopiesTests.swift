import Circulation
import Labels
import Ledger
import Registry
import Rotation
import TestSupport
import Testing

@Suite("What is told to whoever has had it, whatever is shared")
struct HeldCopiesTests {
  private let maker: FactMaker
  private let other: FactMaker

  init() throws {
    maker = try FactMaker("TT1")
    other = try FactMaker("TT")
  }

  /// A host at which TT1 has three copies and shares nothing, and TT asks for the feed.
  private func group(
    _ kind: StoreKind
  ) async throws -> (host: HostFixture, owner: StationChain, holder: FeedTaker) {
    let (host, owner, holder) = try await HostFixture.telling(kind)
    try await host.registry.setMember(
      MemberChange(library: maker.library, name: "Trường", shares: [], audience: .group))
    return (host, owner, holder)
  }

  private func move(_ serial: Int, to place: Place, seen: Int = 1) throws -> ItemMove {
    let from = place == other.shelf ? maker.shelf : other.shelf
    return ItemMove(item: try maker.item(serial), from: from, to: place, seen: seen)
  }

  /// Titles of TT1 that a station knows, and where copies are.
  private struct Known: Hashable {
    let titles: [String]
    let places: [Place]

    init(_ titles: [String], _ places: [Place]) {
      self.titles = titles
      self.places = places
    }
  }

  private func known(_ taker: FeedTaker) throws -> Known {
    let contents = try taker.contents
    let titles = contents.compactMap {
      if case .record(let record, maker.library) = $0 { record.title } else { nil }
    }
    let items = contents.compactMap { if case .item(let item) = $0 { item } else { nil } }
    return Known(titles.sorted(), items.sorted { $0.item < $1.item }.map(\.place))
  }

  /// Pulls, and holds what a station has come to against what a new one is told.
  private func pull(_ taker: inout FeedTaker, _ host: HostFixture) async throws {
    try await taker.pull(host.registry)
    var new = FeedTaker(taker.chain)
    try await new.pull(host.registry)
    let kept = { (taker: FeedTaker) in taker.entries.filter { $0.key.kind != FeedKind.slipKey } }
    #expect(kept(taker) == kept(new))
    #expect(try await host.registry.verify().problems == [])
  }

  @Test(
    "copies that stand at a library, with their titles, whoever leaves",
    arguments: StoreKind.allCases)
  func copies(kind: StoreKind) async throws {
    var (host, owner, taker) = try await group(kind)
    try await pull(&taker, host)
    #expect(try known(taker) == Known([], []))
    var chain = taker.chain
    chain.record([.checkin(try move(1, to: other.shelf))])
    _ = try await host.registry.apply(chain.sealed())
    let before = taker.checkpoint
    try await pull(&taker, host)
    #expect(try known(taker) == Known(["Dế Mèn phiêu lưu ký"], [other.shelf]))
    #expect(taker.checkpoint?.lineage == before?.lineage)

    // What the owner says of the title later reaches it too, and so it stays when the owner leaves.
    owner.record([maker.description(title: "Dế Mèn")])
    _ = try await host.registry.apply(owner.sealed())
    try await pull(&taker, host)
    #expect(try known(taker) == Known(["Dế Mèn"], [other.shelf]))
    try await host.registry.memberLeaves(maker.library)
    try await pull(&taker, host)
    #expect(try known(taker) == Known(["Dế Mèn"], [other.shelf]))

    // Where it goes next is told as well, so that nobody takes it for where it was.
    owner.record([.checkin(try move(1, to: maker.shelf, seen: 2))])
    _ = try await host.registry.apply(owner.sealed())
    try await pull(&taker, host)
    #expect(try known(taker) == Known(["Dế Mèn"], [maker.shelf]))
    let stranger = try StationChain(of: "TT2")
    try await host.enrol(stranger)
    var third = FeedTaker(stranger)
    try await pull(&third, host)
    #expect(try known(third) == Known([], []))
  }

  @Test("is held against the books", arguments: StoreKind.allCases)
  func verified(kind: StoreKind) async throws {
    let (host, _, taker) = try await group(kind)
    var chain = taker.chain
    chain.record([.checkin(try move(1, to: other.shelf))])
    _ = try await host.registry.apply(chain.sealed())
    try HostStore.execute("DELETE FROM feed_addressees WHERE kind = \(FeedKind.record)", in: host)
    #expect(
      try await host.registry.verify().problems == [
        "feed 1 TT1 TT.1: TT, which has it, is not told"
      ])
  }

  @Test(
    "the title that a copy gets after it was found", arguments: StoreKind.allCases)
  func named(kind: StoreKind) async throws {
    var (host, owner, taker) = try await group(kind)
    let item = try maker.item(9)
    var chain = taker.chain
    chain.record([.discovered(Discovery(item: item, library: other.library))])
    _ = try await host.registry.apply(chain.sealed())
    try await pull(&taker, host)
    #expect(try known(taker) == Known([], [other.shelf]))
    owner.record([maker.registration(item)])
    _ = try await host.registry.apply(owner.sealed())
    try await pull(&taker, host)
    #expect(try known(taker).titles == ["Dế Mèn phiêu lưu ký"])
  }

  @Test(
    "a box that was to come and does not, and its slip is taken back",
    arguments: StoreKind.allCases)
  func boxes(kind: StoreKind) async throws {
    var (host, owner, taker) = try await group(kind)
    let third = try FactMaker("TT3")
    let number = try BoxNumber(library: maker.library, serial: 1)
    func tell(_ facts: [BoxFact]) async throws -> FeedBox? {
      owner.record(facts.map { .box($0) })
      _ = try await host.registry.apply(owner.sealed())
      try await pull(&taker, host)
      return try taker.contents.compactMap { if case .box(let box) = $0 { box } else { nil } }.first
    }
    func slips() throws -> Int { taker.entries.keys.count { $0.kind == FeedKind.slip } }

    let step = BoxStep(box: number, seal: 1)
    let slip = try #require(other.slip(of: try maker.item(2), in: step))
    let route = BoxRoute(step: step, from: maker.library, to: other.library)
    let coming = try await tell([.sealed(slip), .sent(route)])
    #expect(try coming?.to == other.library && slips() == 1)
    // Before the box is there, the desk knows how the copy in it is lent.
    #expect(try known(taker).titles.count == 1)
    let lost = try await tell([.lost(step)])
    #expect(lost?.state == .lost && lost?.to == nil)
    let next = BoxStep(box: number, seal: 2)
    let elsewhere = try #require(third.slip(of: try maker.item(2), in: next))
    let away = BoxRoute(step: next, from: maker.library, to: third.library)
    let sent = try await tell([.sealed(elsewhere), .sent(away)])
    #expect(try sent?.to == third.library && sent?.seal == 2 && slips() == 0)
  }

  @Test(
    "takes a slip back that lists what is hidden, where the one before did not",
    arguments: StoreKind.allCases)
  func slips(kind: StoreKind) async throws {
    var (host, owner, _) = try await group(kind)
    let stranger = try StationChain(of: "TT2")
    try await host.enrol(stranger)
    var taker = FeedTaker(stranger)
    let sharing: [(LibraryCode, Set<SharedThing>)] = [
      (maker.library, [.items]), (other.library, []),
    ]
    for (library, shares) in sharing {
      try await host.registry.setMember(
        MemberChange(library: library, name: "Trường", shares: shares, audience: .group))
    }
    let number = try BoxNumber(library: maker.library, serial: 1)
    for (seal, item, count) in [(1, try maker.item(1), 1), (2, try other.item(1), 0)] {
      let slip = try #require(other.slip(of: item, in: BoxStep(box: number, seal: seal)))
      owner.record([.box(.sealed(slip))])
      _ = try await host.registry.apply(owner.sealed())
      try await pull(&taker, host)
      #expect(taker.entries.keys.count { $0.kind == FeedKind.slip } == count)
    }
  }

  @Test(
    "is told from books of a version that did not note it", arguments: StoreKind.allCases)
  func migration(kind: StoreKind) async throws {
    var (host, owner, taker) = try await group(kind)
    var chain = taker.chain
    chain.record([.checkin(try move(1, to: other.shelf))])
    _ = try await host.registry.apply(chain.sealed())
    let step = BoxStep(box: try BoxNumber(library: maker.library, serial: 1), seal: 1)
    let slip = try #require(other.slip(of: try maker.item(2), in: step))
    let route = BoxRoute(step: step, from: maker.library, to: other.library)
    owner.record([.box(.sealed(slip)), .box(.sent(route))])
    _ = try await host.registry.apply(owner.sealed())
    let all = "SELECT * FROM feed_addressees ORDER BY library, kind, key, addressee"
    let before = try HostStore.texts(of: all, in: host)
    #expect(before.count == 4)
    try HostStore.execute(
      HostStore.withoutLast + "DROP TABLE feed_addressees; "
        + (kind == .sqlite ? "PRAGMA user_version = 12" : "UPDATE host SET version = 9"), in: host)
    let registry = try await host.secondRegistry()
    try await taker.pull(registry)
    #expect(try HostStore.texts(of: all, in: host) == before)
    #expect(try known(taker).places.count == 2)
  }
}
