import Circulation
import Exchange
import Labels
import Ledger

/// What a transaction changes: the rows of a batch by one statement for each table.
extension PostgresRegistryBooks: RegistryTransaction {
  func enrol(_ enrolment: Enrolment) throws {
    let (station, epoch) = (enrolment.station, enrolment.epoch)
    let start = Position.start(of: station, epoch: epoch)
    try connection.run(
      """
      INSERT INTO stations (station, epoch, library, library_name, public_key, sequence, hash)
      VALUES ($1, $2, $3, $4, $5, $6, $7)
      ON CONFLICT (station, epoch) DO UPDATE SET library_name = excluded.library_name
      """
    ) {
      $0.bind(station.text)
      $0.bind(epoch.number)
      $0.bind(station.library.text)
      $0.bind(enrolment.libraryName)
      $0.bind(blob: enrolment.key.bytes[...])
      $0.bind(start.sequence)
      $0.bind(blob: start.hash.bytes[...])
    }
  }

  func save(_ invitation: Invitation) throws {
    try connection.run(
      """
      INSERT INTO invitations (library, id, secret, expires, station, epoch, public_key)
      VALUES ($1, $2, $3, $4, $5, $6, $7)
      ON CONFLICT (library, id) DO UPDATE SET secret = excluded.secret,
        expires = excluded.expires, station = excluded.station, epoch = excluded.epoch,
        public_key = excluded.public_key
      """
    ) {
      $0.bind(invitation.library.text)
      $0.bind(blob: invitation.secret.id[...])
      $0.bind(blob: invitation.secret.key[...])
      $0.bind(invitation.expiresMilliseconds)
      $0.bind(invitation.use?.station.text)
      $0.bind(invitation.use?.epoch.number)
      $0.bind(blob: invitation.use?.key.bytes[...])
    }
  }

  func close(_ station: StationID, epoch: Epoch, _ closing: EpochClosing) throws {
    try connection.run(
      "UPDATE stations SET ended = $3, last_trusted = $4 WHERE station = $1 AND epoch = $2"
    ) {
      $0.bind(station.text)
      $0.bind(epoch.number)
      $0.bind(closing.end.rawValue)
      $0.bind(closing.lastTrusted)
    }
  }

  func keepAside(_ events: [QuarantinedEvent], atMilliseconds now: Int64) throws {
    try connection.run(
      """
      INSERT INTO quarantine (station, epoch, sequence, hash, bytes, reason, received)
      SELECT station, epoch, sequence, hash, bytes, reason, $7 FROM unnest(
        $1::text[], $2::bigint[], $3::bigint[], $4::bytea[], $5::bytea[], $6::bigint[])
        AS kept (station, epoch, sequence, hash, bytes, reason)
      ON CONFLICT DO NOTHING
      """
    ) {
      $0.bind(events, texts: { $0.event.station.text })
      $0.bind(events, integers: { Int64($0.event.epoch.number) })
      $0.bind(events, integers: { $0.event.sequence })
      $0.bind(events, blobs: { $0.hash.bytes[...] })
      $0.bind(events, blobs: { $0.bytes[...] })
      $0.bind(events, integers: { Int64($0.reason.rawValue) })
      $0.bind(now)
    }
  }

  func append(_ batch: Batch, from offset: Int) throws {
    try connection.run(
      """
      INSERT INTO events (station, epoch, sequence, hash, bytes)
      SELECT $1, $2, $3 + number, hash, bytes
      FROM unnest($4::bytea[], $5::bytea[]) WITH ORDINALITY AS event (hash, bytes, number)
      """
    ) {
      $0.bind(batch.station.text)
      $0.bind(batch.epoch.number)
      $0.bind(batch.start.sequence + Int64(offset))
      $0.bind(hashes: batch.hashes[offset...])
      $0.bind(Array(batch.events[offset...]), blobs: { $0 })
    }
  }

  func save(_ holdings: [HeldItem]) throws {
    guard !holdings.isEmpty else { return }
    try connection.run(PostgresHoldingRow.upsert) { PostgresHoldingRow.bind(holdings, to: &$0) }
  }

  func save(_ records: [BibliographicRecord], of library: LibraryCode) throws {
    guard !records.isEmpty else { return }
    try connection.run(
      """
      INSERT INTO records (library, id, title, author, publisher, year, kind, grade,
        on_site_only, isbn, folded, subjects)
      SELECT $1, record.* FROM unnest(
        $2::text[], $3::text[], $4::text[], $5::text[], $6::bigint[], $7::text[], $8::bigint[],
        $9::bigint[], $10::text[], $11::text[], $12::text[]) AS record
      ON CONFLICT (library, id) DO UPDATE SET title = excluded.title, author = excluded.author,
        publisher = excluded.publisher, year = excluded.year, kind = excluded.kind,
        grade = excluded.grade, on_site_only = excluded.on_site_only, isbn = excluded.isbn,
        folded = excluded.folded, subjects = excluded.subjects
      """
    ) {
      $0.bind(library.text)
      $0.bind(records, texts: { $0.id.text })
      $0.bind(records, texts: { $0.title })
      $0.bind(records, texts: { $0.author })
      $0.bind(records, texts: { $0.publisher })
      $0.bind(records, integers: { $0.year.map(Int64.init) })
      $0.bind(records, texts: { $0.kind.rawValue })
      $0.bind(records, integers: { $0.grade.map(Int64.init) })
      $0.bind(records, integers: { $0.isOnSiteOnly ? 1 : 0 })
      $0.bind(records, texts: { $0.isbn })
      $0.bind(records, texts: { VietnameseText.folded($0.title) })
      $0.bind(records, texts: { $0.subjects.list })
    }
  }

