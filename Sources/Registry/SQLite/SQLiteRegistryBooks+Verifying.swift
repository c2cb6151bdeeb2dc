import FoundationEssentials
import GRDB
import Ledger
import Storage

/// What only the verifier asks of the books.
extension SQLiteRegistryBooks {
  func enrolments() throws -> [EnrolledStation] {
    try Row.fetchAll(database, sql: "SELECT * FROM stations ORDER BY station, epoch")
      .map(StationRow.station)
  }

  func forEachEvent(
    of station: StationID, epoch: Epoch, after sequence: Int64,
    _ body: (StoredEvent) throws -> Bool
  ) throws {
    let rows = try Row.fetchCursor(
      database,
      sql: """
        SELECT sequence, hash, bytes FROM events WHERE station = ? AND epoch = ?
          AND sequence > ?
        ORDER BY sequence
        """,
      arguments: [station.text, epoch.number, sequence])
    while let row = try rows.next() {
      let event = StoredEvent(
        sequence: row["sequence"], hash: ChainHash(bytes: row["hash"] as Data),
        bytes: Array(row["bytes"] as Data))
      guard try body(event) else { return }
    }
  }

  func fileProblems() throws -> [String] {
    try IntegrityCheck.problems(of: database)
  }

  func eventCount() throws -> Int {
    try Int.fetchOne(database, sql: "SELECT count(*) FROM events") ?? 0
  }

  func countedItems() throws -> [Place: Int] {
    let rows = try Row.fetchAll(
      database, sql: "SELECT place, count(*) AS items FROM holdings GROUP BY place")
    var counts: [Place: Int] = [:]
    for row in rows {
      guard let place = Place(row["place"] as String) else {
        throw RegistryError.damaged("table holdings")
      }
      counts[place] = row["items"]
    }
    return counts
  }
}
