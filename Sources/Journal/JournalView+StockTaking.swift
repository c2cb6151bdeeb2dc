import FoundationEssentials
import GRDB
package import Labels
package import Ledger

/// A stock-taking: what is counted, since when, and whether it goes on.
package struct StockSession: Hashable, Sendable {
  /// The operation that opened it.
  package let id: OperationID
  package let range: StockRange
  package let openedMilliseconds: Int64
  /// Where the journal stood when it was opened; what was moved later was not missing.
  package let epoch: Epoch
  package let sequence: Int64
  package let isPaused: Bool
  package let isClosed: Bool

  package init(
    id: OperationID, range: StockRange, openedMilliseconds: Int64, epoch: Epoch, sequence: Int64,
    isPaused: Bool = false, isClosed: Bool = false
  ) {
    self.id = id
    self.range = range
    self.openedMilliseconds = openedMilliseconds
    self.epoch = epoch
    self.sequence = sequence
    self.isPaused = isPaused
    self.isClosed = isClosed
  }
}

/// One label that was scanned on a shelf, and what it was held for at that moment.
package struct StockScan: Hashable, Sendable {
  package let operation: OperationID
  package let session: OperationID
  /// The item's identifier, or the label's text where no item is known.
  package let label: String
  package let item: ItemID?
  package let finding: StockFinding
  package let scannedMilliseconds: Int64
  package let device: String?

  package init(
    operation: OperationID, session: OperationID, label: String, item: ItemID?,
    finding: StockFinding, scannedMilliseconds: Int64, device: String?
  ) {
    self.operation = operation
    self.session = session
    self.label = label
    self.item = item
    self.finding = finding
    self.scannedMilliseconds = scannedMilliseconds
    self.device = device
  }
}

extension JournalView {
  private static let sessionColumns = """
    stock_sessions.*, EXISTS (SELECT 1 FROM stock_counts
      WHERE stock_counts.session = stock_sessions.session) AS closed
    """

  package func stockSession(_ id: OperationID) throws -> StockSession? {
    let select = try database.cachedStatement(
      sql: "SELECT \(Self.sessionColumns) FROM stock_sessions WHERE session = ?")
    return try Row.fetchOne(select, arguments: [Data(id.bytes)]).map(StockRow.session)
  }

  /// Stock-takings, the latest first.
  package func stockSessions() throws -> [StockSession] {
    try Row.fetchAll(
      database,
      sql: """
        SELECT \(Self.sessionColumns) FROM stock_sessions
        ORDER BY epoch DESC, sequence DESC, opened DESC, session
        LIMIT \(Self.longestList)
        """
    ).map(StockRow.session)
  }

  package func stockScan(_ operation: OperationID) throws -> StockScan? {
    let select = try database.cachedStatement(sql: "SELECT * FROM stock_scans WHERE operation = ?")
    return try Row.fetchOne(select, arguments: [Data(operation.bytes)]).map(StockRow.scan)
  }

  /// The last scan of each label, in order of labels.
  package func stockScans(of session: OperationID) throws -> [StockScan] {
    let rows = try Row.fetchAll(
      database,
      sql: "SELECT * FROM stock_scans WHERE session = ? ORDER BY label, number, scanned",
      arguments: [Data(session.bytes)])
    var scans: [StockScan] = []
    for scan in try rows.map(StockRow.scan) {
      if scans.last?.label == scan.label { scans.removeLast() }
      scans.append(scan)
    }
    return scans
  }

  /// How many different labels were scanned, by what was found at the last scan of each.
  ///
  /// The counts are kept with each scan, so that they take as long in a session of 30,000 labels as
  /// in one of ten.
  package func stockCounts(of session: OperationID) throws -> [StockFinding: Int] {
    let rows = try Row.fetchAll(
      database, sql: Self.talliesSQL, arguments: [Data(session.bytes)])
    var counts: [StockFinding: Int] = [:]
    for row in rows {
      guard let finding = StockFinding(rawValue: row["finding"]) else {
        throw JournalError.damaged("table stock_tallies")
      }
      counts[finding] = row["labels"]
    }
    return counts
  }

  static let talliesSQL = """
    SELECT finding, labels FROM stock_tallies WHERE session = ? AND labels > 0
    """

  /// What stands on a library's shelves in a range by the books, and whether it was moved after an
  /// event.
  package func shelf(
    of library: LibraryCode, in range: StockRange, movedAfter sequence: Int64, of epoch: Epoch
  ) throws -> [(item: ItemID, wasMoved: Bool)] {
    let rows = try Row.fetchCursor(
      database,
      sql: """
        SELECT items.id, coalesce((last_acts.epoch, last_acts.sequence) > (?, ?), 0) AS moved
        FROM items LEFT JOIN last_acts ON last_acts.item = items.id
        WHERE items.place = ? ORDER BY items.id
        """,
      arguments: [epoch.number, sequence, Place.shelf(library).text])
    var items: [(item: ItemID, wasMoved: Bool)] = []
    while let row = try rows.next() {
      guard let item = try? ItemID(row["id"] as String), range.contains(item) else { continue }
      items.append((item, row["moved"]))
    }
    return items
  }
}

