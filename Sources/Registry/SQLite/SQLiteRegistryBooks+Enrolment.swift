import Exchange
import FoundationEssentials
import GRDB
import Labels
import Ledger

/// Codes, the ends of epochs, and what came after them.
extension SQLiteRegistryBooks {
  func invitation(of library: LibraryCode, id: [UInt8]) throws -> Invitation? {
    try Row.fetchOne(
      database, sql: "SELECT * FROM invitations WHERE library = ? AND id = ?",
      arguments: [library.text, Data(id)]
    ).map { try InvitationRow.invitation($0, of: library) }
  }

  func save(_ invitation: Invitation) throws {
    try database.execute(
      sql: """
        INSERT OR REPLACE INTO invitations
          (library, id, secret, expires, station, epoch, public_key)
        VALUES (?, ?, ?, ?, ?, ?, ?)
        """,
      arguments: [
        invitation.library.text, Data(invitation.secret.id), Data(invitation.secret.key),
        invitation.expiresMilliseconds, invitation.use?.station.text,
        invitation.use?.epoch.number, invitation.use.map { Data($0.key.bytes) },
      ])
  }

  func close(_ station: StationID, epoch: Epoch, _ closing: EpochClosing) throws {
    try database.execute(
      sql: "UPDATE stations SET ended = ?, last_trusted = ? WHERE station = ? AND epoch = ?",
      arguments: [closing.end.rawValue, closing.lastTrusted, station.text, epoch.number])
  }

  func keepAside(_ events: [QuarantinedEvent], atMilliseconds now: Int64) throws {
    let insert = try database.cachedStatement(
      sql: """
        INSERT OR IGNORE INTO quarantine
          (station, epoch, sequence, hash, bytes, reason, received)
        VALUES (?, ?, ?, ?, ?, ?, ?)
        """)
    for kept in events {
      try insert.execute(arguments: [
        kept.event.station.text, kept.event.epoch.number, kept.event.sequence,
        Data(kept.hash.bytes), Data(kept.bytes), kept.reason.rawValue, now,
      ])
    }
  }

  func quarantined(limit: Int) throws -> [QuarantinedEvent] {
    try Row.fetchAll(
      database,
      sql: """
        SELECT * FROM quarantine ORDER BY received DESC, station, epoch, sequence LIMIT ?
        """, arguments: [limit]
    ).map(QuarantineRow.event)
  }

  func quarantineCount() throws -> Int {
    try Int.fetchOne(database, sql: "SELECT count(*) FROM quarantine") ?? 0
  }
}

/// The table `invitations`, read back into the registry's terms.
private enum InvitationRow {
  static func invitation(_ row: Row, of library: LibraryCode) throws -> Invitation {
    guard
      let secret = EnrolmentSecret(
        id: Array(row["id"] as Data), key: Array(row["secret"] as Data))
    else { throw RegistryError.damaged("table invitations") }
    return Invitation(
      library: library, secret: secret, expiresMilliseconds: row["expires"], use: try use(row))
  }

  private static func use(_ row: Row) throws -> Invitation.Use? {
    guard let name = row["station"] as String? else { return nil }
    guard let station = StationID(name), let epoch = Epoch(row["epoch"]),
      let key = try? VerifyingKey(bytes: row["public_key"] as Data)
    else { throw RegistryError.damaged("table invitations") }
    return Invitation.Use(station: station, epoch: epoch, key: key)
  }
}

/// The table `quarantine`, read back into the registry's terms.
private enum QuarantineRow {
  static func event(_ row: Row) throws -> QuarantinedEvent {
    guard let station = StationID(row["station"] as String), let epoch = Epoch(row["epoch"]),
      let hash = ChainHash(bytes: row["hash"] as Data),
      let reason = EpochEnd(rawValue: row["reason"])
    else { throw RegistryError.damaged("table quarantine") }
    return QuarantinedEvent(
      event: EventReference(station: station, epoch: epoch, sequence: row["sequence"]),
      hash: hash, bytes: Array(row["bytes"] as Data), reason: reason)
  }
}
