import Circulation
import Exchange
import Labels
import Ledger
import Registry
import Rotation
import TestSupport
import Testing

@Suite("What a member shares")
struct SharingTests {
  private let maker: FactMaker
  private let other: FactMaker

  init() throws {
    maker = try FactMaker("TT1")
    other = try FactMaker("TT")
  }

  /// A host at which TT1 has told of a title and three copies, and TT asks for the feed.
  private func group(
    _ kind: StoreKind
  ) async throws -> (host: HostFixture, owner: StationChain, taker: FeedTaker) {
    try await HostFixture.telling(kind)
  }

  private func share(
    _ shares: Set<SharedThing>, with audience: ShareAudience = .group,
    by library: LibraryCode? = nil, at host: HostFixture
  ) async throws {
    try await host.registry.setMember(
      MemberChange(
        library: library ?? maker.library, name: "Trường", shares: shares, audience: audience))
  }

  /// How many titles, copies, boxes and slips a station has been told of.
  private func counts(_ taker: FeedTaker) throws -> [Int] {
    let kinds = taker.entries.keys.map(\.kind)
    return [FeedKind.record, FeedKind.item, FeedKind.box, FeedKind.slip].map { kind in
      kinds.count { $0 == kind }
    }
  }

  @Test(
    "reaches the others' stations, is taken back where it is shared no more, and told once more",
    arguments: StoreKind.allCases)
  func changes(kind: StoreKind) async throws {
    var (host, owner, taker) = try await group(kind)
    try await taker.pull(host.registry)
    #expect(try counts(taker) == [1, 3, 0, 0])
    let steps: [(Set<SharedThing>, [Int])] = [
      ([.records], [1, 0, 0, 0]), ([.items, .digital], [0, 3, 0, 0]), ([], [0, 0, 0, 0]),
      ([.records, .items], [1, 3, 0, 0]),
    ]
    for (shares, expected) in steps {
      try await share(shares, at: host)
      let pages = try await taker.pull(host.registry)
      #expect(pages.first?.run.beginsSnapshot == true)
      #expect(try counts(taker) == expected)
    }
    // Its own is a library's own, whatever it shares.
    try await share([], at: host)
    var own = FeedTaker(owner)
    try await own.pull(host.registry)
    #expect(try counts(own) == [1, 3, 0, 0])
  }

  @Test(
    "begins nothing anew where a library may see what it saw before", arguments: StoreKind.allCases)
  func sameView(kind: StoreKind) async throws {
    var (host, _, taker) = try await group(kind)
    try await taker.pull(host.registry)
    try await share([.records, .items], at: host)
    try await share([.digital], by: other.library, at: host)
    try await share([.records, .items], with: .everybody, at: host)
    let pages = try await taker.pull(host.registry)
    #expect(pages.map(\.run.beginsSnapshot) == [false] && pages[0].run.entries.isEmpty)
  }

