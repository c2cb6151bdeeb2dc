import Circulation
import Labels
import Testing

@testable import Rotation

@Suite("Closing a term")
struct CarryOverTests {
  private let first: Term
  private let second: Term
  private let items: [ItemID]

  init() throws {
    first = try #require(Term(year: SchoolYear(start: 2_026), semester: 1))
    second = try #require(Term(year: SchoolYear(start: 2_026), semester: 2))
    items = try (1...5).map { try Sample.item($0) }
  }

  private func difference(
    _ index: Int, _ term: Term, _ heading: Heading, events: [Int64]
  ) throws -> OpenDifference {
    OpenDifference(
      item: items[index], since: term, firstHeading: heading, heading: heading,
      library: try Sample.library("TT"), references: events.map { EventReference($0) })
  }

  @Test("carries each open difference over under its first name, with all of its events")
  func carries() throws {
    let before = [
      try difference(0, first, .missing, events: [1, 2]),
      try difference(1, first, .onTheWay, events: [3]),
      try difference(2, first, .missing, events: []),
    ]
    let now = [
      try difference(0, second, .elsewhere, events: [2, 7]),
      try difference(4, second, .missing, events: [8]),
    ]
    let carried = CarryOver(from: before, to: now) { $0 != items[2] }
    #expect(carried.stillOpen.map(\.name) == ["2026-2027/1 TT.TK.00001 missing"])
    #expect(carried.stillOpen.first?.heading == .elsewhere)
    #expect(carried.stillOpen.first?.references.map(\.number) == [1, 2, 7])
    #expect(carried.settled.map(\.item) == [items[1]])
    #expect(carried.notLookedAt.map(\.item) == [items[2]])
    #expect(carried.new.map(\.name) == ["2026-2027/2 TT.TK.00005 missing"])
    #expect(carried.open.map(\.item) == [items[0], items[2], items[4]])
  }

  private func reconciliation(keysFrom start: Int64) throws -> Reconciliation {
    let known = LibraryKnowledge(hasReported: true, hasCounted: true)
    var reconciler = Reconciler(
      term: first, libraries: [try Sample.library("TT"): known, try Sample.library("TT1"): known])
    let place = BooksPlace.at(0)
    try reconciler.add(
      ItemTerm(
        key: start, home: 0, kind: .textbook, opening: place,
        acts: [TermAct(.sent(from: 0, to: 1), EventReference(start * 10))]))
    try reconciler.add(ItemTerm(key: start + 1, home: 0, kind: .textbook, opening: place))
    return reconciler.finished()
  }

  @Test("gives both sides the same bytes to sign, whatever numbers each has for its events")
  func sameBytes() throws {
    let here = try reconciliation(keysFrom: 1)
    let there = try reconciliation(keysFrom: 500)
    let bytes = try here.closingBytes(carrying: here.openDifferences { items[Int($0) - 1] })
    #expect(
      bytes == (try there.closingBytes(carrying: there.openDifferences { items[Int($0) - 500] })))
    let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n")
    #expect(lines.contains("row TT SGK TT 2 0 0 0 1 0 0 1 0"))
    #expect(lines.contains("way TT TT1 0 1 0 0 0 1"))
    #expect(lines.contains("heading missing 1"))
    #expect(lines.contains("open 2026-2027/1 TT.TK.00001 on-the-way now on-the-way TT"))
    #expect(bytes != (try here.closingBytes(carrying: [])))
  }
}
