import Circulation
import Foundation
import Labels
import Ledger
import Rotation
import TestSupport

/// Boxes beside loans, a term of 400 libraries added up, and a rota of 400 libraries planned.
enum RotationBenchmark {
  private static let libraries = 400
  private static let items = 1_000_000

  static func run() async throws -> [Figure] {
    try await [PackingBenchmark.run(), reconciling(), planning()]
  }

  private static func libraryCodes() throws -> [LibraryCode] {
    try (0..<libraries).map { try LibraryCode("L\(100 + $0)") }
  }

  /// Adds a term up of which every tenth item has travelled, and one in a hundred is not found.
  private static func reconciling() throws -> Figure {
    let known = LibraryKnowledge(hasReported: true, hasCounted: true)
    guard let term = Term(year: SchoolYear(start: 2026), semester: 1) else {
      throw BenchmarkProblem.badInput
    }
    var reconciler = Reconciler(
      term: term,
      libraries: Dictionary(uniqueKeysWithValues: try libraryCodes().map { ($0, known) }))
    let before = try ServingProcess.ownMegabytes("VmRSS:")
    let time = try ContinuousClock().measure {
      for number in 0..<items { try reconciler.add(item(number)) }
    }
    let result = reconciler.finished()
    guard result.itemCount == items else { throw BenchmarkProblem.badInput }
    let memory = try ServingProcess.ownMegabytes("VmRSS:") - before
    return Figure(
      what: "reconciling 1,000,000 items over 400 libraries", goal: 10,
      measured: time / .seconds(1), unit: "s",
      note: "\(memory.rounded(to: 0)) MB more; \(result.open.count) open differences")
  }

  private static func item(_ number: Int) -> ItemTerm {
    let home = number % libraries
    let other = (home + 1 + number / libraries % 7) % libraries
    let kinds = MaterialKind.allCases
    let reference = EventReference(Int64(number))
    let travels = number % 10 == 0
    return ItemTerm(
      key: Int64(number), home: home, kind: kinds[number % kinds.count], opening: .at(home),
      acts: travels
        ? [
          TermAct(.sent(from: home, to: other), reference),
          TermAct(.received(at: other), reference),
        ] : [],
      sightings: number % 101 == 0 ? [] : [Sighting(at: travels ? other : home, reference)])
  }

  private static func planning() throws -> Figure {
    let codes = try libraryCodes()
    guard let id = RotaID("2026-BENCH") else { throw BenchmarkProblem.badInput }
    let sets = MaterialKind.allCases.map { kind in
      ItemSet(name: kind.rawValue, contents: .chosen(SetCriteria(kinds: [kind])), goesHome: false)
    }
    let rota = Rota(id: id, libraries: Set(codes), sets: sets, stages: [])
    let frame = PlanningFrame(rota: rota) { 200 + Int($0.text.utf8.last ?? 0) * 7 }
    var stock = Stock(reservingCapacity: items)
    for number in 0..<items {
      stock.add(
        home: number % libraries, place: number / 3 % libraries, set: number % sets.count,
        condition: number % 50 == 0 ? .damaged : .good, isFree: number % 9 != 0)
    }
    var moves = 0
    let time = ContinuousClock().measure {
      moves = Planner.propose(for: stock, in: frame).moves.count
    }
    return Figure(
      what: "planning a rota over 400 libraries and 1,000,000 items", goal: 20,
      measured: time / .seconds(1), unit: "s", note: "\(moves) items travel")
  }
}

/// What makes a benchmark say nothing.
enum BenchmarkProblem: Error {
  case badInput
}
