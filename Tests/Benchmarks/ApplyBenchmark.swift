import Exchange
import Foundation
import GRDB
import Labels
import Ledger
import Registry
import TestSupport

/// 100,000 events applied at the host, against bare inserts of the same rows in as many commits: in
/// SQLite, and in PostgreSQL where that is installed.
enum ApplyBenchmark {
  private static let eventCount = 100_000
  private static let eventsPerBatch = 1_000
  private static let itemCount = 10_000

  static func run() async throws -> [Figure] {
    let folder = try BenchmarkFolder()
    let host = HostFolder(path: folder.path + "/host")
    let store = try SQLiteRegistryStore.create(in: host, groupName: "benchmark")
    let bare = try BareEvents(path: folder.path + "/bare.sqlite")
    return try await figures(of: store, in: "SQLite", goal: 3, against: bare.insert)
  }

  static func runPostgres() async throws -> [Figure] {
    let cluster: PostgresCluster
    do {
      // A real disk, where the server's own user may make a folder.
      cluster = try await PostgresCluster(in: "/var/tmp")
    } catch let error as PostgresCluster.DidNotStart {
      print("No figure of PostgreSQL: \(error.output)")
      return []
    }
    let address = try await cluster.makeDatabase()
    let store = try await PostgresRegistryStore.create(at: address, groupName: "benchmark")
    let bare = try BareRows(at: await cluster.makeDatabase())
    let figures = try await figures(of: store, in: "PostgreSQL", goal: 2.5, against: bare.insert)
    store.close()
    return figures
  }

  private static func figures(
    of store: any RegistryStore, in database: String, goal: Double,
    against insert: (Batch) throws -> Void
  ) async throws -> [Figure] {
    let station = StationID(library: try LibraryCode("TT1"))
    let key = SigningKey()
    let batches = try batches(of: station)
    let sealed = try batches.map { try $0.sealed(with: key) }
    let registry = GroupRegistry(store: store, key: SigningKey())
    try await registry.enrol(
      Enrolment(station: station, libraryName: "TT1", key: key.verifyingKey))
    var seconds = (applied: 0.0, bare: 0.0, again: 0.0)
    let clock = ContinuousClock()
    for (batch, bytes) in zip(batches, sealed) {
      seconds.applied += try await clock.measure { _ = try await registry.apply(bytes) }.seconds
      seconds.bare += try clock.measure { try insert(batch) }.seconds
    }
    for bytes in sealed {
      seconds.again += try await clock.measure { _ = try await registry.apply(bytes) }.seconds
    }
    let rate = (Double(eventCount) / seconds.applied).rounded()
    return [
      Figure(
        what: "applying 100,000 events at the host in \(database), against bare batched inserts",
        goal: goal, measured: seconds.applied / seconds.bare, unit: "×",
        note: "\(Int(rate)) events/s; \(eventsPerBatch) events in a batch and a commit"),
      Figure(
        what: "the same batches again in \(database), against the first time", goal: 0.2,
        measured: seconds.again / seconds.applied, unit: "×",
        note: "each gets its receipt again"),
    ]
  }

  private static func batches(of station: StationID) throws -> [Batch] {
    let library = station.library
    let facts =
      try History.registrations(itemCount: itemCount, at: library)
      + History.loans(
        from: 0, count: eventCount - itemCount - 1, itemCount: itemCount, at: library)
    let events = facts.enumerated().map { offset, named in
      let moment = Moment(
        wallMilliseconds: 1_789_347_600_000 + Int64(offset) * 4_000,
        monotonicMilliseconds: Int64(offset) * 4_000, boot: 0xB007)
      return Event(
        station: station, epoch: .first, sequence: Int64(offset) + 1, moment: moment,
        operation: named.id, device: "page", fact: named.fact
      ).encoded
    }
    var batches: [Batch] = []
    var position = Position.start(of: station, epoch: .first)
    for start in stride(from: 0, to: events.count, by: eventsPerBatch) {
      let run = events[start..<min(start + eventsPerBatch, events.count)]
      let batch = try Batch(station: station, start: position, events: run.map { $0[...] })
      batches.append(batch)
      position = batch.end
    }
    return batches
  }
}

/// The registry's table of events alone, filled with prepared statements.
private struct BareEvents {
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
          """)
    }
  }

  func insert(_ batch: Batch) throws {
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
    }
  }
}

/// The same table in PostgreSQL, filled by one statement for each batch.
private struct BareRows {
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
      )
      """)
  }

  func insert(_ batch: Batch) throws {
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
    try connection.run("COMMIT")
  }
}

extension Duration {
  var seconds: Double { self / .seconds(1) }
}
