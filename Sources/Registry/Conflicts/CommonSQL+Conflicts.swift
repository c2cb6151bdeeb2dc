import Ledger

/// Conflicts as they are listed and decided, the same in both databases.
extension CommonSQL {
  static var conflictColumns: String {
    """
    station, epoch, sequence, name, act, item, claimed, actual, last_station, last_epoch,
      last_sequence, noted, ruling
    """
  }

  func conflict(_ id: ConflictID) throws -> ListedConflict? {
    try rows(
      """
      SELECT \(Self.conflictColumns) FROM conflicts
      WHERE station = $1 AND epoch = $2 AND sequence = $3 AND name = $4
      """, Self.values(of: id), Self.conflict
    ).first
  }

  func conflicts(
    _ filter: ConflictFilter, offset: Int, limit: Int
  ) throws -> [ListedConflict] {
    let condition = filter.condition
    let next = condition.values.count + 1
    return try rows(
      """
      SELECT \(Self.conflictColumns) FROM conflicts \(condition.sql)
      ORDER BY noted DESC, station, epoch, sequence DESC, name
      LIMIT $\(next) OFFSET $\(next + 1)
      """, condition.values + [.int(limit), .int(offset)], Self.conflict)
  }

  func conflictCount(_ filter: ConflictFilter) throws -> Int {
    let condition = filter.condition
    return Int(
      try number("SELECT count(*) FROM conflicts \(condition.sql)", condition.values))
  }

  /// Open conflicts in the order of events, after one, so that all can be gone through.
  func openConflicts(after id: ConflictID?, limit: Int) throws -> [ListedConflict] {
    guard let id else {
      return try rows(
        """
        SELECT \(Self.conflictColumns) FROM conflicts WHERE ruling IS NULL
        ORDER BY station, epoch, sequence, name LIMIT $1
        """, [.int(limit)], Self.conflict)
    }
    return try rows(
      """
      SELECT \(Self.conflictColumns) FROM conflicts
      WHERE ruling IS NULL AND (station, epoch, sequence, name) > ($1, $2, $3, $4)
      ORDER BY station, epoch, sequence, name LIMIT $5
      """, Self.values(of: id) + [.int(limit)], Self.conflict)
  }

  /// Whether an event has raised a conflict that is still open.
  func hasOpenConflict(_ event: EventReference) throws -> Bool {
    try number(
      """
      SELECT count(*) FROM conflicts
      WHERE station = $1 AND epoch = $2 AND sequence = $3 AND ruling IS NULL
      """,
      [.text(event.station.text), .int(event.epoch.number), .integer(event.sequence)]) > 0
  }

  func decisions(after number: Int64, limit: Int) throws -> [Decision] {
    try rows(
      """
      SELECT \(Self.decisionColumns) FROM decisions WHERE number > $1 ORDER BY number LIMIT $2
      """, [.integer(number), .int(limit)], Self.decision)
  }

  func decisions(on id: ConflictID) throws -> [Decision] {
    try rows(
      """
      SELECT \(Self.decisionColumns) FROM decisions
      WHERE station = $1 AND epoch = $2 AND sequence = $3 AND name = $4 ORDER BY number
      """, Self.values(of: id), Self.decision)
  }

  /// Adds a decision under the next number, and settles its conflict or opens it again.
  func decide(
    _ id: ConflictID, item: String?, _ ruling: Ruling, reason: String, by account: String,
    atMilliseconds now: Int64
  ) throws -> Decision {
    let next = try number("SELECT max(number) FROM decisions") + 1
    let decision = Decision(
      number: next, atMilliseconds: now, account: account, conflict: id, item: item,
      ruling: ruling, reason: reason)
    try run(
      """
      INSERT INTO decisions (\(Self.decisionColumns))
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
      """,
      [.integer(next), .integer(now), .text(account)] + Self.values(of: id)
        + [.text(item), .text(ruling.rawValue), .text(reason)])
    let state: [SQLValue] = [.text(ruling == .reopened ? nil : ruling.rawValue)]
    try run(
      """
      UPDATE conflicts SET ruling = $1
      WHERE station = $2 AND epoch = $3 AND sequence = $4 AND name = $5
      """, state + Self.values(of: id))
    return decision
  }

  private static var decisionColumns: String {
    "number, decided, account, station, epoch, sequence, name, item, ruling, reason"
  }

  static func values(of id: ConflictID) -> [SQLValue] {
    [
      .text(id.event.station.text), .int(id.event.epoch.number), .integer(id.event.sequence),
      .text(id.name),
    ]
  }

  private static func decision(_ row: any SQLRow) throws -> Decision {
    guard let event = try event(row, from: 3, in: "decisions"),
      let ruling = Ruling(rawValue: row.string(8))
    else { throw RegistryError.damaged("table decisions") }
    return Decision(
      number: row.int64(0), atMilliseconds: row.int64(1), account: row.string(2),
      conflict: ConflictID(event: event, name: row.string(6)), item: row.optionalText(7),
      ruling: ruling, reason: row.string(9))
  }

  static func conflict(_ row: any SQLRow) throws -> ListedConflict {
    guard let event = try event(row, from: 0, in: "conflicts") else {
      throw RegistryError.damaged("table conflicts")
    }
    let last = try self.event(row, from: 8, in: "conflicts")
    let item = row.optionalText(5).map {
      Conflict.ItemReference(
        item: $0, claimed: row.optionalText(6), actual: row.optionalText(7), lastEvent: last)
    }
    return ListedConflict(
      conflict: Conflict(event: event, name: row.string(3), act: row.string(4), item: item),
      notedMilliseconds: row.int64(11),
      ruling: row.optionalText(12).flatMap { Ruling(rawValue: $0) })
  }

  /// Reads a station, an epoch and a sequence number from three columns that follow each other.
  private static func event(
    _ row: any SQLRow, from column: Int32, in table: String
  ) throws -> EventReference? {
    guard let name = row.optionalText(column) else { return nil }
    guard let station = StationID(name), let epoch = Epoch(Int(row.int64(column + 1))) else {
      throw RegistryError.damaged("table \(table)")
    }
    return EventReference(station: station, epoch: epoch, sequence: row.int64(column + 2))
  }
}

extension ConflictFilter {
  /// The condition of a query, and the values that it needs from `$1` on.
  fileprivate var condition: (sql: String, values: [SQLValue]) {
    var parts: [String] = []
    var values: [SQLValue] = []
    switch state {
    case .open: parts.append("ruling IS NULL")
    case .settled: parts.append("ruling IS NOT NULL")
    case .all: break
    }
    if let kind {
      values.append(.text(kind.rawValue))
      parts.append("name = $\(values.count)")
    }
    if let library {
      values.append(.text(library + "-"))
      let number = "$\(values.count)"
      parts.append("substr(station, 1, length(\(number))) = \(number)")
    }
    return (parts.isEmpty ? "" : "WHERE " + parts.joined(separator: " AND "), values)
  }
}
