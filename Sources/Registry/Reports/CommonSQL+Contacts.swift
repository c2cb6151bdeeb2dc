import Exchange
import Ledger

/// When stations were in touch, the same in both databases.
///
/// The first and the last contact of each start of a machine are kept: what lies between says
/// nothing more about its clock.
extension CommonSQL {
  func note(_ contact: KeptContact) throws {
    let key: [SQLValue] = [
      .text(contact.station.text), .int(contact.epoch.number), .integer(Int64(contact.told.boot)),
    ]
    let known = try number(
      "SELECT count(*) FROM contacts WHERE station = $1 AND epoch = $2 AND boot = $3", key)
    try run(
      """
      INSERT INTO contacts (station, epoch, boot, contact, head, host_time, station_time,
        monotonic, round_trip)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
      ON CONFLICT (station, epoch, boot, contact) DO UPDATE SET head = excluded.head,
        host_time = excluded.host_time, station_time = excluded.station_time,
        monotonic = excluded.monotonic, round_trip = excluded.round_trip
      """,
      key + [
        .integer(known == 0 ? 1 : 2), .integer(contact.told.head),
        .integer(contact.hostMilliseconds), .integer(contact.told.wallMilliseconds),
        .integer(contact.told.monotonicMilliseconds),
        .integer(contact.told.roundTripMilliseconds.map(Int64.init)),
      ])
    if known == 0 { try forgetOldBoots(of: contact) }
  }

  private func forgetOldBoots(of contact: KeptContact) throws {
    try run(
      """
      DELETE FROM contacts WHERE station = $1 AND epoch = $2 AND boot NOT IN
        (SELECT boot FROM contacts WHERE station = $1 AND epoch = $2 AND contact = 1
         ORDER BY host_time DESC LIMIT $3)
      """,
      [
        .text(contact.station.text), .int(contact.epoch.number), .int(KeptContact.bootLimit),
      ])
  }

  private static var contactColumns: String {
    "station, epoch, boot, head, host_time, station_time, monotonic, round_trip"
  }

  /// The last contact of each station in each epoch.
  func lastContacts() throws -> [KeptContact] {
    try rows(
      """
      SELECT \(Self.contactColumns) FROM contacts
      WHERE host_time = (SELECT max(host_time) FROM contacts AS later
        WHERE later.station = contacts.station AND later.epoch = contacts.epoch)
      ORDER BY station, epoch, contact
      """, [], Self.contact)
  }

  func contactCount() throws -> Int { Int(try number("SELECT count(*) FROM contacts")) }

  func interval(of event: EventReference, at moment: Moment) throws -> EventInterval? {
    let key: [SQLValue] = [.text(event.station.text), .int(event.epoch.number)]
    let same = try rows(
      """
      SELECT \(Self.contactColumns) FROM contacts
      WHERE station = $1 AND epoch = $2 AND boot = $3
      """, key + [.integer(Int64(moment.boot))], Self.contact)
    let nearest = same.min { left, right in
      abs(left.told.monotonicMilliseconds - moment.monotonicMilliseconds)
        < abs(right.told.monotonicMilliseconds - moment.monotonicMilliseconds)
    }
    if let nearest { return EventInterval(moment, by: nearest) }
    let before = try number(
      """
      SELECT max(host_time) FROM contacts WHERE station = $1 AND epoch = $2 AND head < $3
      """, key + [.integer(event.sequence)])
    let after = try number(
      """
      SELECT min(host_time) FROM contacts WHERE station = $1 AND epoch = $2 AND head >= $3
      """, key + [.integer(event.sequence)])
    guard before > 0, after > 0 else { return nil }
    return EventInterval(earliest: before, latest: after)
  }

  private static func contact(_ row: any SQLRow) throws -> KeptContact {
    guard let station = StationID(row.string(0)), let epoch = Epoch(Int(row.int64(1))),
      let boot = UInt32(exactly: row.int64(2))
    else { throw RegistryError.damaged("table contacts") }
    return KeptContact(
      station: station, epoch: epoch,
      told: StationContact(
        wallMilliseconds: row.int64(5), monotonicMilliseconds: row.int64(6), boot: boot,
        head: row.int64(3), roundTripMilliseconds: row.optionalInteger(7).map { Int($0) }),
      hostMilliseconds: row.int64(4))
  }
}

extension RegistryReader {
  /// When an event was, by the host's clock; `nil` where no contact tells.
  func interval(of reference: EventReference) throws -> EventInterval? {
    guard let event = try event(reference) else { return nil }
    return try interval(of: reference, at: event.moment)
  }
}
