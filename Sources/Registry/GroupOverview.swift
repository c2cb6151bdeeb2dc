package import Labels
package import Ledger

/// The group at a glance, read in one consistent state.
package struct GroupOverview: Hashable, Sendable {
  package let groupName: String
  package let stations: [EnrolledStation]
  /// How many items each place holds; places that hold none are left out.
  package let balances: [Place: Int]
  /// The latest conflicts, newest first.
  package let conflicts: [Conflict]
  package let conflictCount: Int
  /// Events that were kept aside and about which nobody has decided.
  package let keptAsideCount: Int
  /// Readings in the library by library.
  package let readings: [LibraryCode: Int]
  /// Loans by library.
  package let loans: [LibraryCode: Int]
  /// The last contact of each station in each epoch.
  package let contacts: [KeptContact]
  /// The host's wall clock, in milliseconds since 1970.
  package let nowMilliseconds: Int64

  /// Conflicts that are listed at most.
  package static let longestList = 100
}

extension GroupRegistry {
  package func overview() async throws -> GroupOverview {
    let now = nowMilliseconds()
    return try await store.read { books in
      GroupOverview(
        groupName: try books.groupName(), stations: try books.stations(),
        balances: try books.balances(),
        conflicts: try books.conflicts(limit: GroupOverview.longestList),
        conflictCount: try books.conflictCount(ConflictFilter()),
        keptAsideCount: try books.openQuarantineCount(),
        readings: try books.readingCounts(),
        loans: try books.loanCounts(), contacts: try books.lastContacts(),
        nowMilliseconds: now)
    }
  }
}
