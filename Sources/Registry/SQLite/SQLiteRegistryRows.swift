import Circulation
import Exchange
import FoundationEssentials
import GRDB
import Labels
import Ledger
import Storage

/// The table `stations`, read back into the registry's terms.
enum StationRow {
  static func station(_ row: Row) throws -> EnrolledStation {
    let name: String = row["station"]
    guard let station = StationID(name), let epoch = Epoch(row["epoch"]),
      let key = try? VerifyingKey(bytes: row["public_key"] as Data),
      let hash = ChainHash(bytes: row["hash"] as Data)
    else { throw RegistryError.damaged("station \(name)") }
    return EnrolledStation(
      enrolment: Enrolment(
        station: station, epoch: epoch, libraryName: row["library_name"], key: key),
      cursor: Position(epoch: epoch, sequence: row["sequence"], hash: hash),
      lastContactMilliseconds: row["last_contact"], closing: try closing(row, of: name))
  }

  private static func closing(_ row: Row, of name: String) throws -> EpochClosing? {
    guard let number = row["ended"] as Int? else { return nil }
    guard let end = EpochEnd(rawValue: number), let last = row["last_trusted"] as Int64? else {
      throw RegistryError.damaged("station \(name)")
    }
    return EpochClosing(end: end, lastTrusted: last)
  }
}

/// Names that recur in row after row, each read once.
struct RecurringNames {
  private var places: [String: Place] = [:]
  private var stations: [String: StationID] = [:]

  mutating func place(_ text: String) -> Place? {
    if let place = places[text] { return place }
    places[text] = Place(text)
    return places[text]
  }

  mutating func station(_ text: String) -> StationID? {
    if let station = stations[text] { return station }
    stations[text] = StationID(text)
    return stations[text]
  }
}

/// The table `holdings`, and the registry's terms for it.
enum HoldingRow {
  static func heldItem(
    _ row: BoundColumns, item: ItemID, _ names: inout RecurringNames
  ) throws -> HeldItem {
    guard let record = RecordID(row.text(0)), let place = names.place(row.text(1)),
      let lastStation = names.station(row.text(7)), let lastEpoch = Epoch(row.int(8)),
      let gaps = ActGaps(row.text(10))
    else { throw RegistryError.damaged("item \(item)") }
    return HeldItem(
      holding: Holding(
        item: item, record: record, place: place, loan: try loan(row, of: item),
        version: row.int(2), gaps: gaps),
      lastEvent: EventReference(
        station: lastStation, epoch: lastEpoch, sequence: row.integer(9)),
      isWoven: row.int(11) != 0)
  }

  private static func loan(_ row: BoundColumns, of item: ItemID) throws -> OpenLoan? {
    guard let bytes = row.blob(3) else { return nil }
    guard let borrower = PatronCommitment(bytes: bytes) else {
      throw RegistryError.damaged("loan of item \(item)")
    }
    return OpenLoan(
      borrower: borrower, checkedOutMilliseconds: row.integer(4),
      due: SchoolDay(number: row.int(5)), renewals: row.int(6))
  }

  static func bind(_ held: HeldItem, to row: inout BoundValues) {
    let (holding, event) = (held.holding, held.lastEvent)
    row.bind(holding.item.library.text)
    row.bind(holding.item.accession.text)
    row.bind(holding.record.text)
    row.bind(holding.place.text)
    row.bind(holding.version)
    row.bind(blob: holding.loan.map { $0.borrower.bytes[...] })
    row.bind(holding.loan?.checkedOutMilliseconds)
    row.bind(holding.loan?.due.number)
    row.bind(holding.loan?.renewals)
    row.bind(event.station.text)
    row.bind(event.epoch.number)
    row.bind(event.sequence)
    row.bind(holding.gaps.description)
    row.bind(held.isWoven ? 1 : 0)
  }
}

/// The table `conflicts`, and the registry's terms for it.
enum ConflictRow {
  static func conflict(_ row: Row) throws -> Conflict {
    guard let event = try event(row, "station", "epoch", "sequence") else {
      throw RegistryError.damaged("table conflicts")
    }
    let lastEvent = try self.event(row, "last_station", "last_epoch", "last_sequence")
    let item = (row["item"] as String?).map {
      Conflict.ItemReference(
        item: $0, claimed: row["claimed"], actual: row["actual"], lastEvent: lastEvent)
    }
    return Conflict(event: event, name: row["name"], act: row["act"], item: item)
  }

  private static func event(
    _ row: Row, _ station: String, _ epoch: String, _ sequence: String
  ) throws -> EventReference? {
    guard let name = row[station] as String? else { return nil }
    guard let station = StationID(name), let epoch = Epoch(row[epoch]) else {
      throw RegistryError.damaged("table conflicts")
    }
    return EventReference(station: station, epoch: epoch, sequence: row[sequence])
  }

  static func arguments(
    _ conflict: Conflict, notedMilliseconds: Int64
  ) -> StatementArguments {
    let (event, item) = (conflict.event, conflict.item)
    return [
      event.station.text, event.epoch.number, event.sequence, conflict.name, notedMilliseconds,
      conflict.act, item?.item, item?.claimed, item?.actual, item?.lastEvent?.station.text,
      item?.lastEvent?.epoch.number, item?.lastEvent?.sequence,
    ]
  }
}
