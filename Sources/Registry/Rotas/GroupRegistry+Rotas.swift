import Circulation
package import Labels
package import Ledger
package import Rotation

extension RegistryTransaction {
  /// Keeps a rota's next revision, and tells the group's stations.
  fileprivate func publishNext(
    _ rota: Rota, because reason: String, althoughBegun: Bool, atMilliseconds now: Int64
  ) throws -> PublishedRota {
    let last = try lastRevision(of: rota.id)?.revision ?? 0
    guard last <= RotaLimits.amendments else {
      throw AmendmentRefusal.tooManyAmendments(limit: RotaLimits.amendments)
    }
    guard last == 0 || reason.contains(where: { !$0.isWhitespace }) else {
      throw AmendmentRefusal.noReason
    }
    if !althoughBegun {
      let begun = try begunStages(changedBy: rota)
      guard begun.isEmpty else { throw AmendmentRefusal.changesBegun(begun) }
    }
    let published = PublishedRota(
      rota: rota, revision: last + 1, wallMilliseconds: now, reason: reason)
    try save(published)
    try publish([.rota(published)])
    return published
  }
}

extension RegistryReader {
  fileprivate func lastRevision(of rota: RotaID) throws -> PublishedRota? {
    try rotas().last { $0.rota.id == rota }
  }

  /// The stages of a rota that boxes are sealed for and of which a revision says otherwise than
  /// the last one.
  fileprivate func begunStages(changedBy rota: Rota) throws -> [BegunStage] {
    guard let last = try lastRevision(of: rota.id)?.rota else { return [] }
    let boxes = Dictionary(grouping: try stageBoxes(of: rota.id), by: \.stage.number)
    return boxes.sorted { $0.key < $1.key }.compactMap { number, boxes in
      let changes = rota.changes(ofStage: number, since: last)
      guard !changes.isEmpty else { return nil }
      return BegunStage(number: number, boxCount: boxes.count, changes: changes)
    }
  }
}

extension GroupRegistry {
  /// Publishes a rota, or amends the one of its name; earlier revisions are kept.
  ///
  /// `althoughBegun` takes an amendment of a stage that boxes are sealed for already.
  /// - Throws: `AmendmentRefusal` for a rota in conflict with itself, amended without a reason, or
  ///   amended in a stage that has begun.
  package func publish(
    _ rota: Rota, because reason: String, althoughBegun: Bool = false
  ) async throws -> PublishedRota {
    let conflicts = rota.conflicts.filter { !$0.isAdvice }
    guard conflicts.isEmpty else { throw AmendmentRefusal.conflicts(conflicts) }
    let now = nowMilliseconds()
    return try await store.write {
      try $0.publishNext(
        rota, because: reason, althoughBegun: althoughBegun, atMilliseconds: now)
    }
  }

  /// What an amendment would change in stages that have begun, to be told before it is published.
  package func begunStages(changedBy rota: Rota) async throws -> [BegunStage] {
    try await store.read { try $0.begunStages(changedBy: rota) }
  }

  /// Boxes that were sealed for the stages of a rota, in order of stages.
  package func stageBoxes(of rota: RotaID) async throws -> [StageBox] {
    try await store.read { try $0.stageBoxes(of: rota) }
  }

  /// All rotas with all their revisions, in order.
  package func rotas() async throws -> [PublishedRota] {
    try await store.read { try $0.rotas() }
  }

  /// Proposes who sends what to whom in a stage, from where the books have each item now.
  ///
  /// A copy is as worn as was noted of it last, at a desk or as a box was received; a damaged one
  /// goes home alone. `weight` is by what a library's share is measured.
  package func plan(
    _ rota: Rota, weight: @escaping @Sendable (LibraryCode) -> Int
  ) async throws -> (proposal: Proposal, frame: PlanningFrame) {
    let frame = PlanningFrame(rota: rota, weight: weight)
    // A name that stands twice is told where the rota is published.
    let numbers = Dictionary(
      rota.sets.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { first, _ in first })
    let stock = try await store.read { books in
      var chosen: [FeedEntry.Name: Int] = [:]
      var stock = Stock()
      let conditions = try books.conditions()
      try books.forEachRecord { record, library in
        // A rule speaks of titles; a list, of copies, is looked up copy by copy.
        guard let set = rota.ruledSet(of: record) else { return }
        chosen[FeedContent.record(record, of: library).name] = numbers[set.name]
      }
      try books.forEachHolding { held in
        let (item, place) = (held.holding.item, held.holding.place)
        let record = FeedEntry.Name(
          kind: FeedKind.record, library: item.library, key: held.holding.record.text)
        let listed = rota.listedSet(of: item).flatMap { numbers[$0.name] }
        let isFree = if case .shelf = place { true } else { false }
        stock.add(
          home: frame.number(of: item.library), place: place.library.flatMap(frame.number(of:)),
          set: listed ?? chosen[record], condition: conditions[item]?.planned ?? .good,
          isFree: isFree)
      }
      return stock
    }
    return (Planner.propose(for: stock, in: frame), frame)
  }
}

extension Rota {
  /// The set whose list names an item.
  fileprivate func listedSet(of item: ItemID) -> ItemSet? {
    sets.first { set in
      if case .listed(let items) = set.contents { items.contains(item) } else { false }
    }
  }

  /// The first set whose rule chooses a title.
  fileprivate func ruledSet(of record: BibliographicRecord) -> ItemSet? {
    sets.first { set in
      if case .chosen(let criteria) = set.contents { criteria.matches(record) } else { false }
    }
  }
}