extension JournalTransaction {
  package func open(_ session: StockSession) throws {
    try database.execute(
      sql: """
        INSERT INTO stock_sessions (session, range, opened, epoch, sequence, paused)
        VALUES (?, ?, ?, ?, ?, 0)
        """,
      arguments: [
        Data(session.id.bytes), session.range.description, session.openedMilliseconds,
        session.epoch.number, session.sequence,
      ])
  }

  package func pause(_ session: OperationID, _ isPaused: Bool) throws {
    try database.execute(
      sql: "UPDATE stock_sessions SET paused = ? WHERE session = ?",
      arguments: [isPaused, Data(session.bytes)])
  }

  package func add(_ scan: StockScan) throws {
    try tally(scan)
    try database.cachedStatement(
      sql: """
        INSERT INTO stock_scans
          (operation, session, label, item, finding, scanned, device, number)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7,
          (SELECT coalesce(max(number), 0) + 1 FROM stock_scans WHERE session = ?2))
        """
    ).execute(arguments: [
      Data(scan.operation.bytes), Data(scan.session.bytes), scan.label, scan.item?.text,
      scan.finding.rawValue, scan.scannedMilliseconds, scan.device,
    ])
  }

  /// Counts a scan in the place of the one before it of the same label.
  private func tally(_ scan: StockScan) throws {
    let select = try database.cachedStatement(sql: Self.lastFindingSQL)
    let before = try String.fetchOne(
      select, arguments: [Data(scan.session.bytes), scan.label])
    guard before != scan.finding.rawValue else { return }
    let tally = StockTally(database: database)
    if let before { try tally.take(from: before, of: scan.session) }
    try tally.add(to: scan.finding.rawValue, of: scan.session)
  }

  static let lastFindingSQL = """
    SELECT finding FROM stock_scans WHERE session = ? AND label = ?
    ORDER BY number DESC, scanned DESC LIMIT 1
    """
}

/// The running counts of stock-takings.
struct StockTally {
  let database: Database

  /// Counts one label more.
  func add(to finding: String, of session: OperationID) throws {
    try database.cachedStatement(
      sql: """
        INSERT INTO stock_tallies (session, finding, labels) VALUES (?, ?, 1)
        ON CONFLICT (session, finding) DO UPDATE SET labels = labels + 1
        """
    ).execute(arguments: [Data(session.bytes), finding])
  }

  /// Counts one label less, which is held for something else now.
  func take(from finding: String, of session: OperationID) throws {
    try database.cachedStatement(
      sql: "UPDATE stock_tallies SET labels = labels - 1 WHERE session = ? AND finding = ?"
    ).execute(arguments: [Data(session.bytes), finding])
  }

  /// Counts what earlier programs have noted without counts.
  func fill() throws {
    let rows = try Row.fetchCursor(
      database,
      sql: """
        SELECT session, label, finding FROM stock_scans ORDER BY session, label, number, scanned
        """)
    var last: (session: OperationID, label: String, finding: String)?
    while let row = try rows.next() {
      guard let session = OperationID(bytes: row["session"] as Data) else {
        throw JournalError.damaged("table stock_scans")
      }
      let label: String = row["label"]
      if let last, last.session != session || last.label != label {
        try add(to: last.finding, of: last.session)
      }
      last = (session, label, row["finding"])
    }
    if let last { try add(to: last.finding, of: last.session) }
  }
}

/// The tables of stock-takings, read back into the desk's terms.
private enum StockRow {
  static func session(_ row: Row) throws -> StockSession {
    guard let id = OperationID(bytes: row["session"] as Data),
      let range = StockRange(row["range"] as String), let epoch = Epoch(row["epoch"])
    else { throw JournalError.damaged("table stock_sessions") }
    return StockSession(
      id: id, range: range, openedMilliseconds: row["opened"], epoch: epoch,
      sequence: row["sequence"], isPaused: row["paused"], isClosed: row["closed"])
  }

  static func scan(_ row: Row) throws -> StockScan {
    guard let operation = OperationID(bytes: row["operation"] as Data),
      let session = OperationID(bytes: row["session"] as Data),
      let finding = StockFinding(rawValue: row["finding"])
    else { throw JournalError.damaged("table stock_scans") }
    return StockScan(
      operation: operation, session: session, label: row["label"],
      item: (row["item"] as String?).flatMap { try? ItemID($0) }, finding: finding,
      scannedMilliseconds: row["scanned"], device: row["device"])
  }
}
