package import Circulation
import FoundationEssentials
import GRDB
package import Labels
package import Ledger

extension Journal {
  /// Erases a patron: name, card, other cards, consents, reasons, and the salts that link events.
  ///
  /// The events stay and every hash still holds, but nobody can tell any more whose they were. What
  /// is erased is overwritten, in the file and in the log. It is done once for each operation's
  /// name.
  /// - Returns: how many events were unlinked.
  /// - Throws: `PrivacyError.openLoans` while the patron has items.
  @discardableResult
  package func erase(_ card: CardNumber, as operation: OperationID) async throws -> Int {
    let vault = vault
    return try await overwriting { database in
      try OtherAct.erasure.once(operation, in: database) {
        let view = JournalView(database: database, vault: vault)
        guard let patron = try view.patron(card) else { throw PrivacyError.unknownCard }
        let loans = try view.loans(of: patron.card)
        guard loans.isEmpty else { throw PrivacyError.openLoans(loans.count) }
        let events = try view.events(of: patron.card)
        for event in events {
          try database.execute(
            sql: "DELETE FROM override_reasons WHERE operation = ?",
            arguments: [Data(event.operation.bytes)])
        }
        // Salts, other cards and consents go with the patron's row.
        try database.execute(
          sql: "DELETE FROM patrons WHERE card = ?", arguments: [patron.card.text])
        return events.count
      }
    }
  }

  /// Unlinks the closed loans of past school years from their patrons.
  ///
  /// A salt under which an item is still out stays until the item is back. The station does this by
  /// itself at its start; what a person asks for has an operation's name and is done once.
  /// - Returns: how many links were erased.
  @discardableResult
  package func unlinkClosedLoans(
    before year: SchoolYear, as operation: OperationID? = nil
  ) async throws -> Int {
    try await overwriting { database in
      guard let operation else { return try Self.unlink(before: year, in: database) }
      return try OtherAct.unlinking.once(operation, in: database) {
        try Self.unlink(before: year, in: database)
      }
    }
  }

  private static func unlink(before year: SchoolYear, in database: Database) throws -> Int {
    try database.execute(
      sql: """
        DELETE FROM salts WHERE school_year < ? AND commitment NOT IN
          (SELECT borrower FROM items WHERE borrower IS NOT NULL)
        """,
      arguments: [year.start])
    return database.changesCount
  }

  /// Writes with every freed byte overwritten, and merges the log, in which the old bytes stood.
  private func overwriting<Value: Sendable>(
    _ body: @escaping @Sendable (Database) throws -> Value
  ) async throws -> Value {
    let value = try await write { database in
      try database.execute(sql: "PRAGMA secure_delete = ON")
      return try body(database)
    }
    try await mergeLog()
    return value
  }
}
