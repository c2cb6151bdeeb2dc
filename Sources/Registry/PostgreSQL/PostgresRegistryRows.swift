import Circulation
import Exchange
import Labels
import Ledger

/// The table `stations`, read back into the registry's terms.
enum PostgresStationRow {
  static let columns = """
    station, epoch, library_name, public_key, sequence, hash, last_contact, ended, last_trusted
    """

  static func station(_ row: PostgresRow) throws -> EnrolledStation {
    guard let station = StationID(row.text(0)), let epoch = Epoch(row.int(1)),
      let key = try? VerifyingKey(bytes: row.blob(3) ?? []),
      let hash = ChainHash(bytes: row.blob(5) ?? [])
    else { throw RegistryError.damaged("station \(row.text(0))") }
    return EnrolledStation(
      enrolment: Enrolment(
        station: station, epoch: epoch, libraryName: row.text(2), key: key),
      cursor: Position(epoch: epoch, sequence: row.integer(4), hash: hash),
      lastContactMilliseconds: row.optionalInteger(6), closing: try closing(row))
  }

  private static func closing(_ row: PostgresRow) throws -> EpochClosing? {
    guard let number = row.optionalInteger(7) else { return nil }
    guard let end = EpochEnd(rawValue: Int(number)), let last = row.optionalInteger(8) else {
      throw RegistryError.damaged("station \(row.text(0))")
    }
    return EpochClosing(end: end, lastTrusted: last)
  }
}

/// The table `holdings`, and the registry's terms for it.
enum PostgresHoldingRow {
  /// Reads a row whose first column, at `start`, says which of the items that were asked for it is.
  static func heldItem(
    _ row: PostgresRow, from start: Int32 = 0, item: ItemID, _ names: inout RecurringNames
  ) throws -> HeldItem {
    guard let record = RecordID(row.text(start + 1)),
      let place = names.place(row.text(start + 2)),
      let lastStation = names.station(row.text(start + 8)),
      let lastEpoch = Epoch(row.int(start + 9)), let gaps = ActGaps(row.text(start + 11))
    else { throw RegistryError.damaged("item \(item)") }
    return HeldItem(
      holding: Holding(
        item: item, record: record, place: place, loan: try loan(row, from: start, of: item),
        version: row.int(start + 3), gaps: gaps),
      lastEvent: EventReference(
        station: lastStation, epoch: lastEpoch, sequence: row.integer(start + 10)),
      isWoven: row.int(start + 12) != 0)
  }

  private static func loan(
    _ row: PostgresRow, from start: Int32, of item: ItemID
  ) throws -> OpenLoan? {
    guard let bytes = row.blob(start + 4) else { return nil }
    guard let borrower = PatronCommitment(bytes: bytes) else {
      throw RegistryError.damaged("loan of item \(item)")
    }
    return OpenLoan(
      borrower: borrower, checkedOutMilliseconds: row.integer(start + 5),
      due: SchoolDay(number: row.int(start + 6)), renewals: row.int(start + 7))
  }

  static let upsert = """
    INSERT INTO holdings (library, accession, record, place, version, borrower, checked_out, due,
      renewals, last_station, last_epoch, last_sequence, gaps, woven)
    SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::bigint[],
      $6::bytea[], $7::bigint[], $8::bigint[], $9::bigint[], $10::text[], $11::bigint[],
      $12::bigint[], $13::text[], $14::bigint[])
    ON CONFLICT (library, accession) DO UPDATE SET record = excluded.record,
      place = excluded.place, version = excluded.version, borrower = excluded.borrower,
      checked_out = excluded.checked_out, due = excluded.due, renewals = excluded.renewals,
      last_station = excluded.last_station, last_epoch = excluded.last_epoch,
      last_sequence = excluded.last_sequence, gaps = excluded.gaps,
      woven = excluded.woven
    """

  static func bind(_ held: [HeldItem], to arguments: inout PostgresArguments) {
    arguments.bind(held, texts: { $0.holding.item.library.text })
    arguments.bind(held, texts: { $0.holding.item.accession.text })
    arguments.bind(held, texts: { $0.holding.record.text })
    arguments.bind(held, texts: { $0.holding.place.text })
    arguments.bind(held, integers: { Int64($0.holding.version) })
    arguments.bind(held, blobs: { $0.holding.loan?.borrower.bytes[...] })
    arguments.bind(held, integers: { $0.holding.loan?.checkedOutMilliseconds })
    arguments.bind(held, integers: { ($0.holding.loan?.due.number).map(Int64.init) })
    arguments.bind(held, integers: { ($0.holding.loan?.renewals).map(Int64.init) })
    arguments.bind(held, texts: { $0.lastEvent.station.text })
    arguments.bind(held, integers: { Int64($0.lastEvent.epoch.number) })
    arguments.bind(held, integers: { $0.lastEvent.sequence })
    arguments.bind(held, texts: { $0.holding.gaps.description })
    arguments.bind(held, integers: { $0.isWoven ? 1 : 0 })
  }
}

/// The table `conflicts`, and the registry's terms for it.
enum PostgresConflictRow {
  static let columns = """
    station, epoch, sequence, name, act, item, claimed, actual, last_station, last_epoch,
    last_sequence
    """

