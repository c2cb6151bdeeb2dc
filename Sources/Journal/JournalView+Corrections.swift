package import Circulation
import FoundationEssentials
import GRDB
package import Labels
package import Ledger
import Storage

/// What a librarian wrote about an item.
package struct NoteOnItem: Hashable, Sendable {
  package let unixMilliseconds: Int64
  package let text: String
}

extension JournalView {
  /// The event of an operation, or `nil` where it was never recorded.
  package func event(of operation: OperationID) throws -> Event? {
    let select = try database.cachedStatement(sql: "SELECT bytes FROM events WHERE operation = ?")
    return try Data.fetchOne(select, arguments: [Data(operation.bytes)])
      .map { try Event(encoded: $0) }
  }

  package func isUndone(_ operation: OperationID) throws -> Bool {
    let select = try database.cachedStatement(sql: "SELECT 1 FROM undone WHERE operation = ?")
    return try Int.fetchOne(select, arguments: [Data(operation.bytes)]) != nil
  }

  /// The last act on an item; nothing where it has only been registered.
  package func lastAct(on holding: Holding) throws -> LastAct? {
    let select = try BoundStatement(
      database, sql: "SELECT \(LastActRow.columns) FROM last_acts WHERE item = ?")
    return try select.first({ $0.bind(holding.item.text) }) {
      try LastActRow.act($0, item: holding.item, record: holding.record)
    }
  }

  package func condition(of item: ItemID) throws -> NotedCondition? {
    let select = try BoundStatement(
      database, sql: "SELECT condition FROM conditions WHERE item = ?")
    return try select.first({ $0.bind(item.text) }) { NotedCondition(rawValue: $0.text(0)) }
      .flatMap(\.self)
  }

  /// What was written about an item, latest first; what another key sealed is left out.
  package func notes(on item: ItemID) throws -> [NoteOnItem] {
    let select = try database.cachedStatement(
      sql: """
        SELECT notes.operation, noted, note FROM notes
        LEFT JOIN events ON events.operation = notes.operation WHERE item = ?
        ORDER BY events.epoch DESC, events.sequence DESC, noted DESC LIMIT \(Self.longestList)
        """)
    return try Row.fetchAll(select, arguments: [item.text]).compactMap { row in
      let owner = OperationID(bytes: row["operation"] as Data)?.description ?? ""
      return vault.open(row["note"], boundTo: owner).map {
        NoteOnItem(unixMilliseconds: row["noted"], text: $0)
      }
    }
  }

  /// The items that a replaced label with an accession number stands for.
  package func items(aliasAccession accession: AccessionNumber) throws -> [ItemID] {
    let select = try database.cachedStatement(
      sql: "SELECT DISTINCT item FROM aliases WHERE accession = ? LIMIT \(Self.longestList)")
    return try String.fetchAll(select, arguments: [accession.text])
      .compactMap { try? ItemID($0) }
  }

  /// Whether a label or card is in use: somebody's own, or already standing for another.
  package func isInUse(_ label: String) throws -> Bool {
    let select = try database.cachedStatement(
      sql: """
        SELECT EXISTS (SELECT 1 FROM items WHERE id = ?1)
          OR EXISTS (SELECT 1 FROM patrons WHERE card = ?1)
          OR EXISTS (SELECT 1 FROM aliases WHERE barcode = ?1)
        """)
    return try Bool.fetchOne(select, arguments: [label]) ?? false
  }
}

extension JournalTransaction {
  /// Bytes of UTF-8 that a note may have.
  package static let longestNote = 1_000

  /// Keeps what was written about an item, sealed, beside the event that notes it.
  package func keepNote(_ text: String, on item: ItemID, atMilliseconds now: Int64) throws {
    try database.cachedStatement(
      sql: "INSERT INTO notes (operation, item, noted, note) VALUES (?, ?, ?, ?)"
    ).execute(arguments: [
      Data(operation.bytes), item.text, now,
      vault.seal(text, boundTo: operation.description),
    ])
  }

  /// Makes a new card stand for the patron of an older one, which stays good.
  package func addCard(_ card: CardNumber, of owner: CardNumber) throws {
    try database.cachedStatement(sql: "INSERT INTO aliases (barcode, card) VALUES (?, ?)")
      .execute(arguments: [card.text, owner.text])
  }
}
