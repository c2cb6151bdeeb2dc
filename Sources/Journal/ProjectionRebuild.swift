import Circulation
import FoundationEssentials
import GRDB
import Ledger

/// Makes everything that is made from events anew, from all of them, inside a transaction.
///
/// The events of a large station, a million, are read in some ten seconds; that happens once, when
/// a disk was restored or copied.
struct ProjectionRebuild {
  let database: Database
  /// Passes over events that can't be read: the verifier shows them, and a station must start.
  var skipsUnreadable = false

  /// What waits to be carried over into the next epoch, in the order in which it was recorded.
  static let eventsSetAside =
    "SELECT bytes FROM set_aside WHERE carried_over = 0 ORDER BY epoch, sequence"

  private static let tables = [
    "term_closings", "statement_parts", "statement_signatures", "boxes", "counted_items",
    "stage_trips", "last_acts", "undone", "conditions", "stock_counts",
    "discrepancies", "readings", "balances", "items", "records",
  ]

  func run() throws {
    // A note may be on an item whose row is taken out and put back.
    try database.execute(sql: "PRAGMA defer_foreign_keys = ON")
    for table in Self.tables { try database.execute(sql: "DELETE FROM \(table)") }
    // Cards are given out without an event; only the labels of items are made from them.
    try database.execute(sql: "DELETE FROM aliases WHERE item IS NOT NULL")
    var accounts = Accounts()
    let projection = Projection(database: database)
    let rows = try Data.fetchCursor(
      database, sql: "SELECT bytes FROM events ORDER BY epoch, sequence")
    while let bytes = try rows.next() {
      guard let event = try event(bytes) else { continue }
      for discrepancy in accounts.apply(event) { try projection.note(discrepancy, of: event) }
    }
    // The desk goes on as if these stood in the chain, where they soon do.
    let waiting = try Data.fetchCursor(database, sql: Self.eventsSetAside)
    while let bytes = try waiting.next() {
      if let event = try event(bytes) { accounts.apply(event) }
    }
    try write(accounts, with: projection)
  }

  private func event(_ bytes: Data) throws -> Event? {
    do throws(CBORError) {
      return try Event(encoded: bytes)
    } catch {
      if skipsUnreadable { return nil }
      throw error
    }
  }

  private func write(_ accounts: Accounts, with projection: Projection) throws {
    for record in accounts.records.values { try projection.save(record) }
    for holding in accounts.holdings.values { try projection.save(holding) }
    for (place, count) in accounts.balances { try projection.post(count, to: place) }
    for (key, count) in accounts.readings {
      try projection.count(
        OnSiteReading(
          day: key.day, kind: key.kind, schoolClass: key.schoolClass, count: count))
    }
    try writeCorrections(accounts, with: projection)
    for record in accounts.boxes.values { try projection.save(record) }
    for counted in accounts.countedItems.values.flatMap(\.values) {
      try projection.save(counted)
    }
    for trip in accounts.stageTrips.values { try projection.take(.begun(trip)) }
    try writeTerms(accounts.terms, with: projection)
  }

  private func writeTerms(_ terms: TermRecords, with projection: Projection) throws {
    for closed in terms.closings.values { try projection.save(closed) }
    for (hash, parts) in terms.parts {
      for (number, text) in parts {
        try projection.save(StatementPart(hash: hash, number: number, text: text))
      }
    }
    for signature in terms.signatures.values { try projection.save(signature) }
  }

  private func writeCorrections(_ accounts: Accounts, with projection: Projection) throws {
    for act in accounts.lastActs.values { try projection.save(act) }
    for operation in accounts.undone { try projection.markUndone(operation) }
    for (item, condition) in accounts.conditions {
      try projection.save(ItemNote(item: item, condition: condition))
    }
    for (label, item) in accounts.labels { try projection.save(label, of: item) }
    for count in accounts.stockCounts.values { try projection.save(count) }
  }
}