  static func conflict(_ row: PostgresRow) throws -> Conflict {
    let event = try EventReference(row, from: 0, in: "conflicts")
    let lastEvent =
      try row.optionalText(8) == nil ? nil : EventReference(row, from: 8, in: "conflicts")
    let item = row.optionalText(5).map {
      Conflict.ItemReference(
        item: $0, claimed: row.optionalText(6), actual: row.optionalText(7), lastEvent: lastEvent)
    }
    return Conflict(event: event, name: row.text(3), act: row.text(4), item: item)
  }

  static let insert = """
    INSERT INTO conflicts (\(columns), noted)
    SELECT conflict.*, $12 FROM unnest($1::text[], $2::bigint[], $3::bigint[], $4::text[],
      $5::text[], $6::text[], $7::text[], $8::text[], $9::text[], $10::bigint[], $11::bigint[])
      AS conflict
    ON CONFLICT DO NOTHING
    """

  static func bind(
    _ conflicts: [Conflict], notedMilliseconds: Int64, to arguments: inout PostgresArguments
  ) {
    arguments.bind(conflicts, texts: { $0.event.station.text })
    arguments.bind(conflicts, integers: { Int64($0.event.epoch.number) })
    arguments.bind(conflicts, integers: { $0.event.sequence })
    arguments.bind(conflicts, texts: { $0.name })
    arguments.bind(conflicts, texts: { $0.act })
    arguments.bind(conflicts, texts: { $0.item?.item })
    arguments.bind(conflicts, texts: { $0.item?.claimed })
    arguments.bind(conflicts, texts: { $0.item?.actual })
    arguments.bind(conflicts, texts: { $0.item?.lastEvent?.station.text })
    arguments.bind(conflicts, integers: { ($0.item?.lastEvent?.epoch.number).map(Int64.init) })
    arguments.bind(conflicts, integers: { $0.item?.lastEvent?.sequence })
    arguments.bind(notedMilliseconds)
  }
}

/// The table `invitations`, read back into the registry's terms.
enum PostgresInvitationRow {
  static func invitation(_ row: PostgresRow, of library: LibraryCode) throws -> Invitation {
    guard let secret = EnrolmentSecret(id: row.blob(0) ?? [], key: row.blob(1) ?? []) else {
      throw RegistryError.damaged("table invitations")
    }
    return Invitation(
      library: library, secret: secret, expiresMilliseconds: row.integer(2), use: try use(row))
  }

  private static func use(_ row: PostgresRow) throws -> Invitation.Use? {
    guard let name = row.optionalText(3) else { return nil }
    guard let station = StationID(name), let epoch = Epoch(row.int(4)),
      let key = try? VerifyingKey(bytes: row.blob(5) ?? [])
    else { throw RegistryError.damaged("table invitations") }
    return Invitation.Use(station: station, epoch: epoch, key: key)
  }
}

/// The table `quarantine`, read back into the registry's terms.
enum PostgresQuarantineRow {
  static func event(_ row: PostgresRow) throws -> QuarantinedEvent {
    guard let hash = ChainHash(bytes: row.blob(3) ?? []),
      let reason = EpochEnd(rawValue: row.int(5))
    else { throw RegistryError.damaged("table quarantine") }
    return QuarantinedEvent(
      event: try EventReference(row, from: 0, in: "quarantine"), hash: hash,
      bytes: row.blob(4) ?? [], reason: reason)
  }
}

/// The table `boxes`, and the registry's terms for it.
enum PostgresSightingRow {
  static func sighting(_ row: PostgresRow) throws -> BoxSighting {
    guard let box = try? BoxNumber(row.text(0)), let library = try? LibraryCode(row.text(1)),
      let act = BoxSighting.Act(rawValue: row.text(3))
    else { throw RegistryError.damaged("table boxes") }
    return BoxSighting(
      place: BoxSighting.Place(box: box, library: library), trip: row.int(2), act: act,
      destination: row.optionalText(4).flatMap { try? LibraryCode($0) },
      event: try EventReference(row, from: 5, in: "boxes"))
  }

  static let upsert = """
    INSERT INTO boxes (library, box, at, trip, act, destination, station, epoch, sequence)
    SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::bigint[], $5::text[],
      $6::text[], $7::text[], $8::bigint[], $9::bigint[])
    ON CONFLICT (library, box, at) DO UPDATE SET trip = excluded.trip, act = excluded.act,
      destination = excluded.destination, station = excluded.station, epoch = excluded.epoch,
      sequence = excluded.sequence
      WHERE excluded.trip >= boxes.trip
    """

  static func bind(_ sightings: [BoxSighting], to arguments: inout PostgresArguments) {
    arguments.bind(sightings, texts: { $0.place.box.library.text })
    arguments.bind(sightings, texts: { $0.place.box.text })
    arguments.bind(sightings, texts: { $0.place.library.text })
    arguments.bind(sightings, integers: { Int64($0.trip) })
    arguments.bind(sightings, texts: { $0.act.rawValue })
    arguments.bind(sightings, texts: { $0.destination?.text })
    arguments.bind(sightings, texts: { $0.event.station.text })
    arguments.bind(sightings, integers: { Int64($0.event.epoch.number) })
    arguments.bind(sightings, integers: { $0.event.sequence })
  }
}

extension EventReference {
  /// Reads a station, an epoch and a sequence number from three columns that follow each other.
  fileprivate init(_ row: PostgresRow, from column: Int32, in table: String) throws {
    guard let station = StationID(row.text(column)), let epoch = Epoch(row.int(column + 1)) else {
      throw RegistryError.damaged("table \(table)")
    }
    self.init(station: station, epoch: epoch, sequence: row.integer(column + 2))
  }
}
