import Circulation
import Exchange
import Foundation
import GRDB
import Labels
import Ledger
import Registry

/// An item as the registry's table has it, ready to be written.
struct BareItem {
  let holding: Holding
  let last: Event
}

/// The registry's tables of events and items in SQLite, filled with prepared statements.
struct BareTables {
  private let queue: DatabaseQueue

  init(path: String) throws {
    queue = try DatabaseQueue(path: path)
    try queue.writeWithoutTransaction { database in
      try database.execute(
        sql: """
          PRAGMA journal_mode = WAL;
          PRAGMA synchronous = FULL;
          CREATE TABLE events (
            station TEXT NOT NULL,
            epoch INTEGER NOT NULL,
            sequence INTEGER NOT NULL,
            hash BLOB NOT NULL,
            bytes BLOB NOT NULL,
            PRIMARY KEY (station, epoch, sequence)
          ) STRICT, WITHOUT ROWID;
          CREATE TABLE items (
            library TEXT NOT NULL,
            accession TEXT NOT NULL,
            record TEXT NOT NULL,
            place TEXT NOT NULL,
            version INTEGER NOT NULL,
            borrower BLOB,
            checked_out INTEGER,
            due INTEGER,
            renewals INTEGER,
            last_station TEXT NOT NULL,
            last_epoch INTEGER NOT NULL,
            last_sequence INTEGER NOT NULL,
            gaps TEXT NOT NULL,
            PRIMARY KEY (library, accession)
          ) STRICT, WITHOUT ROWID;
          """)
    }
  }

  /// Writes a batch and the items that it changed in one commit.
  func insert(_ batch: Batch, _ items: [BareItem]) throws {
    let rows = zip(batch.events, batch.hashes).map { (Data($0), Data($1.bytes)) }
    try queue.write { database in
      let insert = try database.cachedStatement(
        sql: "INSERT INTO events (station, epoch, sequence, hash, bytes) VALUES (?, ?, ?, ?, ?)")
      for (offset, row) in rows.enumerated() {
        try insert.execute(arguments: [
          batch.station.text, batch.epoch.number, batch.start.sequence + Int64(offset) + 1,
          row.1, row.0,
        ])
      }
      let replace = try database.cachedStatement(
        sql: "INSERT OR REPLACE INTO items VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
      for item in items { try replace.execute(arguments: item.arguments) }
    }
  }
}

extension BareItem {
  fileprivate var arguments: StatementArguments {
    let loan = holding.loan
    return [
      holding.item.library.text, holding.item.accession.text, holding.record.text,
      holding.place.text, holding.version, loan.map { Data($0.borrower.bytes) },
      loan?.checkedOutMilliseconds, loan?.due.number, loan?.renewals, last.station.text,
      last.epoch.number, last.sequence, holding.gaps.description,
    ]
  }
}

/// The same tables in PostgreSQL, each filled by one statement for a batch.
struct BarePostgresTables {
  private let connection: PostgresConnection

  init(at address: PostgresAddress) throws {
    connection = try PostgresConnection(address)
    try connection.run(
      """
      CREATE TABLE events (
        station text COLLATE "C" NOT NULL,
        epoch bigint NOT NULL,
        sequence bigint NOT NULL,
        hash bytea NOT NULL,
        bytes bytea NOT NULL,
        PRIMARY KEY (station, epoch, sequence)
      );
      CREATE TABLE items (
        library text COLLATE "C" NOT NULL,
        accession text COLLATE "C" NOT NULL,
        record text COLLATE "C" NOT NULL,
        place text COLLATE "C" NOT NULL,
        version bigint NOT NULL,
        borrower bytea,
        checked_out bigint,
        due bigint,
        renewals bigint,
        last_station text COLLATE "C" NOT NULL,
        last_epoch bigint NOT NULL,
        last_sequence bigint NOT NULL,
        gaps text COLLATE "C" NOT NULL,
        PRIMARY KEY (library, accession)
      )
      """)
  }

  /// Writes a batch and the items that it changed in one commit.
  func insert(_ batch: Batch, _ items: [BareItem]) throws {
    try connection.run("BEGIN")
    try connection.run(
      """
      INSERT INTO events (station, epoch, sequence, hash, bytes)
      SELECT $1, $2, $3 + number, hash, bytes
      FROM unnest($4::bytea[], $5::bytea[]) WITH ORDINALITY AS event (hash, bytes, number)
      """
    ) {
      $0.bind(batch.station.text)
      $0.bind(batch.epoch.number)
      $0.bind(batch.start.sequence)
      $0.bind(hashes: batch.hashes[...])
      $0.bind(batch.events, blobs: { $0 })
    }
    if !items.isEmpty { try insert(items) }
    try connection.run("COMMIT")
  }

  private func insert(_ items: [BareItem]) throws {
    try connection.run(
      """
      INSERT INTO items
      SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::bigint[],
        $6::bytea[], $7::bigint[], $8::bigint[], $9::bigint[], $10::text[], $11::bigint[],
        $12::bigint[], $13::text[])
      ON CONFLICT (library, accession) DO UPDATE SET record = excluded.record,
        place = excluded.place, version = excluded.version, borrower = excluded.borrower,
        checked_out = excluded.checked_out, due = excluded.due, renewals = excluded.renewals,
        last_station = excluded.last_station, last_epoch = excluded.last_epoch,
        last_sequence = excluded.last_sequence, gaps = excluded.gaps
      """
    ) {
      $0.bind(items, texts: { $0.holding.item.library.text })
      $0.bind(items, texts: { $0.holding.item.accession.text })
      $0.bind(items, texts: { $0.holding.record.text })
      $0.bind(items, texts: { $0.holding.place.text })
      $0.bind(items, integers: { Int64($0.holding.version) })
      $0.bind(items, blobs: { $0.holding.loan?.borrower.bytes[...] })
      $0.bind(items, integers: { $0.holding.loan?.checkedOutMilliseconds })
      $0.bind(items, integers: { ($0.holding.loan?.due.number).map(Int64.init) })
      $0.bind(items, integers: { ($0.holding.loan?.renewals).map(Int64.init) })
      $0.bind(items, texts: { $0.last.station.text })
      $0.bind(items, integers: { Int64($0.last.epoch.number) })
      $0.bind(items, integers: { $0.last.sequence })
      $0.bind(items, texts: { $0.holding.gaps.description })
    }
  }
}
