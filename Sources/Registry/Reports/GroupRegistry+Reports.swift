import Circulation
import Labels
import Ledger

/// What the coordinator asks of the books.
extension GroupRegistry {
  /// One report over loans or readings.
  package func uses(
    _ count: UseCount, by grouping: UseGrouping, _ filter: UseFilter
  ) async throws -> [UseRow] {
    try await store.read { try $0.uses(count, by: grouping, filter) }
  }

  /// Items that fit a search, each with its place, from an offset on.
  package func items(
    _ search: ItemSearch, offset: Int = 0, limit: Int
  ) async throws -> [FoundItem] {
    try await store.read { books in
      let items = try books.items(search, offset: offset, limit: limit)
      let held = try books.holdings(of: items).compactMap(\.self)
      let titles = try books.titles(of: held.map(\.holding.record))
      return held.map { FoundItem(held: $0, title: titles[$0.holding.record]) }
    }
  }

  /// Where a clock stands against the host's, and when an event was, by the host's time.
  package func interval(of event: EventReference) async throws -> EventInterval? {
    try await store.read { try $0.interval(of: event) }
  }
}
