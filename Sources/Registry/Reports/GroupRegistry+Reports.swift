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

  /// Items that fit a search, each with its place, from an offset on, as somebody may see them.
  ///
  /// Who keeps the books and who looks after them see every item; a cataloguer sees what members
  /// share with the group, and who has not signed in what they share with everybody. A title that
  /// its library does not share is left out, and is not found by what it says.
  package func items(
    _ search: ItemSearch, seenBy viewer: ItemViewer = .role(.coordinator), offset: Int = 0,
    limit: Int
  ) async throws -> [FoundItem] {
    try await store.read { books in
      let view = try viewer.view(among: books)
      var search = search
      search.libraries = view.items
      search.titles = view.records
      let items = try books.items(search, offset: offset, limit: limit)
      let held = try books.holdings(of: items).compactMap(\.self)
      let titles = try books.titles(
        of: held.map(\.holding.record), describedBy: view.records)
      return held.map { held in
        let isTitled = view.records.contains(held.holding.item.library)
        return FoundItem(held: held, title: isTitled ? titles[held.holding.record] : nil)
      }
    }
  }

  /// Where a clock stands against the host's, and when an event was, by the host's time.
  package func interval(of event: EventReference) async throws -> EventInterval? {
    try await store.read { try $0.interval(of: event) }
  }
}

/// Who looks for items at the host.
package enum ItemViewer: Hashable, Sendable {
  /// Somebody who has signed in.
  case role(HostRole)
  /// Anybody.
  case everybody

  fileprivate func view(among books: any RegistryReader) throws -> GroupView {
    switch self {
    case .role(.coordinator), .role(.auditor): .whole
    case .role(.cataloguer): GroupView(isInGroup: true, among: try books.members())
    case .everybody: GroupView(isInGroup: false, among: try books.members())
    }
  }
}
