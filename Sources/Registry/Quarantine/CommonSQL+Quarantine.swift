import Exchange
import Ledger

/// What was kept aside, and what was decided about it, the same in both databases.
extension CommonSQL {
  func quarantineRuns(offset: Int, limit: Int) throws -> [QuarantineRun] {
    try rows(
      """
      SELECT station, epoch, max(reason), count(*),
        sum(CASE WHEN ruling IS NULL THEN 1 ELSE 0 END), min(sequence), max(sequence),
        max(received)
      FROM quarantine GROUP BY station, epoch
      ORDER BY max(received) DESC, station, epoch DESC LIMIT $1 OFFSET $2
      """, [.int(limit), .int(offset)]
    ) { row in
      guard let station = StationID(row.string(0)), let epoch = Epoch(Int(row.int64(1))),
        let reason = EpochEnd(rawValue: Int(row.int64(2))), row.int64(5) <= row.int64(6)
      else { throw RegistryError.damaged("table quarantine") }
      return QuarantineRun(
        station: station, epoch: epoch, reason: reason, eventCount: Int(row.int64(3)),
        openCount: Int(row.int64(4)), sequences: row.int64(5)...row.int64(6),
        receivedMilliseconds: row.int64(7))
    }
  }

  func keptAside(
    of station: StationID, epoch: Epoch, after sequence: Int64, offset: Int, limit: Int
  ) throws -> [KeptAside] {
    try rows(
      """
      SELECT sequence, hash, bytes, reason, received, ruling, ruled_at, ruled_by, ruled_because
      FROM quarantine WHERE station = $1 AND epoch = $2 AND sequence > $3
      ORDER BY sequence, hash LIMIT $4 OFFSET $5
      """,
      [
        .text(station.text), .int(epoch.number), .integer(sequence), .int(limit), .int(offset),
      ]
    ) { row in
      guard let hash = ChainHash(bytes: row.blob(1) ?? []),
        let reason = EpochEnd(rawValue: Int(row.int64(3)))
      else { throw RegistryError.damaged("table quarantine") }
      return KeptAside(
        event: QuarantinedEvent(
          event: EventReference(station: station, epoch: epoch, sequence: row.int64(0)),
          hash: hash, bytes: row.blob(2) ?? [], reason: reason),
        receivedMilliseconds: row.int64(4), decision: Self.quarantineDecision(row))
    }
  }

  private static func quarantineDecision(_ row: any SQLRow) -> KeptAside.Decision? {
    row.optionalText(5).flatMap { QuarantineRuling(rawValue: $0) }.map { ruling in
      KeptAside.Decision(
        ruling: ruling, atMilliseconds: row.int64(6), account: row.string(7),
        reason: row.string(8))
    }
  }

  func quarantineCount(of station: StationID, epoch: Epoch, isOpen: Bool) throws -> Int {
    let condition = isOpen ? "AND ruling IS NULL" : ""
    return Int(
      try number(
        "SELECT count(*) FROM quarantine WHERE station = $1 AND epoch = $2 \(condition)",
        [.text(station.text), .int(epoch.number)]))
  }

  func openQuarantineCount() throws -> Int {
    Int(try number("SELECT count(*) FROM quarantine WHERE ruling IS NULL"))
  }

  func settle(_ event: QuarantinedEvent, _ decision: KeptAside.Decision) throws {
    try run(
      """
      UPDATE quarantine SET ruling = $1, ruled_at = $2, ruled_by = $3, ruled_because = $4
      WHERE station = $5 AND epoch = $6 AND sequence = $7 AND hash = $8
      """,
      Self.values(of: decision) + [
        .text(event.event.station.text), .int(event.event.epoch.number),
        .integer(event.event.sequence), .blob(event.hash.bytes),
      ])
  }

  func releasedOperations(
    of station: StationID, besides epoch: Epoch
  ) throws -> Set<OperationID> {
    let operations = try rows(
      "SELECT operation FROM released WHERE station = $1 AND epoch <> $2",
      [.text(station.text), .int(epoch.number)]
    ) { OperationID(bytes: $0.blob(0) ?? []) }
    return Set(operations.compactMap(\.self))
  }

  func noteReleased(_ operation: OperationID, of station: StationID, epoch: Epoch) throws {
    try run(
      """
      INSERT INTO released (station, operation, epoch) VALUES ($1, $2, $3)
      ON CONFLICT (station, operation) DO NOTHING
      """, [.text(station.text), .blob(operation.bytes), .int(epoch.number)])
  }

  func leaveAside(
    of station: StationID, epoch: Epoch, from sequence: Int64, _ decision: KeptAside.Decision
  ) throws {
    try run(
      """
      UPDATE quarantine SET ruling = $1, ruled_at = $2, ruled_by = $3, ruled_because = $4
      WHERE station = $5 AND epoch = $6 AND sequence >= $7 AND ruling IS NULL
      """,
      Self.values(of: decision) + [
        .text(station.text), .int(epoch.number), .integer(sequence),
      ])
  }

  private static func values(of decision: KeptAside.Decision) -> [SQLValue] {
    [
      .text(decision.ruling.rawValue), .integer(decision.atMilliseconds),
      .text(decision.account), .text(decision.reason),
    ]
  }
}
