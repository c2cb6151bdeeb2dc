import Circulation
import Journal
import Labels
import Ledger
import Rotation

/// What of each set is where, while the shelves are passed over once.
struct RotaBooks {
  struct Key: Hashable {
    let rota: RotaID
    let set: String
  }

  /// How far a stage's boxes have brought an item.
  enum Progress: Hashable {
    case packed, sent, came
  }

  private struct Tally: Hashable {
    let stage: StageReference
    let set: String
    let progress: Progress
    let library: LibraryCode
  }

  private let rotas: [RotaID: Rota]
  private(set) var shelves: [Key: [Holding]] = [:]
  private(set) var loans: [Key: [String: Int]] = [:]
  private var tallies: [Tally: Int] = [:]

  init(_ rotas: [Rota]) {
    self.rotas = Dictionary(rotas.map { ($0.id, $0) }, uniquingKeysWith: { $1 })
  }

  /// Adds an item that stands on a shelf here or is on loan.
  mutating func add(
    _ holding: Holding, record: BibliographicRecord, in view: JournalView
  ) throws {
    let keys = rotas.values.compactMap { rota in
      rota.set(of: holding.item, record: record).map { Key(rota: rota.id, set: $0.name) }
    }
    guard !keys.isEmpty else { return }
    guard let loan = holding.loan else {
      for key in keys { shelves[key, default: []].append(holding) }
      return
    }
    let card = try view.card(behind: loan.borrower)
    let schoolClass = try card.flatMap { try view.patron($0)?.schoolClass?.text } ?? ""
    for key in keys { loans[key, default: [:]][schoolClass, default: 0] += 1 }
  }

  /// Counts an item in a box of a stage, to or from a library.
  mutating func count(
    _ holding: Holding, record: BibliographicRecord, of stage: StageReference,
    _ progress: Progress, _ library: LibraryCode
  ) {
    guard let set = rotas[stage.rota]?.set(of: holding.item, record: record) else { return }
    tallies[
      Tally(stage: stage, set: set.name, progress: progress, library: library), default: 0] += 1
  }

  func count(
    of set: String, in stage: StageReference, _ progress: Progress, with library: LibraryCode
  ) -> Int {
    tallies[Tally(stage: stage, set: set, progress: progress, library: library)] ?? 0
  }
}
