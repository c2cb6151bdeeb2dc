import Circulation
import Exchange
import Labels
import Ledger

/// A host's books inside one PostgreSQL transaction.
struct PostgresRegistryBooks {
  let connection: PostgresConnection
}

extension PostgresRegistryBooks: RegistryReader {
  func groupName() throws -> String {
    try connection.run("SELECT name FROM host") { _ in }.first?.text(0) ?? ""
  }

  func station(_ station: StationID, epoch: Epoch) throws -> EnrolledStation? {
    try connection.run(
      "SELECT \(PostgresStationRow.columns) FROM stations WHERE station = $1 AND epoch = $2"
    ) {
      $0.bind(station.text)
      $0.bind(epoch.number)
    }.first.map(PostgresStationRow.station)
  }

  func stations() throws -> [EnrolledStation] {
    try connection.run(
      """
      SELECT DISTINCT ON (station) \(PostgresStationRow.columns) FROM stations
      ORDER BY station, epoch DESC
      """
    ) { _ in }.map(PostgresStationRow.station)
  }

  func hash(of event: EventReference) throws -> ChainHash? {
    try connection.run(
      "SELECT hash FROM events WHERE station = $1 AND epoch = $2 AND sequence = $3"
    ) {
      $0.bind(event)
    }.first?.blob(0).flatMap { ChainHash(bytes: $0) }
  }

  func holdings(of items: [ItemID]) throws -> [HeldItem?] {
    let rows = try connection.run(
      """
      SELECT asked.place, record, holdings.place, version, borrower, checked_out, due, renewals,
        last_station, last_epoch, last_sequence, gaps, woven
      FROM unnest($1::text[], $2::text[]) WITH ORDINALITY AS asked (library, accession, place)
        JOIN holdings ON holdings.library = asked.library
          AND holdings.accession = asked.accession
      """
    ) {
      $0.bind(items, texts: { $0.library.text })
      $0.bind(items, texts: { $0.accession.text })
    }
    var held = [HeldItem?](repeating: nil, count: items.count)
    var recurring = RecurringNames()
    for (index, holding) in try rows.map({ row in
      let index = row.int(0) - 1
      return (index, try PostgresHoldingRow.heldItem(row, item: items[index], &recurring))
    }) {
      held[index] = holding
    }
    return held
  }

  func kinds(of records: [RecordID]) throws -> [RecordID: MaterialKind] {
    let kinds = try connection.run(
      """
      SELECT DISTINCT ON (id) id, kind FROM records WHERE id = ANY($1::text[])
      ORDER BY id, library
      """
    ) {
      $0.bind(records, texts: { $0.text })
    }.map { (RecordID($0.text(0)), MaterialKind(rawValue: $0.text(1))) }
    return kinds.reduce(into: [:]) { found, pair in
      if let id = pair.0 { found[id] = pair.1 }
    }
  }

  func findings(
    of station: StationID, epoch: Epoch, in sequences: ClosedRange<Int64>, limit: Int
  ) throws -> [Receipt.Finding] {
    try connection.run(
      """
      SELECT sequence, name FROM conflicts
      WHERE station = $1 AND epoch = $2 AND sequence BETWEEN $3 AND $4
      ORDER BY sequence, name LIMIT $5
      """
    ) {
      $0.bind(station.text)
      $0.bind(epoch.number)
      $0.bind(sequences.lowerBound)
      $0.bind(sequences.upperBound)
      $0.bind(limit)
    }.map { Receipt.Finding(sequence: $0.integer(0), name: $0.text(1)) }
  }

  func balances() throws -> [Place: Int] {
    try places(
      "SELECT place, sum(items)::bigint FROM balances GROUP BY place HAVING sum(items) <> 0",
      in: "balances")
  }

  func fileProblems() throws -> [String] { [] }

  func countedItems() throws -> [Place: Int] {
    try places("SELECT place, count(*) FROM holdings GROUP BY place", in: "holdings")
  }

  private func places(_ sql: String, in table: String) throws -> [Place: Int] {
    let places = try connection.run(sql) { _ in }.map { row in
      guard let place = Place(row.text(0)) else { throw RegistryError.damaged("table \(table)") }
      return (place, row.int(1))
    }
    return Dictionary(places, uniquingKeysWith: +)
  }

  func conflicts(limit: Int) throws -> [Conflict] {
    try connection.run(
      """
      SELECT \(PostgresConflictRow.columns) FROM conflicts
      ORDER BY noted DESC, station, epoch, sequence DESC LIMIT $1
      """
    ) {
      $0.bind(limit)
    }.map(PostgresConflictRow.conflict)
  }

