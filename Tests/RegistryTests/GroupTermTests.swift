import Circulation
import Labels
import Ledger
import Registry
import Rotation
import TestSupport
import Testing

@Suite("A term over the group")
struct GroupTermTests {
  private let term: Term
  private let makers: [FactMaker]
  private var chains: [StationChain]

  init() throws {
    term = try #require(Term("2026-2027/1"))
    makers = try ["TT", "TT1", "TT2"].map { try FactMaker($0) }
    chains = try ["TT", "TT1", "TT2"].map { try StationChain(of: $0) }
  }

  private func box(_ owner: Int, _ serial: Int = 1) throws -> BoxNumber {
    try BoxNumber(library: makers[owner].library, serial: serial)
  }

  private func route(_ box: BoxNumber, _ from: Int, _ to: Int) -> BoxRoute {
    BoxRoute(
      step: BoxStep(box: box, seal: 0), from: makers[from].library, to: makers[to].library)
  }

  private func pack(_ item: ItemID, _ at: Int, in box: BoxNumber, seen: Int) -> Fact {
    .box(
      .packed(ItemMove(item: item, from: makers[at].shelf, to: .box(box), seen: seen)))
  }

  private func receive(_ item: ItemID, _ at: Int, from box: BoxNumber, seen: Int) -> Fact {
    .box(
      .received(
        BoxFinding(
          step: BoxStep(box: box, seal: 1),
          move: ItemMove(item: item, from: .box(box), to: makers[at].shelf, seen: seen),
          condition: .good)))
  }

  /// Closes the term at a library with what a station would state, in the events that it makes.
  private mutating func close(
    _ at: Int, _ term: Term? = nil, after: EventMark? = nil, open: [TermStatement.Open] = []
  ) throws {
    try chains[at].close(term ?? self.term, after: after, open: open)
  }

  private func open(_ item: ItemID, _ heading: Heading, at library: Int) -> TermStatement.Open {
    TermStatement.Open(item, heading, since: term, at: makers[library].library)
  }

  /// A host that has got the chains in an order of libraries.
  private func host(
    _ kind: StoreKind, _ order: [Int] = [0, 1, 2]
  ) async throws -> HostFixture {
    let host = try await HostFixture(kind, inMemory: true)
    for index in order where !chains[index].events.isEmpty {
      try await host.enrol(chains[index])
      _ = try await host.registry.apply(chains[index].sealed())
    }
    return host
  }

  private func sum(
    _ kind: StoreKind = .sqlite, _ order: [Int] = [0, 1, 2]
  ) async throws -> GroupReconciliation {
    let host = try await host(kind, order)
    defer { withExtendedLifetime(host) {} }
    return try await host.registry.reconciliation(of: term)
  }

