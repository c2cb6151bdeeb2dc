import Circulation
import Journal
package import Labels
import Ledger
package import Rotation

/// What a rota asks of this library in a stage: one set to one library.
package struct RotaTask: Hashable, Sendable {
  package let rota: RotaID
  package let stage: Int
  package let term: Term
  package let set: String
  package let to: LibraryCode
  /// The most items that travel; nothing for all of the set that stand here.
  package let limit: Int?
  /// What of the set stands on the shelves here, in order, up to `RotaTask.longestList`.
  package let items: [ItemSummary]
  package let shelfCount: Int
  /// How many are in boxes to that library already.
  package let packedCount: Int
  /// How many are on loan, by class; an empty name stands for teachers and for what is unknown.
  package let loans: [String: Int]

  /// Items that one task lists.
  package static let longestList = 100
}

/// A set that another library is to send here.
package struct RotaArrival: Hashable, Sendable {
  package let rota: RotaID
  package let stage: Int
  package let term: Term
  package let route: Route
}

/// What the group's rotas ask of this library now.
package struct RotaPlan: Hashable, Sendable {
  package let sending: [RotaTask]
  package let coming: [RotaArrival]
}

extension Desk {
  /// What to pack, for whom, and what of it is still on loan, by the rotas that the host has
  /// published: each one's stage of this term, or else its next one.
  package func rotaPlan() async throws -> RotaPlan {
    let reader = rotaReader
    return try await journal.read { try reader.plan(in: $0) }
  }

  var rotaReader: RotaReader {
    let settings = settings
    let terms = TermReader(
      library: library, offsetMinutes: settings.offsetMinutes,
      calendar: { settings.calendar(on: $0) })
    return RotaReader(library: library, lookup: lookup, term: terms.term(on: today))
  }
}

/// Reads the group's rotas against what stands here.
struct RotaReader: Sendable {
  let library: LibraryCode
  let lookup: DeskLookup
  /// The term that it is, or the next one.
  let term: Term?

  /// The stages that count now, each with its rota.
  func stages(in view: JournalView) throws -> [(rota: Rota, stage: Stage)] {
    try view.groupRotas().compactMap { published in
      let stages = published.rota.stages.filter { stage in term.map { stage.term >= $0 } ?? true }
      return stages.min { $0.term < $1.term }.map { (published.rota, $0) }
    }
  }

  /// Whether a set that a rota sends from here to a library holds an item; nothing where no rota
  /// sends anything there.
  func isInSet(_ holding: Holding, to destination: LibraryCode, in view: JournalView) throws
    -> Bool?
  {
    let routed = try stages(in: view).map { rota, stage in
      (rota, stage.routes.filter { $0.from == library && $0.to == destination }.map(\.set))
    }.filter { !$0.1.isEmpty }
    guard !routed.isEmpty else { return nil }
    let record = try lookup.record(of: holding, in: view)
    return routed.contains { rota, sets in
      rota.set(of: holding.item, record: record).map { sets.contains($0.name) } ?? false
    }
  }

  func plan(in view: JournalView) throws -> RotaPlan {
    let stages = try stages(in: view)
    let arrivals = stages.flatMap { rota, stage in
      stage.routes.filter { $0.to == library }.map {
        RotaArrival(rota: rota.id, stage: stage.number, term: stage.term, route: $0)
      }
    }
    let departures = stages.flatMap { rota, stage in
      stage.routes.filter { $0.from == library }.map { (rota: rota, stage: stage, route: $0) }
    }
    guard !departures.isEmpty else { return RotaPlan(sending: [], coming: arrivals) }
    var books = RotaBooks(rotas: departures.map(\.rota))
    try view.forEachHolding(at: library) { holding in
      try books.add(holding, record: lookup.record(of: holding, in: view), in: view)
    }
    for box in try view.boxes() where box.box.from == library && !box.isInbound {
      guard [.open, .sealed].contains(box.box.state) else { continue }
      for holding in try view.packedItems(in: box) {
        books.addPacked(holding, record: try lookup.record(of: holding, in: view), to: box.box.to)
      }
    }
    let tasks = try departures.map { departure in
      try task(departure.rota, departure.stage, departure.route, books, in: view)
    }
    return RotaPlan(sending: tasks, coming: arrivals)
  }

  private func task(
    _ rota: Rota, _ stage: Stage, _ route: Route, _ books: RotaBooks, in view: JournalView
  ) throws -> RotaTask {
    let shelf = books.shelves[RotaBooks.Key(rota: rota.id, set: route.set)] ?? []
    let loans = books.loans[RotaBooks.Key(rota: rota.id, set: route.set)] ?? [:]
    let packed = books.packed[
      RotaBooks.Way(key: RotaBooks.Key(rota: rota.id, set: route.set), to: route.to)]
    return RotaTask(
      rota: rota.id, stage: stage.number, term: stage.term, set: route.set, to: route.to,
      limit: route.limit,
      items: try shelf.prefix(RotaTask.longestList).map { try lookup.summary(of: $0, in: view) },
      shelfCount: shelf.count, packedCount: packed ?? 0, loans: loans)
  }
}

/// What of each set is where, while the shelves are passed over once.
private struct RotaBooks {
  struct Key: Hashable {
    let rota: RotaID
    let set: String
  }

  struct Way: Hashable {
    let key: Key
    let to: LibraryCode
  }

  private let rotas: [Rota]
  private(set) var shelves: [Key: [Holding]] = [:]
  private(set) var loans: [Key: [String: Int]] = [:]
  private(set) var packed: [Way: Int] = [:]

  init(rotas: [Rota]) {
    self.rotas = Dictionary(rotas.map { ($0.id, $0) }, uniquingKeysWith: { $1 }).values
      .sorted { $0.id < $1.id }
  }

  private func keys(of holding: Holding, record: BibliographicRecord) -> [Key] {
    rotas.compactMap { rota in
      rota.set(of: holding.item, record: record).map { Key(rota: rota.id, set: $0.name) }
    }
  }

  mutating func add(
    _ holding: Holding, record: BibliographicRecord, in view: JournalView
  ) throws {
    let keys = keys(of: holding, record: record)
    guard !keys.isEmpty else { return }
    guard let loan = holding.loan else {
      for key in keys { shelves[key, default: []].append(holding) }
      return
    }
    let card = try view.card(behind: loan.borrower)
    let schoolClass = try card.flatMap { try view.patron($0)?.schoolClass?.text } ?? ""
    for key in keys { loans[key, default: [:]][schoolClass, default: 0] += 1 }
  }

  mutating func addPacked(_ holding: Holding, record: BibliographicRecord, to: LibraryCode) {
    for key in keys(of: holding, record: record) { packed[Way(key: key, to: to), default: 0] += 1 }
  }
}