  func conflictCount() throws -> Int { try count("conflicts") }
  func eventCount() throws -> Int { try count("events") }
  func quarantineCount() throws -> Int { try count("quarantine") }

  private func count(_ table: String) throws -> Int {
    try connection.run("SELECT count(*) FROM \(table)") { _ in }.first?.int(0) ?? 0
  }

  func readingCounts() throws -> [LibraryCode: Int] {
    let counts = try connection.run(
      "SELECT library, sum(readings)::bigint FROM readings GROUP BY library"
    ) { _ in }.map { row in
      guard let library = try? LibraryCode(row.text(0)) else {
        throw RegistryError.damaged("table readings")
      }
      return (library, row.int(1))
    }
    return Dictionary(counts, uniquingKeysWith: +)
  }
}

extension PostgresRegistryBooks {
  func enrolments() throws -> [EnrolledStation] {
    try connection.run(
      "SELECT \(PostgresStationRow.columns) FROM stations ORDER BY station, epoch"
    ) { _ in }.map(PostgresStationRow.station)
  }

  /// Rows that are asked for at once, so that a long chain takes no more memory than a short one.
  private static let eventsPerPage = 500

  func forEachEvent(
    of station: StationID, epoch: Epoch, after sequence: Int64,
    _ body: (StoredEvent) throws -> Bool
  ) throws {
    var last = sequence
    while true {
      let page = try connection.run(
        """
        SELECT sequence, hash, bytes FROM events
        WHERE station = $1 AND epoch = $2 AND sequence > $3
        ORDER BY sequence LIMIT \(Self.eventsPerPage)
        """
      ) {
        $0.bind(EventReference(station: station, epoch: epoch, sequence: last))
      }.map { row in
        StoredEvent(
          sequence: row.integer(0), hash: ChainHash(bytes: row.blob(1) ?? []),
          bytes: row.blob(2) ?? [])
      }
      for event in page { guard try body(event) else { return } }
      guard page.count == Self.eventsPerPage, let end = page.last else { return }
      last = end.sequence
    }
  }

  func invitation(of library: LibraryCode, id: [UInt8]) throws -> Invitation? {
    try connection.run(
      """
      SELECT id, secret, expires, station, epoch, public_key FROM invitations
      WHERE library = $1 AND id = $2
      """
    ) {
      $0.bind(library.text)
      $0.bind(blob: id[...])
    }.first.map { try PostgresInvitationRow.invitation($0, of: library) }
  }

  func quarantined(limit: Int) throws -> [QuarantinedEvent] {
    try connection.run(
      """
      SELECT station, epoch, sequence, hash, bytes, reason FROM quarantine
      ORDER BY received DESC, station, epoch, sequence LIMIT $1
      """
    ) {
      $0.bind(limit)
    }.map(PostgresQuarantineRow.event)
  }

  func sightings() throws -> [BoxSighting] {
    try connection.run(
      """
      SELECT box, at, trip, act, destination, station, epoch, sequence FROM boxes
      ORDER BY library, box, at
      """
    ) { _ in }.map(PostgresSightingRow.sighting)
  }

  func sightings(of boxes: [BoxNumber]) throws -> [BoxSighting] {
    try connection.run(
      """
      SELECT box, at, trip, act, destination, station, epoch, sequence FROM boxes
      WHERE library = ANY($1::text[]) AND box = ANY($2::text[]) ORDER BY library, box, at
      """
    ) {
      $0.bind(boxes, texts: { $0.library.text })
      $0.bind(boxes, texts: { $0.text })
    }.map(PostgresSightingRow.sighting)
  }

  func latestTrips(of boxes: [BoxNumber]) throws -> [BoxNumber: Int] {
    let trips = try connection.run(
      """
      SELECT box, max(trip) FROM boxes WHERE library = ANY($1::text[]) AND box = ANY($2::text[])
      GROUP BY library, box
      """
    ) {
      $0.bind(boxes, texts: { $0.library.text })
      $0.bind(boxes, texts: { $0.text })
    }.map { row in
      guard let box = try? BoxNumber(row.text(0)) else {
        throw RegistryError.damaged("table boxes")
      }
      return (box, row.int(1))
    }
    return Dictionary(trips, uniquingKeysWith: max)
  }
}

extension PostgresArguments {
  mutating func bind(_ event: EventReference) {
    bind(event.station.text)
    bind(event.epoch.number)
    bind(event.sequence)
  }
}