  @Test(
    "leaves a box and its slip to those between whom it travels", arguments: StoreKind.allCases)
  func boxes(kind: StoreKind) async throws {
    var (host, owner, receiver) = try await group(kind)
    let third = try StationChain(of: "TT2")
    try await host.enrol(third)
    var stranger = FeedTaker(third)
    try await share([], at: host)
    let step = BoxStep(box: try BoxNumber(library: maker.library, serial: 1), seal: 1)
    let slip = try #require(other.slip(of: try maker.item(1), in: step))
    owner.record([
      .box(.sealed(slip)),
      .box(.sent(BoxRoute(step: step, from: maker.library, to: other.library))),
    ])
    _ = try await host.registry.apply(owner.sealed())
    for _ in 1...2 {
      try await receiver.pull(host.registry)
      try await stranger.pull(host.registry)
      // With the slip it is told of the copy that it lists, and of the copy's title.
      #expect(try counts(receiver) == [1, 1, 1, 1])
      #expect(try counts(stranger) == [0, 0, 0, 0])
      // Where it goes next, those who had it still hear of.
      var chain = receiver.chain
      chain.record([
        .box(.arrived(BoxRoute(step: step, from: maker.library, to: other.library)))
      ])
      _ = try await host.registry.apply(chain.sealed())
    }
    try await share([.items], at: host)
    try await stranger.pull(host.registry)
    #expect(try counts(stranger) == [0, 3, 1, 1])
    // A slip that lists a copy of a library that shares none is hidden with it, and the one
    // before is taken back.
    let mixed = BoxStep(box: step.box, seal: 2)
    owner.record([.box(.sealed(try #require(other.slip(of: try other.item(1), in: mixed))))])
    try await share([], by: other.library, at: host)
    _ = try await host.registry.apply(owner.sealed())
    try await stranger.pull(host.registry)
    #expect(try counts(stranger) == [0, 3, 1, 0])
  }

  @Test(
    "ends when it leaves: its own stays its own, and what is for everybody stays in sight",
    arguments: StoreKind.allCases)
  func leaving(kind: StoreKind) async throws {
    var (host, owner, taker) = try await group(kind)
    var reader = taker.chain
    reader.record([other.description(), other.registration(try other.item(1))])
    _ = try await host.registry.apply(reader.sealed())
    var leaver = FeedTaker(owner)
    for library in [maker.library, other.library] {
      try await share([.records, .items], by: library, at: host)
    }
    let day = try SchoolDay("2026-09-05")
    try await host.registry.writeAgreement(title: "Thỏa thuận", body: "Một", inForce: day)
    try await leaver.pull(host.registry)
    try await taker.pull(host.registry)
    #expect(try counts(leaver) == [2, 4, 0, 0] && counts(taker) == [2, 4, 0, 0])
    #expect(leaver.entries.keys.contains { $0.kind == FeedKind.agreement })

    try await host.registry.memberLeaves(maker.library)
    try await leaver.pull(host.registry)
    try await taker.pull(host.registry)
    #expect(try counts(leaver) == [1, 3, 0, 0] && counts(taker) == [1, 1, 0, 0])
    #expect(!leaver.entries.keys.contains { $0.kind == FeedKind.agreement })
    // Its station goes on, and what it reported stays in the books.
    var chain = owner
    chain.record([maker.registration(try maker.item(4))])
    _ = try await host.registry.apply(chain.sealed())
    try await leaver.pull(host.registry)
    #expect(try counts(leaver) == [1, 4, 0, 0])
    #expect(try await host.registry.verify().itemCount == 5)

    try await share([.records], with: .everybody, by: other.library, at: host)
    try await leaver.pull(host.registry)
    #expect(try counts(leaver) == [2, 4, 0, 0])
    // Who comes back is told all that the group shares.
    try await share([.records, .items], at: host)
    try await leaver.pull(host.registry)
    try await taker.pull(host.registry)
    #expect(try counts(leaver) == [2, 4, 0, 0] && counts(taker) == [2, 5, 0, 0])
    #expect(leaver.entries.keys.contains { $0.kind == FeedKind.agreement })
  }

  @Test(
    "hides a large register page by page, and does not look at it each time anew",
    arguments: StoreKind.allCases)
  func large(kind: StoreKind) async throws {
    var (host, _, taker) = try await group(kind)
    try await share([], at: host)
    try await taker.pull(host.registry)
    let first = try #require(taker.checkpoint)
    let record = try #require(RecordID("TT.1"))
    let hidden = try (1...FeedLimits.entriesPerPage + 5).map { number in
      let item = try ItemID("TT1.TN.\(String("\(1_000_000 + number)".dropFirst()))")
      return FeedContent.item(FeedItem(item: item, record: record, place: .shelf(maker.library)))
    }
    try await host.store.write { try $0.publish(hidden) }
    let pages = try await taker.pull(host.registry)
    #expect(pages.allSatisfy { $0.run.entries.isEmpty && !$0.run.beginsSnapshot })
    let last = try #require(taker.checkpoint)
    #expect(last.sequence >= first.sequence + Int64(FeedLimits.entriesPerPage))
    #expect(try await taker.pull(host.registry).count == 1 && taker.checkpoint == last)
    #expect(try counts(taker) == [0, 0, 0, 0])
  }

  @Test(
    "the newest agreement reaches members, and it alone", arguments: StoreKind.allCases)
  func agreement(kind: StoreKind) async throws {
    var (host, _, taker) = try await group(kind)
    for (title, day) in [("Bản đầu", "2026-09-05"), ("Bản sau", "2027-01-10")] {
      try await host.registry.writeAgreement(
        title: title, body: "Cho mượn như nhau.", inForce: SchoolDay(day))
      try await taker.pull(host.registry)
    }
    let told = try taker.contents.compactMap {
      if case .agreement(let agreement) = $0 { agreement } else { nil }
    }
    #expect(told.map(\.title) == ["Bản sau"] && told.map(\.number) == [2])
    #expect(told.map(\.inForce.description) == ["2027-01-10"])
  }

  @Test(
    "an agreement that no station could read is refused, and the feed goes on",
    arguments: StoreKind.allCases)
  func longAgreement(kind: StoreKind) async throws {
    var (host, _, taker) = try await group(kind)
    let day = try SchoolDay("2026-09-05")
    // One character of many bytes: a letter with marks above marks.
    let title = "e" + String(repeating: "\u{301}", count: FeedAgreement.longestTitle)
    await #expect(throws: RegistryError.agreementTooLong(limitBytes: 2_000)) {
      try await host.registry.writeAgreement(title: title, body: "Một", inForce: day)
    }
    let broken = FeedAgreement(number: 1, inForce: day, title: title, body: "Một")
    await #expect(throws: RegistryError.self) {
      try await host.store.write { try $0.publish([.agreement(broken)]) }
    }
    #expect(try await host.registry.groupPapers(agreementLimit: 9).agreements.isEmpty)
    try await taker.pull(host.registry)
    #expect(!taker.entries.keys.contains { $0.kind == FeedKind.agreement })
  }

  /// Labels that somebody finds by a part of a title, and the titles that are shown.
  private func found(
    _ text: String, by viewer: ItemViewer, at host: HostFixture
  ) async throws -> [String: String?] {
    let items = try await host.registry.items(
      ItemSearch(text: text), seenBy: viewer, limit: 9)
    return Dictionary(items.map { ($0.held.holding.item.text, $0.title) }) { $1 }
  }

  @Test(
    "titles that are hidden are not searched, and do not crowd out those that are shared",
    arguments: StoreKind.allCases)
  func search(kind: StoreKind) async throws {
    var (host, owner, taker) = try await group(kind)
    // More titles than one search takes, all of them hidden and before the one that is shared.
    owner.record(
      try (1...150).map { number in
        let id = try #require(RecordID("TT.\(1_000 + number)"))
        return .recordDescribed(BibliographicRecord(id: id, title: "Số đỏ", kind: .children))
      })
    let id = try #require(RecordID("TT.9999"))
    let item = try other.item(1)
    var reader = taker.chain
    reader.record([
      other.description(title: "Dế"),
      .recordDescribed(BibliographicRecord(id: id, title: "Số đỏ", kind: .children)),
      .itemRegistered(ItemRegistration(item: item, record: id, library: other.library)),
    ])
    for chain in [owner, reader] { _ = try await host.registry.apply(chain.sealed()) }
    try await share([.items], with: .everybody, at: host)
    try await share([.records, .items], with: .everybody, by: other.library, at: host)
    for viewer in [ItemViewer.everybody, .role(.cataloguer)] {
      #expect(try await found("so do", by: viewer, at: host) == [item.text: "Số đỏ"])
      #expect(try await found("de men", by: viewer, at: host) == [:])
    }
    let all = try await found("de men", by: .role(.coordinator), at: host)
    #expect(all.count == 3)
    // A title is shown as a library describes it that shares its titles.
    try await share([.records, .items], with: .everybody, at: host)
    try await share([.items], with: .everybody, by: other.library, at: host)
    let shown = try await found("de men", by: .everybody, at: host)
    #expect(shown.count == 3 && Set(shown.values) == ["Dế Mèn phiêu lưu ký"])
    #expect(try await found("d", by: .role(.coordinator), at: host) == [:])
  }
}
