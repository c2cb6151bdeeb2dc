import FoundationEssentials
import GRDB
import Labels
package import Ledger
import Rotation
import Storage

extension JournalView {
  /// All terms that were closed here, their statements, and who signed them.
  package func termRecords() throws -> TermRecords {
    try Self.termRecords(in: database)
  }

  static func termRecords(in database: Database) throws -> TermRecords {
    var records = TermRecords()
    for row in try Row.fetchAll(database, sql: "SELECT * FROM term_closings") {
      let closed = try TermRow.closed(row)
      records.closings[closed.closing.hash] = closed
    }
    for row in try Row.fetchAll(database, sql: "SELECT * FROM statement_parts") {
      let part = try TermRow.part(row)
      records.parts[part.hash, default: [:]][part.number] = part.text
    }
    for row in try Row.fetchAll(database, sql: "SELECT * FROM statement_signatures") {
      let signature = try TermRow.signature(row)
      let key = SignatureKey(hash: signature.hash, library: signature.library)
      records.signatures[key] = signature
    }
    return records
  }

  /// Stock-takings that were opened after an event, and the items that were scanned for each.
  package func termCounts(after mark: EventMark?) throws -> [TermCount] {
    let rows = try Row.fetchAll(
      database,
      sql: """
        SELECT session, range, epoch, sequence, EXISTS (SELECT 1 FROM stock_counts
          WHERE stock_counts.session = stock_sessions.session) AS closed
        FROM stock_sessions WHERE (epoch, sequence) >= (?, ?) ORDER BY epoch, sequence, session
        """, arguments: [mark?.epoch.number ?? 0, mark?.sequence ?? 0])
    return try rows.map { row in
      guard let session = OperationID(bytes: row["session"] as Data),
        let range = StockRange(row["range"] as String), let epoch = Epoch(row["epoch"])
      else { throw JournalError.damaged("table stock_sessions") }
      return TermCount(
        session: session, range: range,
        opened: EventMark(epoch: epoch, sequence: row["sequence"]), isClosed: row["closed"],
        seen: try scannedItems(of: session))
    }
  }

  /// Items that were scanned; a label that nobody has registered stands for the item that it names.
  private func scannedItems(of session: OperationID) throws -> Set<ItemID> {
    let labels = try String.fetchAll(
      database,
      sql: "SELECT DISTINCT coalesce(item, label) FROM stock_scans WHERE session = ?",
      arguments: [Data(session.bytes)])
    return Set(labels.compactMap { try? ItemID($0) })
  }

  /// Every event in the order of the chain, for as long as `body` gives true.
  ///
  /// The events of a large station, a million, are read in some ten seconds.
  package func forEachEvent(_ body: (Event) throws -> Bool) throws {
    let select = try BoundStatement(
      database, sql: "SELECT bytes FROM events ORDER BY epoch, sequence")
    try select.forEach { row in try body(Event(encoded: row.blob(0) ?? [])) }
  }
}