  @Test(
    "follows a book from library to library, and says what is not known yet",
    arguments: StoreKind.allCases)
  mutating func travels(kind: StoreKind) async throws {
    let (item, stays) = (try makers[0].item(1), try makers[0].item(2))
    let box = try box(0)
    chains[0].record([
      makers[0].description(), makers[0].registration(item), makers[0].registration(stays),
      .box(.opened(route(box, 0, 1))), pack(item, 0, in: box, seen: 1),
    ])
    chains[1].record([receive(item, 1, from: box, seen: 2)])
    let early = try await sum(kind).reconciliation
    #expect(early.headings == [.notKnownYet: 2])
    #expect(early.waitingFor == [makers[0].library, makers[1].library])
    #expect(early.unlistedCount == 2)
    try close(0)
    try close(1)
    let group = try await sum(kind)
    #expect(group.reconciliation.headings == [.present: 2])
    #expect(group.reconciliation.waitingFor == [])
    #expect(group.differences.isEmpty && group.brokenTrails.isEmpty)
    #expect(group.reconciliation.traffic.map(\.columns) == [[0, 1, 1, 0, 0, 0]])
    #expect(
      group.reconciliation.rows.map(\.columns) == [
        [0, 0, 2, 0, 1, 0, 0, 1, 1], [0, 1, 0, 0, 0, 0, 0, 1, 1],
      ])
    #expect(try group.closingText().hasPrefix("lienthong reconciliation 1\nterm 2026-2027/1\n"))
    #expect(group.statements.map(\.station) == [chains[0].station, chains[1].station])
  }

  @Test("is the same in every order of delivery, even where a receiver knew nothing of a book")
  mutating func blindReceipt() async throws {
    let item = try makers[0].item(1)
    let (first, second) = (try box(0), try box(1))
    chains[0].record([
      makers[0].registration(item), makers[0].checkout(item), makers[0].checkin(item),
      .box(.opened(route(first, 0, 1))), pack(item, 0, in: first, seen: 40),
    ])
    // Nobody read a slip at the second library, so its count of the book's acts begins anew.
    chains[1].record([
      receive(item, 1, from: first, seen: 0), .box(.opened(route(second, 1, 2))),
      pack(item, 1, in: second, seen: 1),
    ])
    chains[2].record([receive(item, 2, from: second, seen: 2)])
    for library in 0..<3 { try close(library) }
    for order in [[0, 1, 2], [2, 1, 0], [1, 2, 0]] {
      let group = try await sum(.sqlite, order)
      #expect(group.reconciliation.headings == [.present: 1], "\(order)")
      #expect(group.brokenTrails.isEmpty, "\(order)")
      #expect(group.reconciliation.rows.last?.library == 2, "\(order)")
    }
  }

  @Test("never sent what was packed and taken out again, and follows a box that is redirected")
  mutating func redirected() async throws {
    let (back, sent) = (try makers[0].item(1), try makers[0].item(2))
    let box = try box(0)
    chains[0].record([
      makers[0].registration(back), makers[0].registration(sent),
      .box(.opened(route(box, 0, 1))), pack(back, 0, in: box, seen: 1),
      pack(sent, 0, in: box, seen: 1),
      .box(.unpacked(ItemMove(item: back, from: .box(box), to: makers[0].shelf, seen: 2))),
      .box(.sent(route(box, 0, 2))),
    ])
    try close(0)
    chains[1].record([makers[1].reading(1)])
    try close(1)
    chains[2].record([makers[2].reading(1)])
    try close(2)
    let group = try await sum()
    #expect(group.reconciliation.headings == [.present: 1, .onTheWay: 1])
    #expect(group.differences.map(\.item) == [sent])
    #expect(group.differences.map(\.place) == [.onTheWay(from: 0, to: 2)])
    #expect(
      group.differences.first?.events == [
        EventReference(station: chains[0].station, epoch: .first, sequence: 2),
        EventReference(station: chains[0].station, epoch: .first, sequence: 5),
      ])
  }

  @Test(
    "takes from statements what was missing and what strangers were seen",
    arguments: StoreKind.allCases)
  mutating func statements(kind: StoreKind) async throws {
    let items = try (1...4).map { try makers[0].item($0) }
    chains[0].record(items.map { makers[0].registration($0) })
    chains[1].record([makers[1].reading(1)])
    let unknown = try makers[2].item(9)
    try close(0, open: [open(items[0], .missing, at: 0), open(items[1], .missing, at: 0)])
    try close(
      1, open: [open(items[1], .unexpected, at: 1), open(unknown, .unexpected, at: 1)])
    let group = try await sum(kind)
    #expect(
      group.reconciliation.headings == [
        .present: 2, .missing: 1, .elsewhere: 1, .unexpected: 1,
      ])
    #expect(group.differences.map(\.item) == [items[0], items[1], unknown])
    #expect(group.differences.map(\.difference.heading) == [.missing, .elsewhere, .unexpected])
    #expect(group.differences.map(\.difference.firstHeading) == [.missing, .missing, .unexpected])
    for row in group.reconciliation.rows { #expect(row.addsUp) }
  }

  @Test("begins where the term before was closed, and leaves out what came after it")
  mutating func terms() async throws {
    let (item, later) = (try makers[0].item(1), try makers[0].item(2))
    let next = try #require(Term("2026-2027/2"))
    let box = try box(0)
    chains[0].record([makers[0].registration(item)])
    try close(0)
    let closed = EventMark(epoch: .first, sequence: Int64(chains[0].events.count))
    chains[0].record([
      makers[0].registration(later), .box(.opened(route(box, 0, 1))),
      pack(item, 0, in: box, seen: 1),
    ])
    try close(0, next, after: closed)
    let host = try await host(.sqlite)
    let first = try await host.registry.reconciliation(of: term).reconciliation
    #expect(first.rows.map(\.columns) == [[0, 0, 1, 0, 0, 0, 0, 1, 1]])
    let second = try await host.registry.reconciliation(of: next).reconciliation
    #expect(second.rows.map(\.columns) == [[1, 0, 1, 0, 1, 0, 0, 1, 1]])
    // Nothing is waited for of a library that has no station.
    #expect(second.headings == [.present: 1, .onTheWay: 1])
    #expect(try await host.registry.reconciliation().closedTerms == [next, term])
  }

  @Test("finds what two statements tell otherwise, and not what one carries over")
  mutating func passages() async throws {
    let items = try (1...3).map { try makers[0].item($0) }
    let next = try #require(Term("2026-2027/2"))
    func passage(
      _ direction: TermStatement.Passage.Direction, _ other: Int, _ item: ItemID, _ event: Int64
    ) -> TermStatement.Passage {
      TermStatement.Passage(
        direction: direction, other: makers[other].library, item: item,
        event: EventMark(epoch: .first, sequence: event))
    }
    for index in 0...1 { chains[index].record([makers[index].reading(1)]) }
    try chains[0].close(
      term, passages: [passage(.sent, 1, items[0], 1), passage(.sent, 1, items[1], 1)])
    try chains[1].close(term, passages: [passage(.came, 0, items[0], 1)])
    // The other's signature came after the first term was closed, so both are carried over.
    let marks = chains.map { EventMark(epoch: .first, sequence: Int64($0.events.count)) }
    let carried = items[...1].map { passage(.sent, 1, $0, marks[0].sequence) }
    try chains[0].close(next, after: marks[0], passages: carried)
    try chains[1].close(next, after: marks[1], passages: [passage(.came, 0, items[2], 3)])
    let host = try await host(.sqlite)
    let pair = LibraryPair(makers[0].library, makers[1].library)
    func disputed(_ term: Term) async throws -> [ItemID] {
      try await host.registry.disputedPassages(of: term, between: pair).map(\.item)
    }
    #expect(try await disputed(term) == [items[1]])
    #expect(try await disputed(next) == [items[1], items[2]])
    // What the library's second station has sent is a part of what the library states.
    var second = try StationChain(of: "TT", number: 2)
    second.record([makers[0].reading(1)])
    try second.close(next, passages: [passage(.sent, 1, items[2], 1)])
    try await host.enrol(second)
    _ = try await host.registry.apply(second.sealed())
    #expect(try await disputed(next) == [items[1]])
  }

  @Test("is there for books of the version before", arguments: StoreKind.allCases)
  mutating func migration(kind: StoreKind) async throws {
    let item = try makers[0].item(1)
    let box = try box(0)
    chains[0].record([
      makers[0].registration(item), .box(.opened(route(box, 0, 1))),
      pack(item, 0, in: box, seen: 1),
    ])
    chains[1].record([receive(item, 1, from: box, seen: 2)])
    try close(0)
    try close(1)
    let host = try await host(kind)
    let before = try HostStore.rows(of: host, in: HostStore.termTables)
    #expect(before.values.map(\.count).sorted() == [0, 1, 2, 2, 3])
    try HostStore.execute(
      HostStore.withoutTerms + HostStore.withoutStages
        + (kind == .sqlite ? "PRAGMA user_version = 9" : "UPDATE host SET version = 6"), in: host)
    let registry =
      try await kind == .sqlite
      ? host.secondRegistry()
      : GroupRegistry(
        store: PostgresRegistryStore(#require(host.address)), key: host.key)
    #expect(try await registry.reconciliation(of: term).reconciliation.headings == [.present: 1])
    #expect(try HostStore.rows(of: host, in: HostStore.termTables) == before)
  }

  @Test("keeps nothing of loans within a library")
  mutating func loans() async throws {
    let item = try makers[0].item(1)
    chains[0].record([
      makers[0].registration(item), makers[0].checkout(item), makers[0].renewal(item),
      makers[0].checkin(item), makers[0].reading(2),
    ])
    let host = try await host(.sqlite)
    #expect(try HostStore.texts(of: "SELECT step FROM movements", in: host) == ["1"])
  }
}
