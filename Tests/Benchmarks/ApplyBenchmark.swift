import Exchange
import Foundation
import GRDB
import Labels
import Ledger
import Registry

/// 100,000 events applied at the host, against bare inserts of the same rows in as many commits.
enum ApplyBenchmark {
  private static let eventCount = 100_000
  private static let eventsPerBatch = 1_000
  private static let itemCount = 10_000

  static func run() async throws -> [Figure] {
    let folder = try BenchmarkFolder()
    let station = StationID(library: try LibraryCode("TT1"))
    let key = SigningKey()
    let batches = try batches(of: station)
    let sealed = try batches.map { try $0.sealed(with: key) }
    let store = try SQLiteRegistryStore.create(
      in: HostFolder(path: folder.path + "/host"), groupName: "benchmark")
    let registry = GroupRegistry(store: store, key: SigningKey())
    try await registry.enrol(
      Enrolment(station: station, libraryName: "TT1", key: key.verifyingKey))
    let bare = try BareEvents(path: folder.path + "/bare.sqlite")
    var seconds = (applied: 0.0, bare: 0.0, again: 0.0)
    let clock = ContinuousClock()
    for (batch, bytes) in zip(batches, sealed) {
      seconds.applied += try await clock.measure { _ = try await registry.apply(bytes) }.seconds
      seconds.bare += try clock.measure { try bare.insert(batch) }.seconds
    }
    for bytes in sealed {
      seconds.again += try await clock.measure { _ = try await registry.apply(bytes) }.seconds
    }
    let rate = (Double(eventCount) / seconds.applied).rounded()
    return [
      Figure(
        what: "applying 100,000 events at the host, against bare batched inserts", goal: 3,
        measured: seconds.applied / seconds.bare, unit: "×",
        note: "\(Int(rate)) events/s; \(eventsPerBatch) events in a batch and a commit"),
      Figure(
        what: "the same batches again, against the first time", goal: 0.2,
        measured: seconds.again / seconds.applied, unit: "×",
        note: "a later issue's goal: at least 5 times as fast"),
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

extension Duration {
  var seconds: Double { self / .seconds(1) }
}
