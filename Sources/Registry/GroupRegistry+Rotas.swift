import Circulation
package import Labels
package import Ledger
package import Rotation

extension RegistryTransaction {
  /// Keeps a rota's next revision, and tells the group's stations.
  fileprivate func publishNext(
    _ rota: Rota, because reason: String, atMilliseconds now: Int64
  ) throws -> PublishedRota {
    let last = try rotas().filter { $0.rota.id == rota.id }.map(\.revision).max() ?? 0
    guard last <= RotaLimits.amendments else {
      throw AmendmentRefusal.tooManyAmendments(limit: RotaLimits.amendments)
    }
    guard last == 0 || reason.contains(where: { !$0.isWhitespace }) else {
      throw AmendmentRefusal.noReason
    }
    let published = PublishedRota(
      rota: rota, revision: last + 1, wallMilliseconds: now, reason: reason)
    try save(published)
    try publish([.rota(published)])
    return published
  }
}

extension GroupRegistry {
  /// Publishes a rota, or amends the one of its name; earlier revisions are kept.
  ///
  /// - Throws: `AmendmentRefusal` for a rota in conflict with itself, or amended without a reason.
  package func publish(_ rota: Rota, because reason: String) async throws -> PublishedRota {
    let conflicts = rota.conflicts.filter { !$0.isAdvice }
    guard conflicts.isEmpty else { throw AmendmentRefusal.conflicts(conflicts) }
    let now = nowMilliseconds()
    return try await store.write {
      try $0.publishNext(rota, because: reason, atMilliseconds: now)
    }
  }

  /// All rotas with all their revisions, in order.
  package func rotas() async throws -> [PublishedRota] {
    try await store.read { try $0.rotas() }
  }

  /// Proposes who sends what to whom in a stage, from where the books have each item now.
  ///
  /// The host does not know how worn a copy is, so every one counts as good. `weight` is by what a
  /// library's share is measured.
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
          set: listed ?? chosen[record], condition: .good, isFree: isFree)
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
      if case .chosen(let criteria) = set.contents {
        criteria.matches(record, subjects: [])
      } else {
        false
      }
    }
  }
}
