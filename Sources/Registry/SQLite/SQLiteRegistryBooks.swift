import Circulation
import Exchange
import FoundationEssentials
import GRDB
import Labels
import Ledger
import Storage

/// A host's books inside one SQLite transaction.
struct SQLiteRegistryBooks {
  let database: Database
}

extension SQLiteRegistryBooks: RegistryReader {
  func groupName() throws -> String {
    try String.fetchOne(database, sql: "SELECT name FROM host") ?? ""
  }

  func station(_ station: StationID, epoch: Epoch) throws -> EnrolledStation? {
    let select = try database.cachedStatement(
      sql: "SELECT * FROM stations WHERE station = ? AND epoch = ?")
    return try Row.fetchOne(select, arguments: [station.text, epoch.number])
      .map(StationRow.station)
  }

  func stations() throws -> [EnrolledStation] {
    let select = try database.cachedStatement(
      sql: """
        SELECT * FROM stations
        WHERE epoch = (SELECT max(epoch) FROM stations AS later
          WHERE later.station = stations.station)
        ORDER BY station
        """)
    return try Row.fetchAll(select).map(StationRow.station)
  }

  func hash(of event: EventReference) throws -> ChainHash? {
    let select = try database.cachedStatement(
      sql: "SELECT hash FROM events WHERE station = ? AND epoch = ? AND sequence = ?")
    let arguments: StatementArguments = [
      event.station.text, event.epoch.number, event.sequence,
    ]
    return try Data.fetchOne(select, arguments: arguments).flatMap { ChainHash(bytes: $0) }
  }

  func holdings(of items: [ItemID]) throws -> [HeldItem?] {
    let select = try BoundStatement(
      database,
      sql: """
        SELECT record, place, version, borrower, checked_out, due, renewals,
          last_station, last_epoch, last_sequence, gaps, woven
        FROM holdings WHERE library = ? AND accession = ?
        """)
    var recurring = RecurringNames()
    return try items.map { item in
      try select.first {
        $0.bind(item.library.text)
        $0.bind(item.accession.text)
      } read: {
        try HoldingRow.heldItem($0, item: item, &recurring)
      }
    }
  }

  func kinds(of records: [RecordID]) throws -> [RecordID: MaterialKind] {
    let select = try BoundStatement(
      database, sql: "SELECT kind FROM records WHERE id = ? ORDER BY library LIMIT 1")
    var kinds: [RecordID: MaterialKind] = [:]
    for record in records {
      kinds[record] =
        try select.first {
          $0.bind(record.text)
        } read: {
          MaterialKind(rawValue: $0.text(0))
        } ?? nil
    }
    return kinds
  }

  func findings(
    of station: StationID, epoch: Epoch, in sequences: ClosedRange<Int64>, limit: Int
  ) throws -> [Receipt.Finding] {
    let select = try database.cachedStatement(
      sql: """
        SELECT sequence, name FROM conflicts
        WHERE station = ? AND epoch = ? AND sequence BETWEEN ? AND ?
        ORDER BY sequence, name LIMIT ?
        """)
    let arguments: StatementArguments = [
      station.text, epoch.number, sequences.lowerBound, sequences.upperBound, limit,
    ]
    return try Row.fetchAll(select, arguments: arguments).map {
      Receipt.Finding(sequence: $0["sequence"], name: $0["name"])
    }
  }

  func balances() throws -> [Place: Int] {
    let rows = try Row.fetchAll(
      database,
      sql: """
        SELECT place, sum(items) AS items FROM balances GROUP BY place HAVING sum(items) <> 0
        """)
    var balances: [Place: Int] = [:]
    for row in rows {
      guard let place = Place(row["place"] as String) else {
        throw RegistryError.damaged("table balances")
      }
      balances[place] = row["items"]
    }
    return balances
  }

  func conflicts(limit: Int) throws -> [Conflict] {
    let select = try database.cachedStatement(
      sql: "SELECT * FROM conflicts ORDER BY noted DESC, station, epoch, sequence DESC LIMIT ?")
    return try Row.fetchAll(select, arguments: [limit]).map(ConflictRow.conflict)
  }

  func conflictCount() throws -> Int {
    try Int.fetchOne(database, sql: "SELECT count(*) FROM conflicts") ?? 0
  }

  func readingCounts() throws -> [LibraryCode: Int] {
    let rows = try Row.fetchAll(
      database, sql: "SELECT library, sum(readings) AS readings FROM readings GROUP BY library")
    var counts: [LibraryCode: Int] = [:]
    for row in rows {
      guard let library = try? LibraryCode(row["library"] as String) else {
        throw RegistryError.damaged("table readings")
      }
      counts[library] = row["readings"]
    }
    return counts
  }
}

extension SQLiteRegistryBooks: RegistryTransaction {
  func enrol(_ enrolment: Enrolment) throws {
    let (station, epoch) = (enrolment.station, enrolment.epoch)
    let start = Position.start(of: station, epoch: epoch)
    try database.execute(
      sql: """
        INSERT INTO stations
          (station, epoch, library, library_name, public_key, sequence, hash)
        VALUES (?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT (station, epoch) DO UPDATE SET library_name = excluded.library_name
        """,
      arguments: [
        station.text, epoch.number, station.library.text, enrolment.libraryName,
        Data(enrolment.key.bytes), start.sequence, Data(start.hash.bytes),
      ])
  }