  func save(_ sightings: [BoxSighting]) throws {
    guard !sightings.isEmpty else { return }
    try connection.run(PostgresSightingRow.upsert) { PostgresSightingRow.bind(sightings, to: &$0) }
  }

  func post(_ balances: [Place: Int], reportedBy library: LibraryCode) throws {
    let changes = balances.filter { $0.value != 0 }.map { (place: $0.key.text, items: $0.value) }
      .sorted { $0.place < $1.place }
    guard !changes.isEmpty else { return }
    try connection.run(
      """
      INSERT INTO balances (reporter, place, items)
      SELECT $1, change.* FROM unnest($2::text[], $3::bigint[]) AS change
      ON CONFLICT (reporter, place) DO UPDATE SET items = balances.items + excluded.items
      """
    ) {
      $0.bind(library.text)
      $0.bind(changes, texts: { $0.place })
      $0.bind(changes, integers: { Int64($0.items) })
    }
  }

  func count(_ readings: [ReadingKey: Int], at library: LibraryCode) throws {
    let taken = readings.filter { $0.value < 0 }
    let counted = readings.filter { $0.value > 0 }
    if !taken.isEmpty {
      try run("DELETE FROM readings \(Self.taking) AND readings <= -change.count", taken, library)
      try run(
        "UPDATE readings SET readings = readings + change.count \(Self.changing)", taken, library)
    }
    guard !counted.isEmpty else { return }
    try run(
      """
      INSERT INTO readings (library, day, class, kind, readings)
      SELECT $1, change.* FROM \(Self.change)
      ON CONFLICT (library, day, class, kind)
        DO UPDATE SET readings = readings.readings + excluded.readings
      """, counted, library)
  }

  func count(_ loans: [LoanKey: Int], at library: LibraryCode) throws {
    try add(loans.filter { $0.value > 0 }, at: library)
    for (key, count) in loans where count < 0 { try takeLoans(-count, from: key, at: library) }
  }

  private func add(_ loans: [LoanKey: Int], at library: LibraryCode) throws {
    guard !loans.isEmpty else { return }
    let rows = loans.sorted {
      ($0.key.day, $0.key.schoolClass?.text ?? "", $0.key.kind?.rawValue ?? "")
        < ($1.key.day, $1.key.schoolClass?.text ?? "", $1.key.kind?.rawValue ?? "")
    }
    try connection.run(
      """
      INSERT INTO loans (library, day, class, kind, loans)
      SELECT $1, change.* FROM \(Self.change)
      ON CONFLICT (library, day, class, kind) DO UPDATE SET loans = loans.loans + excluded.loans
      """
    ) {
      $0.bind(library.text)
      $0.bind(rows, integers: { Int64($0.key.day.number) })
      $0.bind(rows, texts: { $0.key.schoolClass?.text ?? "" })
      $0.bind(rows, texts: { $0.key.kind?.rawValue ?? "" })
      $0.bind(rows, integers: { Int64($0.value) })
    }
  }

  private static let change = """
    unnest($2::bigint[], $3::text[], $4::text[], $5::bigint[]) AS change (day, class, kind, count)
    """
  private static let matching = """
    WHERE readings.library = $1 AND readings.day = change.day
      AND readings.class = change.class AND readings.kind = change.kind
    """
  private static let taking = "USING \(change) \(matching)"
  private static let changing = "FROM \(change) \(matching)"

  private func run(
    _ sql: String, _ readings: [ReadingKey: Int], _ library: LibraryCode
  ) throws {
    let rows = Array(readings)
    try connection.run(sql) {
      $0.bind(library.text)
      $0.bind(rows, integers: { Int64($0.key.day.number) })
      $0.bind(rows, texts: { $0.key.schoolClass?.text ?? "" })
      $0.bind(rows, texts: { $0.key.kind.rawValue })
      $0.bind(rows, integers: { Int64($0.value) })
    }
  }

  func note(_ conflicts: [Conflict], atMilliseconds now: Int64) throws {
    guard !conflicts.isEmpty else { return }
    try connection.run(PostgresConflictRow.insert) {
      PostgresConflictRow.bind(conflicts, notedMilliseconds: now, to: &$0)
    }
  }

  func move(_ station: StationID, to position: Position) throws {
    try connection.run(
      "UPDATE stations SET sequence = $3, hash = $4 WHERE station = $1 AND epoch = $2"
    ) {
      $0.bind(station.text)
      $0.bind(position.epoch.number)
      $0.bind(position.sequence)
      $0.bind(blob: position.hash.bytes[...])
    }
  }

  func keep(
    _ receipt: [UInt8], for position: Position, of station: StationID, atMilliseconds now: Int64
  ) throws {
    try connection.run(
      "UPDATE stations SET last_contact = $3 WHERE station = $1 AND epoch = $2"
    ) {
      $0.bind(station.text)
      $0.bind(position.epoch.number)
      $0.bind(now)
    }
    try connection.run(
      """
      INSERT INTO receipts (station, epoch, sequence, hash, bytes) VALUES ($1, $2, $3, $4, $5)
      ON CONFLICT (station, epoch) DO UPDATE SET sequence = excluded.sequence,
        hash = excluded.hash, bytes = excluded.bytes
        WHERE excluded.sequence >= receipts.sequence
      """
    ) {
      $0.bind(station.text)
      $0.bind(position.epoch.number)
      $0.bind(position.sequence)
      $0.bind(blob: position.hash.bytes[...])
      $0.bind(blob: receipt[...])
    }
  }
}
