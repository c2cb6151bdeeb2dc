import Circulation
import Labels
import Testing

@testable import Rotation

@Suite("A planner")
struct PlannerTests {
  private let codes = ["AA", "BB", "CC", "DD"]

  private func frame(weights: [Int], goesHome: Bool) throws -> PlanningFrame {
    let libraries = try codes.prefix(weights.count).map { try Sample.library($0) }
    let rota = Rota(
      id: try #require(RotaID("R")), libraries: Set(libraries),
      sets: ["S0", "S1"].map {
        ItemSet(name: $0, contents: .chosen(SetCriteria()), goesHome: goesHome)
      }, stages: [])
    let byLibrary = Dictionary(uniqueKeysWithValues: zip(libraries, weights))
    return PlanningFrame(rota: rota) { byLibrary[$0] ?? 0 }
  }

  /// What is known of an item, beside the planner's columns, to hold a proposal against.
  private struct Item {
    let home: Int
    let place: Int
    let set: Int?
    let condition: ItemCondition
    let isFree: Bool
  }

  private func stock(_ items: [Item]) -> Stock {
    var stock = Stock(reservingCapacity: items.count)
    for item in items {
      stock.add(
        home: item.home, place: item.place, set: item.set, condition: item.condition,
        isFree: item.isFree)
    }
    return stock
  }

  private func randomItems(_ dice: inout Dice, libraries: Int) -> [Item] {
    (0..<dice.roll(300)).map { _ in
      Item(
        home: dice.roll(libraries), place: dice.roll(libraries), set: [0, 1, nil][dice.roll(3)],
        condition: ItemCondition.allCases[dice.roll(3)], isFree: dice.roll(4) > 0)
    }
  }

  @Test(
    "sends no item twice, none that may not travel, and a damaged one home alone",
    arguments: 0..<60)
  func rules(seed: Int) throws {
    var dice = Dice(seed)
    let libraries = 2 + dice.roll(3)
    let frame = try frame(
      weights: (0..<libraries).map { _ in dice.roll(10) }, goesHome: seed % 2 == 0)
    let items = randomItems(&dice, libraries: libraries)
    let proposal = Planner.propose(for: stock(items), in: frame)
    #expect(Set(proposal.moves.map(\.item)).count == proposal.moves.count)
    for move in proposal.moves {
      let item = items[Int(move.item)]
      #expect(item.isFree && item.set == Int(move.set) && item.place == Int(move.from))
      #expect(move.from != move.to)
      #expect(item.condition != .damaged || item.home == Int(move.to))
      if seed % 2 == 0, item.home != item.place { #expect(item.home == Int(move.to)) }
    }
    #expect(Planner.propose(for: stock(items), in: frame) == proposal)
    let routes = proposal.routes(in: frame)
    #expect(routes.reduce(0) { $0 + ($1.limit ?? 0) } == proposal.moves.count)
  }

  @Test("shares a set out by weights when every copy may travel")
  func balance() throws {
    let frame = try frame(weights: [5, 3, 2], goesHome: false)
    let items = (0..<100).map { _ in
      Item(home: 0, place: 0, set: 0, condition: .good, isFree: true)
    }
    let proposal = Planner.propose(for: stock(items), in: frame)
    #expect(proposal.routes(in: frame).map(\.limit) == [30, 20])
    #expect(proposal.shortages.isEmpty)
  }

  @Test("sends good copies before worn ones, and tells what nobody could spare")
  func condition() throws {
    let frame = try frame(weights: [1, 1], goesHome: false)
    let items = (0..<10).map { index in
      Item(
        home: 0, place: 0, set: 0, condition: index < 4 ? .worn : index < 7 ? .damaged : .good,
        isFree: index != 9)
    }
    let proposal = Planner.propose(for: stock(items), in: frame)
    #expect(proposal.moves.map(\.item) == [7, 8, 0, 1, 2])
    let strict = Planner.propose(
      for: stock(items.filter { $0.condition == .damaged }), in: frame)
    #expect(strict.shortages == [Proposal.Shortage(set: 0, library: 1, count: 1)])
    #expect(strict.damaged == 3)
  }

  @Test("gives a library its own copies first, where a set stays away")
  func ownFirst() throws {
    let frame = try frame(weights: [1, 1, 1], goesHome: false)
    let items = [2, 1, 2].map { Item(home: $0, place: 0, set: 0, condition: .good, isFree: true) }
    let proposal = Planner.propose(for: stock(items), in: frame)
    #expect(proposal.moves.allSatisfy { items[Int($0.item)].home == Int($0.to) })
    #expect(proposal.moves.count == 2)
  }

  @Test("fills the routes of a stage and never leaves them", arguments: 0..<40)
  func fill(seed: Int) throws {
    var dice = Dice(seed)
    let frame = try frame(weights: [1, 1, 1], goesHome: false)
    let items = randomItems(&dice, libraries: 3)
    let routes = [
      Route(set: "S0", from: frame.libraries[0], to: frame.libraries[1], limit: 1 + dice.roll(30)),
      Route(set: "S0", from: frame.libraries[0], to: frame.libraries[2], limit: 1 + dice.roll(30)),
      Route(set: "S1", from: frame.libraries[1], to: frame.libraries[0]),
      Route(set: "S9", from: frame.libraries[1], to: frame.libraries[0]),
    ]
    let term = try #require(Term(year: SchoolYear(start: 2_026), semester: 1))
    let stage = Stage(number: 1, term: term, routes: routes)
    let proposal = Planner.fill(stage, from: stock(items), in: frame)
    #expect(Set(proposal.moves.map(\.item)).count == proposal.moves.count)
    for route in proposal.routes(in: frame) {
      let planned = try #require(
        routes.first { ($0.set, $0.from, $0.to) == (route.set, route.from, route.to) })
      #expect(try #require(route.limit) <= planned.limit ?? Int.max)
    }
    for move in proposal.moves {
      #expect(items[Int(move.item)].place == Int(move.from))
      #expect(items[Int(move.item)].isFree)
    }
    let short = proposal.shortages.reduce(0) { $0 + $1.count }
    let sent = proposal.moves.count { $0.set == 0 }
    #expect(sent + short == (routes[0].limit ?? 0) + (routes[1].limit ?? 0))
  }

  @Test("shares a whole number out without a remainder", arguments: 0..<30)
  func apportionment(seed: Int) {
    var dice = Dice(seed)
    let weights = (0..<(1 + dice.roll(9))).map { _ in 1 + dice.roll(50) }
    let total = dice.roll(1_000)
    let shares = Apportionment.shares(of: total, by: weights)
    #expect(shares.reduce(0, +) == total)
    let sum = weights.reduce(0, +)
    #expect(zip(shares, weights).allSatisfy { abs($0 * sum - total * $1) < sum })
    #expect(Apportionment.shares(of: total, by: [0, 0]) == [0, 0])
  }
}