  func append(_ batch: Batch, from offset: Int) throws {
    let insert = try BoundStatement(
      database,
      sql: """
        INSERT INTO events (station, epoch, sequence, hash, bytes) VALUES (?, ?, ?, ?, ?)
        """)
    let station = batch.station.text
    for index in offset..<batch.events.count {
      try insert.run { row in
        row.bind(station)
        row.bind(batch.epoch.number)
        row.bind(batch.start.sequence + Int64(index) + 1)
        batch.hashes[index].withUnsafeBytes { row.bind(blob: $0) }
        row.bind(blob: batch.events[index])
      }
    }
  }

  func save(_ holdings: [HeldItem]) throws {
    let upsert = try BoundStatement(
      database,
      sql: """
        INSERT OR REPLACE INTO holdings
          (library, accession, record, place, version, borrower, checked_out, due, renewals,
           last_station, last_epoch, last_sequence, gaps, woven)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """)
    for held in holdings {
      try upsert.run { HoldingRow.bind(held, to: &$0) }
    }
  }

  func save(_ records: [BibliographicRecord], of library: LibraryCode) throws {
    let upsert = try database.cachedStatement(
      sql: """
        INSERT OR REPLACE INTO records
          (library, id, title, author, publisher, year, kind, grade, on_site_only, isbn, folded,
           subjects)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """)
    for record in records {
      try upsert.execute(arguments: [
        library.text, record.id.text, record.title, record.author, record.publisher, record.year,
        record.kind.rawValue, record.grade, record.isOnSiteOnly, record.isbn,
        VietnameseText.folded(record.title), record.subjects.list,
      ])
    }
  }

  func post(_ balances: [Place: Int], reportedBy library: LibraryCode) throws {
    let upsert = try database.cachedStatement(
      sql: """
        INSERT INTO balances (reporter, place, items) VALUES (?, ?, ?)
        ON CONFLICT (reporter, place) DO UPDATE SET items = items + excluded.items
        """)
    for (place, items) in balances where items != 0 {
      try upsert.execute(arguments: [library.text, place.text, items])
    }
  }

  func count(_ readings: [ReadingKey: Int], at library: LibraryCode) throws {
    let upsert = try database.cachedStatement(
      sql: """
        INSERT INTO readings (library, day, class, kind, readings) VALUES (?, ?, ?, ?, ?)
        ON CONFLICT (library, day, class, kind)
          DO UPDATE SET readings = readings + excluded.readings
        """)
    for (key, count) in readings where count < 0 {
      try take(-count, from: key, at: library)
    }
    for (key, count) in readings where count > 0 {
      try upsert.execute(arguments: [
        library.text, key.day.number, key.schoolClass?.text ?? "", key.kind.rawValue, count,
      ])
    }
  }

  func count(_ loans: [LoanKey: Int], at library: LibraryCode) throws {
    let upsert = try database.cachedStatement(
      sql: """
        INSERT INTO loans (library, day, class, kind, loans) VALUES (?, ?, ?, ?, ?)
        ON CONFLICT (library, day, class, kind) DO UPDATE SET loans = loans + excluded.loans
        """)
    for (key, count) in loans where count > 0 {
      try upsert.execute(arguments: [
        library.text, key.day.number, key.schoolClass?.text ?? "", key.kind?.rawValue ?? "",
        count,
      ])
    }
    for (key, count) in loans where count < 0 { try takeLoans(-count, from: key, at: library) }
  }

  /// Takes back readings that were counted before; what comes to nothing has no row.
  private func take(_ count: Int, from key: ReadingKey, at library: LibraryCode) throws {
    let row: StatementArguments = [
      library.text, key.day.number, key.schoolClass?.text ?? "", key.kind.rawValue, count,
    ]
    let condition = "WHERE library = ?1 AND day = ?2 AND class = ?3 AND kind = ?4"
    try database.cachedStatement(
      sql: "DELETE FROM readings \(condition) AND readings <= ?5"
    ).execute(arguments: row)
    try database.cachedStatement(
      sql: "UPDATE readings SET readings = readings - ?5 \(condition)"
    ).execute(arguments: row)
  }

  func note(_ conflicts: [Conflict], atMilliseconds now: Int64) throws {
    let insert = try database.cachedStatement(
      sql: """
        INSERT OR IGNORE INTO conflicts
          (station, epoch, sequence, name, noted, act, item, claimed, actual, last_station,
           last_epoch, last_sequence)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """)
    for conflict in conflicts {
      try insert.execute(arguments: ConflictRow.arguments(conflict, notedMilliseconds: now))
    }
  }

  func move(_ station: StationID, to position: Position) throws {
    try database.execute(
      sql: "UPDATE stations SET sequence = ?, hash = ? WHERE station = ? AND epoch = ?",
      arguments: [
        position.sequence, Data(position.hash.bytes), station.text, position.epoch.number,
      ])
  }

  func keep(
    _ receipt: [UInt8], for position: Position, of station: StationID, atMilliseconds now: Int64
  ) throws {
    try database.execute(
      sql: "UPDATE stations SET last_contact = ? WHERE station = ? AND epoch = ?",
      arguments: [now, station.text, position.epoch.number])
    try database.execute(
      sql: """
        INSERT INTO receipts (station, epoch, sequence, hash, bytes) VALUES (?, ?, ?, ?, ?)
        ON CONFLICT (station, epoch) DO UPDATE SET sequence = excluded.sequence,
          hash = excluded.hash, bytes = excluded.bytes
          WHERE excluded.sequence >= receipts.sequence
        """,
      arguments: [
        station.text, position.epoch.number, position.sequence, Data(position.hash.bytes),
        Data(receipt),
      ])
  }
}
