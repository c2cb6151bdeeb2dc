import Circulation
import Desk
import Journal
import Labels
import Ledger
import Registry
import Rotation
import TestSupport
import Testing

@Suite("A term over the group in which boxes come home or are passed on")
struct BoxWayTests {
  private let sites: [BoxSite]
  private let term: Term
  private static let name = "2026-2027/1"

  init() async throws {
    sites = try await BoxSite.group(["TT", "TT1", "TT2"])
    term = try #require(Term(Self.name))
  }

  /// The first books of the first library.
  private func items(_ count: Int) throws -> [ItemID] {
    try (1...count).map { try sites[0].item($0) }
  }

  /// Counts what each library has on its shelf, and closes the term everywhere.
  private func close() async throws -> [TermStatement] {
    var statements: [TermStatement] = []
    let all = try sites.flatMap { site in try (1...10).map { try site.item($0) } }
    for site in sites {
      let seen = try await site.journal.read { view in
        try all.filter { try view.holding($0)?.place == .shelf(site.library) }
      }
      try await site.count(seen)
      statements.append(
        try await site.desk.closeTerm(Self.name, as: BoxSite.operation()).statement)
    }
    return statements
  }

  /// What the host makes of it, which is the same in every order of delivery.
  private func sum(_ kind: StoreKind = .sqlite) async throws -> (HostFixture, GroupReconciliation) {
    var sums: [GroupReconciliation] = []
    var last: HostFixture?
    for order in [[0, 1, 2], [2, 0, 1]] {
      let host = try await HostFixture(kind, inMemory: true)
      for index in order {
        let chain = try await StationChain(of: sites[index])
        try await host.enrol(chain)
        _ = try await host.registry.apply(chain.sealed())
      }
      sums.append(try await host.registry.reconciliation(of: term))
      #expect(sums[0].reconciliation == sums.last?.reconciliation)
      last = host
    }
    return (try #require(last), sums[0])
  }

  private func way(_ group: GroupReconciliation) -> [String] {
    let libraries = group.reconciliation.libraries
    return group.reconciliation.traffic.map {
      "\(libraries[$0.from])-\(libraries[$0.to]) \($0.columns)"
    }
  }

  /// The numbers of the first library's own books at a library.
  private func row(_ library: Int, in group: GroupReconciliation) -> [Int]? {
    group.reconciliation.rows.first { $0.library == library && $0.home == 0 }?.columns
  }

  private func disputed(
    _ one: Int, _ other: Int, at host: HostFixture
  ) async throws -> [DisputedPassage] {
    let pair = LibraryPair(sites[one].library, sites[other].library)
    return try await host.registry.disputedPassages(of: term, between: pair)
  }

  /// A book goes to the second library in a box and is sent home in the same one.
  private func sendAndReturn(_ item: ItemID, blind: Bool = false) async throws {
    let box = try sites[0].box()
    let codes = try await sites[0].send([item], in: box, to: "TT1")
    try await sites[1].perform(.arrive(box: box, from: nil))
    if !blind { try await sites[1].read(codes) }
    try await sites[1].receive([item], from: box)
    try await sites[1].perform(.confirm(box: box))
    _ = try await sites[1].send([item], in: box, to: "TT")
  }

  @Test("has a book that comes home in its box and is checked in as sent, and as come back")
  func comesHome() async throws {
    let item = try items(1)[0]
    try await sendAndReturn(item)
    try await sites[0].perform(.checkin(item: item.label))
    let statements = try await close()
    #expect(statements[0].rows.map(\.numbers) == [[0, 1, 10, 0, 1, 0, 0, 10, 10]])
    #expect(statements[0].sent(to: sites[1].library) == [item])
    let (host, group) = try await sum()
    #expect(group.reconciliation.headings == [.present: 30])
    #expect(group.brokenTrails.isEmpty)
    #expect(way(group) == ["TT-TT1 [0, 1, 1, 0, 0, 0]", "TT1-TT [0, 1, 1, 0, 0, 0]"])
    #expect(group.statements.map(\.deviations) == [[], [], []])
    #expect(try await disputed(0, 1, at: host).map(\.saidBy) == [sites[1].library])
  }

  @Test(
    "has a book that comes home in its box and is packed again as sent twice",
    arguments: [false, true])
  func packedAgain(isInSameBox: Bool) async throws {
    let item = try items(1)[0]
    try await sendAndReturn(item)
    let box = try sites[0].box(isInSameBox ? 1 : 2)
    _ = try await sites[0].send([item], in: box, to: "TT2")
    let statements = try await close()
    #expect(statements[0].rows.map(\.numbers) == [[0, 1, 10, 0, 2, 0, 0, 9, 9]])
    #expect(statements[0].sent(to: sites[2].library) == [item])
    let (_, group) = try await sum()
    #expect(group.reconciliation.headings == [.present: 29, .onTheWay: 1])
    #expect(group.differences.map(\.place) == [.onTheWay(from: 0, to: 2)])
    #expect(row(0, in: group) == [0, 1, 10, 0, 2, 0, 0, 9, 9])
    let events = try #require(group.differences.first?.events)
    #expect(Set(events).count == events.count)
  }

  @Test("puts a homecoming in order where the other library lent the book much and knew no slip")
  func blindHomecoming() async throws {
    let item = try items(1)[0]
    let box = try sites[0].box()
    let card = try CardNumber(library: sites[1].library, serial: 1).label
    for _ in 1...2 {
      _ = try await sites[0].send([item], in: box, to: "TT1")
      try await sites[1].perform(.arrive(box: box, from: nil))
      try await sites[1].receive([item], from: box)
      try await sites[1].perform(.confirm(box: box))
      for _ in 1...3 {
        try await sites[1].perform(
          .checkout(item: item.label, card: card, overrideReason: nil))
        try await sites[1].perform(.checkin(item: item.label))
      }
      _ = try await sites[1].send([item], in: box, to: "TT")
      try await sites[0].perform(.checkin(item: item.label))
    }
    _ = try await close()
    let (_, group) = try await sum()
    #expect(group.reconciliation.headings == [.present: 30])
    #expect(group.brokenTrails.isEmpty)
    #expect(way(group) == ["TT-TT1 [0, 2, 2, 0, 0, 0]", "TT1-TT [0, 2, 2, 0, 0, 0]"])
  }

  @Test("never sent what was put from one box into another before either left")
  func anotherBox() async throws {
    let item = try items(1)[0]
    let (first, second) = (try sites[0].box(1), try sites[0].box(2))
    try await sites[0].perform(.open(box: first, to: "TT1"))
    try await sites[0].perform(.pack(item: item.label, box: first, despiteWarnings: false))
    _ = try await sites[0].send([item], in: second, to: "TT2")
    let statements = try await close()
    #expect(statements[0].rows.map(\.numbers) == [[0, 0, 10, 0, 1, 0, 0, 9, 9]])
    let (_, group) = try await sum()
    #expect(group.differences.map(\.place) == [.onTheWay(from: 0, to: 2)])
    #expect(way(group) == ["TT-TT2 [0, 1, 0, 0, 0, 1]"])
    #expect(group.statements.map(\.deviations) == [[], [], []])
  }

  @Test("leaves a book where it was sent when its box then travels with others")
  func laterTrip() async throws {
    let items = try items(2)
    let box = try sites[0].box()
    let codes = try await sites[0].send([items[0]], in: box, to: "TT1")
    _ = try await sites[0].send([items[1]], in: box, to: "TT2")
    try await sites[1].read(codes)
    try await sites[1].receive([items[0]], from: box)
    let statements = try await close()
    #expect(statements[0].sent(to: sites[1].library) == [items[0]])
    #expect(statements[0].sent(to: sites[2].library) == [items[1]])
    let (host, group) = try await sum()
    #expect(group.differences.map(\.item) == [items[1]] && group.brokenTrails.isEmpty)
    #expect(try await disputed(0, 1, at: host).isEmpty)
  }

  @Test(
    "follows a box that is passed on unopened to a third library",
    arguments: StoreKind.allCases, [false, true])
  func passedOn(kind: StoreKind, isBlind: Bool) async throws {
    let items = try items(2)
    let box = try sites[0].box()
    let codes = try await sites[0].send(items, in: box, to: "TT1")
    if isBlind {
      try await sites[1].perform(.arrive(box: box, from: nil))
    } else {
      try await sites[1].read(codes)
    }
    try await sites[1].perform(.send(box: box, to: "TT2"))
    try await sites[2].read(codes, acceptsOthers: true)
    try await sites[2].receive([items[0]], from: box)
    let statements = try await close()
    // The library that passed it on has nothing to look into.
    #expect(statements[1].headings == [.present: 10] && statements[1].open.isEmpty)
    let (host, group) = try await sum(kind)
    #expect(group.reconciliation.headings == [.present: 29, .onTheWay: 1])
    #expect(group.differences.map(\.place) == [.onTheWay(from: 0, to: 2)])
    #expect(group.brokenTrails.isEmpty)
    #expect(way(group) == ["TT-TT2 [0, 2, 1, 0, 0, 1]"])
    #expect(group.statements.map(\.deviations) == [[], [], []])
    for (one, other) in [(0, 1), (0, 2), (1, 2)] {
      #expect(try await disputed(one, other, at: host).isEmpty, "\(one) and \(other)")
    }
  }

  @Test("has the books of a box that was refused at home again, and nobody in dispute")
  func refused() async throws {
    let items = try items(2)
    let box = try sites[0].box()
    let codes = try await sites[0].send(items, in: box, to: "TT1")
    try await sites[1].read(codes)
    try await sites[1].perform(.refuse(box: box))
    try await sites[1].perform(.sendBack(box: box))
    try await sites[0].read(codes, acceptsOthers: true)
    try await sites[0].receive([items[0]], from: box)
    let statements = try await close()
    #expect(statements[0].rows.map(\.numbers) == [[0, 1, 10, 0, 2, 0, 0, 9, 9]])
    #expect(statements[0].passages.isEmpty)
    #expect(statements[1].headings == [.present: 10] && statements[1].open.isEmpty)
    let report = try await sites[0].desk.termReport(of: Self.name)
    #expect(report.breaks.isEmpty)
    let (host, group) = try await sum()
    #expect(group.reconciliation.headings == [.present: 29, .onTheWay: 1])
    #expect(group.differences.map(\.place) == [.onTheWay(from: 0, to: 0)])
    #expect(group.brokenTrails.isEmpty)
    #expect(group.statements.map(\.deviations) == [[], [], []])
    #expect(try await disputed(0, 1, at: host).isEmpty)
  }

  @Test("comes to an end with a box that goes round in a circle")
  func circle() async throws {
    let item = try items(1)[0]
    let box = try sites[0].box()
    let codes = try await sites[0].send([item], in: box, to: "TT1")
    try await sites[1].read(codes)
    try await sites[1].perform(.send(box: box, to: "TT2"))
    try await sites[2].read(codes, acceptsOthers: true)
    try await sites[2].perform(.send(box: box, to: "TT1"))
    try await sites[1].read(codes, acceptsOthers: true)
    let (_, early) = try await sum()
    #expect(way(early) == ["TT-TT1 [0, 1, 0, 0, 0, 1]"])
    try await sites[1].perform(.send(box: box, to: "TT"))
    try await sites[0].read(codes, acceptsOthers: true)
    try await sites[0].perform(.send(box: box, to: "TT2"))
    let (_, late) = try await sum()
    #expect(way(late) == ["TT-TT2 [0, 1, 0, 0, 0, 1]"])
  }
}

extension StationChain {
  /// All events of a site's journal.
  init(of site: BoxSite) async throws {
    try self.init(of: site.library.text)
    let range = try await site.journal.events(
      after: .start(of: site.journal.station, epoch: .first), countLimit: 10_000, byteLimit: .max)
    for event in range.events { append(event) }
  }
}
