import Circulation
import FoundationEssentials
import GRDB
import Labels
import Ledger
import Storage

/// Holds what corrects other facts against the replay.
extension JournalVerifier {
  mutating func compareCorrections() throws {
    try compareLastActs()
    try compareUndone()
    try compareConditions()
    try compareLabels()
    try compareStockCounts()
  }

  private mutating func compareStockCounts() throws {
    var unseen = accounts.stockCounts
    for row in try Row.fetchAll(database, sql: "SELECT session, count FROM stock_counts") {
      let session = OperationID(bytes: row["session"] as Data)
      let expected = session.flatMap { unseen.removeValue(forKey: $0) }
      if expected.map({ Projection.encoded($0) }) != row["count"] as Data? {
        result.note("stock-taking \(session?.description ?? ""): the table and the event differ")
      }
    }
    for session in unseen.keys { result.note("stock-taking \(session): missing") }
  }

  private mutating func compareLastActs() throws {
    var unseen = accounts.lastActs
    let select = try BoundStatement(
      database, sql: "SELECT \(LastActRow.columns), item FROM last_acts ORDER BY item")
    try select.forEach { row in
      let id = row.text(9)
      let expected = (try? ItemID(id)).flatMap { unseen.removeValue(forKey: $0) }
      let found = try expected.map {
        try LastActRow.act(row, item: $0.before.item, record: $0.before.record)
      }
      if found == nil || found != expected {
        result.note("last act on item \(id): the table and the events differ")
      }
      return true
    }
    for item in unseen.keys.sorted() {
      result.note("last act on item \(item): missing from the table")
    }
  }

  private mutating func compareUndone() throws {
    let found = Set(
      try Data.fetchAll(database, sql: "SELECT operation FROM undone")
        .compactMap { OperationID(bytes: $0) })
    for operation in found.symmetricDifference(accounts.undone) {
      result.note("undone operation \(operation): the table and the events differ")
    }
  }

  private mutating func compareConditions() throws {
    let rows = try Row.fetchAll(database, sql: "SELECT item, condition FROM conditions")
    let found = Dictionary(
      uniqueKeysWithValues: rows.map { ($0["item"] as String, $0["condition"] as String) })
    let expected = Dictionary(
      uniqueKeysWithValues: accounts.conditions.map { ($0.key.text, $0.value.rawValue) })
    for item in Set(found.keys).union(expected.keys).sorted() where found[item] != expected[item] {
      result.note("condition of item \(item): the table and the events differ")
    }
  }

  private mutating func compareLabels() throws {
    let rows = try Row.fetchAll(
      database, sql: "SELECT barcode, item, accession FROM aliases WHERE item IS NOT NULL")
    var unseen = accounts.labels
    for row in rows {
      let label: String = row["barcode"]
      let expected = unseen.removeValue(forKey: label)
      let accession = (try? ItemID(label))?.accession.text
      if expected?.text != row["item"] as String? || accession != row["accession"] {
        result.note("replaced label \(label): the table and the events differ")
      }
    }
    for label in unseen.keys.sorted() { result.note("replaced label \(label): missing") }
  }
}
