import GRDB
import Labels
import Ledger

/// What libraries say of boxes.
extension SQLiteRegistryBooks {
  func sightings() throws -> [BoxSighting] {
    try Row.fetchAll(database, sql: "SELECT * FROM boxes ORDER BY library, box, at")
      .map(SightingRow.sighting)
  }

  func sightings(of boxes: [BoxNumber]) throws -> [BoxSighting] {
    let select = try database.cachedStatement(
      sql: "SELECT * FROM boxes WHERE library = ? AND box = ? ORDER BY at")
    return try boxes.flatMap { box in
      try Row.fetchAll(select, arguments: [box.library.text, box.text]).map(SightingRow.sighting)
    }
  }

  func latestTrips(of boxes: [BoxNumber]) throws -> [BoxNumber: Int] {
    let latest = try database.cachedStatement(
      sql: "SELECT max(trip) FROM boxes WHERE library = ? AND box = ?")
    var trips: [BoxNumber: Int] = [:]
    for box in boxes {
      trips[box] = try Int.fetchOne(latest, arguments: [box.library.text, box.text])
    }
    return trips
  }

  func save(_ sightings: [BoxSighting]) throws {
    let upsert = try database.cachedStatement(
      sql: """
        INSERT INTO boxes (library, box, at, trip, act, destination, station, epoch, sequence)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT (library, box, at) DO UPDATE SET trip = excluded.trip, act = excluded.act,
          destination = excluded.destination, station = excluded.station,
          epoch = excluded.epoch, sequence = excluded.sequence
          WHERE excluded.trip >= boxes.trip
        """)
    for sighting in sightings {
      let (box, event) = (sighting.place.box, sighting.event)
      try upsert.execute(arguments: [
        box.library.text, box.text, sighting.place.library.text,
        sighting.trip, sighting.act.rawValue, sighting.destination?.text, event.station.text,
        event.epoch.number, event.sequence,
      ])
    }
  }
}

/// The table `boxes`, read back into the registry's terms.
private enum SightingRow {
  static func sighting(_ row: Row) throws -> BoxSighting {
    guard let box = try? BoxNumber(row["box"] as String),
      let library = try? LibraryCode(row["at"] as String),
      let act = BoxSighting.Act(rawValue: row["act"]),
      let station = StationID(row["station"] as String), let epoch = Epoch(row["epoch"])
    else { throw RegistryError.damaged("table boxes") }
    return BoxSighting(
      place: BoxSighting.Place(box: box, library: library), trip: row["trip"], act: act,
      destination: (row["destination"] as String?).flatMap { try? LibraryCode($0) },
      event: EventReference(station: station, epoch: epoch, sequence: row["sequence"]))
  }
}
