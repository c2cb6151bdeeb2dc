import Circulation
import FoundationEssentials
import GRDB
import Labels
import Ledger
import Storage

/// What the facts that correct others leave in the tables.
extension Projection {
  func save(_ act: LastAct) throws {
    let before = act.before
    let upsert = try BoundStatement(
      database,
      sql: """
        INSERT OR REPLACE INTO last_acts
          (item, epoch, sequence, place, version, borrower, checked_out, due, renewals, gaps)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """)
    try upsert.run { row in
      row.bind(before.item.text)
      row.bind(act.epoch.number)
      row.bind(act.sequence)
      row.bind(before.place.text)
      row.bind(before.version)
      row.bind(blob: before.loan.map { $0.borrower.bytes[...] })
      row.bind(before.loan?.checkedOutMilliseconds)
      row.bind(before.loan?.due.number)
      row.bind(before.loan?.renewals)
      row.bind(before.gaps.description)
    }
  }

  func markUndone(_ operation: OperationID) throws {
    try database.cachedStatement(sql: "INSERT OR IGNORE INTO undone (operation) VALUES (?)")
      .execute(arguments: [Data(operation.bytes)])
  }

  /// Takes readings out of the count; what comes to nothing has no row.
  func discount(_ reading: OnSiteReading) throws {
    let row: StatementArguments = [
      reading.day.number, reading.schoolClass?.text ?? "", reading.kind.rawValue, reading.count,
    ]
    let condition = "WHERE day = ?1 AND class = ?2 AND kind = ?3"
    try database.cachedStatement(
      sql: "DELETE FROM readings \(condition) AND readings <= ?4"
    ).execute(arguments: row)
    try database.cachedStatement(
      sql: "UPDATE readings SET readings = readings - ?4 \(condition)"
    ).execute(arguments: row)
  }

  func save(_ note: ItemNote) throws {
    guard let condition = note.condition else { return }
    try database.cachedStatement(
      sql: "INSERT OR REPLACE INTO conditions (item, condition) VALUES (?, ?)"
    ).execute(arguments: [note.item.text, condition.rawValue])
  }

  /// Closes the stock-taking with what it came to, as the event has it.
  func save(_ count: StockCount) throws {
    try database.cachedStatement(
      sql: "INSERT OR REPLACE INTO stock_counts (session, count) VALUES (?, ?)"
    ).execute(arguments: [Data(count.session.bytes), Self.encoded(count)])
  }

  static func encoded(_ count: StockCount) -> Data {
    var writer = CBORWriter(reservingCapacity: 64)
    count.write(to: &writer)
    return Data(writer.bytes)
  }

  /// A label that is an item's identifier is also found by its accession number alone.
  func save(_ label: String, of item: ItemID) throws {
    try database.cachedStatement(
      sql: "INSERT OR REPLACE INTO aliases (barcode, item, accession) VALUES (?, ?, ?)"
    ).execute(arguments: [label, item.text, (try? ItemID(label))?.accession.text])
  }
}
