import Circulation
import Labels
import Testing

@testable import Rotation

@Suite("A reconciliation")
struct ReconcilerTests {
  private let known = LibraryKnowledge(hasReported: true, hasCounted: true)
  private let codes = ["AA", "BB", "CC"]
  private let term: Term

  init() throws {
    term = try #require(Term(year: SchoolYear(start: 2_026), semester: 1))
  }

  private func reconciler(_ knowledge: [LibraryKnowledge]) throws -> Reconciler {
    let libraries = try codes.map { try Sample.library($0) }
    return Reconciler(
      term: term, libraries: Dictionary(uniqueKeysWithValues: zip(libraries, knowledge)))
  }

  private func acts(_ moves: [TermMove]) -> [TermAct] {
    moves.enumerated().map { TermAct($1, EventReference(Int64($0 + 1))) }
  }

  private func item(
    _ key: Int64 = 1, opening: BooksPlace = .at(0), after moves: [TermMove] = [], seen: [Int] = [],
    onLoan: Bool = false
  ) -> ItemTerm {
    ItemTerm(
      key: key, home: 0, kind: .children, opening: opening, acts: acts(moves),
      sightings: seen.map { Sighting(at: $0, EventReference(100 + Int64($0))) }, isOnLoan: onLoan)
  }

  @Test("says one thing of each item")
  func headings() {
    let cases: [(ItemTerm, Heading)] = [
      (item(seen: [0]), .present), (item(seen: [0, 0]), .present), (item(), .missing),
      (item(onLoan: true), .onLoan), (item(seen: [0], onLoan: true), .seenWhileOnLoan),
      (item(seen: [1]), .elsewhere), (item(seen: [0, 1]), .seenTwice),
      (item(after: [.lost(at: 0)]), .lost), (item(after: [.lost(at: 0)], seen: [0]), .unexpected),
      (item(after: [.withdrawn(at: 0)]), .withdrawn),
      (item(after: [.sent(from: 0, to: 1)]), .onTheWay),
      (item(after: [.sent(from: 0, to: 1)], seen: [1]), .unexpected),
      (item(after: [.sent(from: 0, to: 1), .received(at: 1)], seen: [1]), .present),
      (item(after: [.sent(from: 0, to: 1), .received(at: 1)], seen: [0]), .elsewhere),
      (item(opening: .nowhere, after: [.registered(at: 0)], seen: [0]), .present),
      (item(opening: .lost(at: 0), after: [.found(at: 0)], seen: [0]), .present),
      (item(opening: .nowhere), .absent), (item(opening: .nowhere, seen: [2]), .unexpected),
    ]
    for (item, heading) in cases {
      #expect(item.verdict(knowing: [known, known, known]).heading == heading)
    }
  }

