import Exchange
import Foundation
import GRDB
import Labels
import Ledger
import Registry
import TestSupport

/// 100,000 events applied at the host, against bare inserts in as many commits.
///
/// They are inserts of the same rows, events and items, and of the events alone: in SQLite, and in
/// PostgreSQL where that is installed.
enum ApplyBenchmark {
  private static let eventCount = 100_000
  private static let eventsPerBatch = 1_000
  private static let itemCount = 10_000

  /// At least 40% of the speed of bare inserts of the same rows.
  private static let goal = 2.5

  static func run() async throws -> [Figure] {
    let folder = try BenchmarkFolder()
    let host = HostFolder(path: folder.path + "/host")
    let store = try SQLiteRegistryStore.create(in: host, groupName: "benchmark")
    let all = try BareTables(path: folder.path + "/all.sqlite")
    let events = try BareTables(path: folder.path + "/events.sqlite")
    return try await figures(
      of: store, in: "SQLite", against: { try all.insert($0, $1) },
      andEvents: { try events.insert($0, []) }, eventsGoal: 3)
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
    let all = try BarePostgresTables(at: await cluster.makeDatabase())
    let events = try BarePostgresTables(at: await cluster.makeDatabase())
    let figures = try await figures(
      of: store, in: "PostgreSQL", against: { try all.insert($0, $1) },
      andEvents: { try events.insert($0, []) }, eventsGoal: nil)
    store.close()
    return figures
  }

  private static func figures(
    of store: any RegistryStore, in database: String,
    against insertAll: (Batch, [BareItem]) throws -> Void,
    andEvents insertEvents: (Batch) throws -> Void, eventsGoal: Double?
  ) async throws -> [Figure] {
    let station = StationID(library: try LibraryCode("TT1"))
    let key = SigningKey()
    let batches = try batches(of: station)
    let sealed = try batches.map { try $0.sealed(with: key) }
    let items = try items(of: batches)
    let registry = GroupRegistry(store: store, key: SigningKey())
    try await registry.enrol(
      Enrolment(station: station, libraryName: "TT1", key: key.verifyingKey))
    var seconds = (applied: 0.0, all: 0.0, events: 0.0, again: 0.0)
    let clock = ContinuousClock()
    for (number, bytes) in sealed.enumerated() {
      seconds.applied += try await clock.measure { _ = try await registry.apply(bytes) }.seconds
      let (batch, items) = (batches[number], items[number])
      seconds.all += try clock.measure { try insertAll(batch, items) }.seconds
      seconds.events += try clock.measure { try insertEvents(batch) }.seconds
    }
    for bytes in sealed {
      seconds.again += try await clock.measure { _ = try await registry.apply(bytes) }.seconds
    }
    let rate = Int((Double(eventCount) / seconds.applied).rounded())
    let toEvents = seconds.applied / seconds.events
    return [
      Figure(
        what: "applying 100,000 events in \(database), against bare inserts of the same rows",
        goal: goal, measured: seconds.applied / seconds.all, unit: "×",
        note: "\(rate) events/s; \(eventsPerBatch) events and as many items in a commit"),
      Figure(
        what: "the same, against bare inserts of the events alone",
        goal: eventsGoal ?? .infinity, measured: toEvents, unit: "×",
        note: "the rows of items are not written at all on that side"),
      Figure(
        what: "the same batches again in \(database), against the first time", goal: 0.2,
        measured: seconds.again / seconds.applied, unit: "×",
        note: "each gets its receipt again"),
    ]
  }

  /// The items that each batch leaves changed, in the order of their key.
  private static func items(of batches: [Batch]) throws -> [[BareItem]] {
    var accounts = Accounts()
    return try batches.map { batch in
      var changed: [ItemID: Event] = [:]
      for event in try batch.decodedEvents(after: batch.start.sequence) {
        accounts.apply(event)
        if let item = event.fact.move?.item { changed[item] = event }
      }
      return changed.sorted { $0.key < $1.key }.compactMap { item, event in
        accounts.holdings[item].map { BareItem(holding: $0, last: event) }
      }
    }
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

extension Duration {
  var seconds: Double { self / .seconds(1) }
}