  @Test("says what it doesn't know yet, and whom it waits for")
  func partial() throws {
    let silent = LibraryKnowledge(hasReported: false, hasCounted: false)
    let uncounted = LibraryKnowledge(hasReported: true, hasCounted: false)
    let waiting = item().verdict(knowing: [uncounted, known, known])
    #expect(waiting.heading == .notKnownYet)
    #expect(waiting.awaits == 0)
    #expect(item(onLoan: true).verdict(knowing: [uncounted, known, known]).heading == .onLoan)
    let sent = item(after: [.sent(from: 0, to: 1)]).verdict(knowing: [known, silent, known])
    #expect(sent.awaits == 1)
    // The library that has it by the books may have sent it to the one that saw it.
    #expect(item(seen: [1]).verdict(knowing: [silent, known, known]).awaits == 0)
    var reconciler = try reconciler([known, uncounted, silent])
    try reconciler.add(item(seen: [0]))
    let result = reconciler.finished()
    #expect(result.waitingFor.map(\.text) == ["BB", "CC"])
    #expect(throws: ClosingRefusal.waitingFor(result.waitingFor)) {
      try result.closingBytes(carrying: [])
    }
  }

  @Test("adds a term up by library, kind and home, and by traffic")
  func sums() throws {
    var reconciler = try reconciler([known, known, known])
    try reconciler.add(item(1, seen: [0]))
    try reconciler.add(item(2, after: [.sent(from: 0, to: 1), .received(at: 1)], seen: [1]))
    try reconciler.add(item(3, after: [.sent(from: 0, to: 1)]))
    try reconciler.add(item(4, opening: .nowhere, after: [.registered(at: 0), .lost(at: 0)]))
    try reconciler.add(item(5))
    let result = reconciler.finished()
    let row = try #require(result.rows(of: try Sample.library("AA")).first)
    #expect([row.opening, row.registered, row.sent, row.lost] == [4, 1, 2, 1])
    #expect([row.expected, row.counted, row.difference] == [2, 1, -1])
    let traffic = try #require(result.traffic.first)
    #expect([traffic.sent, traffic.received, traffic.onTheWay] == [2, 1, 1])
    let between = result.between(try Sample.library("AA"), try Sample.library("BB"))
    #expect(between.traffic.count == 1)
    #expect(between.rows.map(\.counted) == [1])
    #expect(result.open.map(\.key) == [3, 5])
  }

  @Test("traces a difference, and a move from where the books had it not, to their events")
  func traces() throws {
    let moves: [TermMove] = [.received(at: 1), .sent(from: 2, to: 0), .received(at: 0)]
    let verdict = item(after: moves).verdict(knowing: [known, known, known])
    #expect(verdict.references.map(\.number) == [1, 2, 3])
    #expect(verdict.breaks.map(\.number) == [1, 2])
    var reconciler = try reconciler([known, known, known])
    try reconciler.add(item(after: moves, seen: [0]))
    #expect(reconciler.finished().brokenTrails.map(\.key) == [1])
    #expect(reconciler.finished().rows.allSatisfy { $0.addsUp })
  }

  @Test("refuses an item that comes twice, out of order, or with a library that is not there")
  func badInput() throws {
    var reconciler = try reconciler([known, known, known])
    try reconciler.add(item(5))
    for key in [Int64(5), 4] {
      #expect(throws: ReconcilerError.outOfOrder(key: key, after: 5)) {
        try reconciler.add(item(key))
      }
    }
    #expect(throws: ReconcilerError.unknownLibrary(3, key: 6)) {
      try reconciler.add(item(6, after: [.sent(from: 0, to: 3)]))
    }
    #expect(throws: ReconcilerError.unknownLibrary(-1, key: 6)) {
      try reconciler.add(item(6, seen: [-1]))
    }
    #expect(reconciler.finished().itemCount == 1)
  }

  private func randomItem(_ key: Int64, _ dice: inout Dice) -> ItemTerm {
    func library() -> Int { dice.roll(3) }
    func place() -> BooksPlace {
      switch dice.roll(8) {
      case 0: .nowhere
      case 1: .onTheWay(from: library(), to: library())
      case 2: .lost(at: library())
      case 3: .withdrawn(at: library())
      default: .at(library())
      }
    }
    func move() -> TermMove {
      switch dice.roll(6) {
      case 0: .registered(at: library())
      case 1: .sent(from: library(), to: library())
      case 2: .received(at: library())
      case 3: .withdrawn(at: library())
      case 4: .lost(at: library())
      default: .found(at: library())
      }
    }
    return ItemTerm(
      key: key, home: library(), kind: MaterialKind.allCases[dice.roll(8)], opening: place(),
      acts: acts((0..<dice.roll(5)).map { _ in move() }),
      sightings: (0..<dice.roll(3)).map { _ in Sighting(at: library(), EventReference(9)) },
      isOnLoan: dice.roll(4) == 0)
  }

  @Test("keeps the sum and puts each item under one heading, whatever happened", arguments: 0..<60)
  func anyHistory(seed: Int) throws {
    var dice = Dice(seed)
    let knowledge = codes.map { _ in
      LibraryKnowledge(hasReported: dice.roll(3) > 0, hasCounted: dice.roll(3) > 0)
    }
    var reconciler = try reconciler(knowledge)
    let items = (0..<200).map { randomItem(Int64($0), &dice) }
    var verdicts: [Verdict] = []
    for item in items { verdicts.append(try reconciler.add(item)) }
    let result = reconciler.finished()
    #expect(result.itemCount == items.count)
    for heading in Heading.allCases {
      #expect(result.headings[heading] ?? 0 == verdicts.count { $0.heading == heading })
    }
    #expect(result.open == verdicts.filter(\.heading.isOpen))
    for row in result.rows {
      #expect(row.addsUp)
      let here = zip(items, verdicts).count {
        $0.home == row.home && $0.kind == row.kind && $1.place == .at(row.library)
      }
      #expect(row.expected == here)
      #expect(row.counted >= row.strangers)
    }
    let atLibraries = verdicts.count { if case .at = $0.place { true } else { false } }
    #expect(result.rows.reduce(0) { $0 + $1.expected } == atLibraries)
    for traffic in result.traffic {
      let place = BooksPlace.onTheWay(from: traffic.from, to: traffic.to)
      #expect(traffic.onTheWay == verdicts.count { $0.place == place })
    }
  }
}
