import Desk
import Foundation
import GRDB
import Journal
import Labels
import Ledger
import TestSupport

/// A checkout over HTTP, from the request to the durable answer, against one bare FULL commit of
/// the rows that it writes; then the same at the desk with a long journal and a short one.
enum CheckoutBenchmark {
  private static let rounds = 400
  private static let itemCount = 2_000

  static func run() async throws -> [Figure] {
    [try await overHTTP()]
  }

  static func runWithHistory() async throws -> [Figure] {
    [try await withLongJournal()]
  }

  private static func overHTTP() async throws -> Figure {
    let folder = try BenchmarkFolder()
    let journal = try await folder.station(named: "station", itemCount: itemCount)
    let library = journal.station.library
    let bare = try BareCommit(copying: journal.folder.database, to: folder.path + "/bare.sqlite")
    try journal.close()
    let station = try await ServingProcess.station(journal.folder)
    let connection = try PlainConnection(port: station.port)
    var samples: (http: [Double], bare: [Double]) = ([], [])
    let clock = ContinuousClock()
    for round in 0..<rounds {
      let item = try History.item(round % itemCount + 1, of: library)
      let card = try CardNumber(library: library, serial: round / 10 % 30 + 1).label
      let checkout = try request("checkouts", ["item": item.label, "card": card])
      let start = clock.now
      let answer = try connection.exchange(checkout)
      samples.http.append((clock.now - start).milliseconds)
      try PlainConnection.check(answer)
      samples.bare.append(
        try clock.measure { try bare.commit(item, sequence: Int64(round) + 1_000_000) }
          .milliseconds)
      let checkin = try request("checkins", ["item": item.label])
      try PlainConnection.check(try connection.exchange(checkin))
      try bare.commit(item, sequence: Int64(round) + 2_000_000)
    }
    await station.kill()
    let (http, commit) = (Sampling.median(samples.http), Sampling.median(samples.bare))
    return Figure(
      what: "checkout over HTTP, request to durable answer, p50, against one bare FULL commit",
      goal: 2, measured: http / commit, unit: "×",
      note: "\(http.rounded(to: 2)) ms against \(commit.rounded(to: 2)) ms")
  }

  private static func request(_ path: String, _ fields: [String: String]) throws -> [UInt8] {
    var fields = fields
    fields["operation"] = operation().id.description
    return PlainConnection.post("/api/v1/" + path, Array(try JSONEncoder().encode(fields)))
  }
}

extension CheckoutBenchmark {
  private static let longCount = 1_000_000

  private static func withLongJournal() async throws -> Figure {
    let folder = try BenchmarkFolder()
    let short = try await folder.station(named: "short", itemCount: 999)
    let long = try await folder.station(named: "long", itemCount: itemCount)
    let library = long.station.library
    let loans = longCount - itemCount - 1
    // An even number of rounds, so that every item is back on its shelf at the end.
    let whole = loans / (2 * itemCount) * (2 * itemCount)
    try await long.recordLoans(count: whole, itemCount: itemCount)
    let desks = [short, long].map { Desk(journal: $0, settings: DeskSettings()) }
    var samples: [[Double]] = [[], []]
    let clock = ContinuousClock()
    for round in 0..<rounds {
      let item = try History.item(round % 900 + 1, of: library).label
      let card = try CardNumber(library: library, serial: round / 10 % 30 + 1).label
      for (index, desk) in desks.enumerated() {
        let checkout = DeskRequest.checkout(item: item, card: card, overrideReason: nil)
        let time = try await clock.measure { _ = try await desk.perform(checkout, as: operation()) }
        samples[index].append(time.milliseconds)
        _ = try await desk.perform(.checkin(item: item), as: operation())
      }
    }
    let (few, many) = (Sampling.median(samples[0]), Sampling.median(samples[1]))
    return Figure(
      what: "checkout with 1,000,000 events in the journal, against 1,000", goal: 1.2,
      measured: many / few, unit: "×",
      note: "\(many.rounded(to: 2)) ms against \(few.rounded(to: 2)) ms, p50")
  }

  private static func operation() -> NamedOperation {
    var generator = SystemRandomNumberGenerator()
    let now = Int64(Date().timeIntervalSince1970 * 1_000)
    return NamedOperation(id: .make(unixMilliseconds: now, using: &generator))
  }
}

/// A station's database that gets the rows of a checkout with SQLite alone.
private struct BareCommit {
  private let queue: DatabaseQueue

  init(copying database: String, to path: String) throws {
    let source = try DatabaseQueue(path: database)
    queue = try DatabaseQueue(path: path)
    try source.backup(to: queue)
    try source.close()
    try queue.writeWithoutTransaction {
      try $0.execute(sql: "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL")
    }
  }

  /// Writes one event, one item, its last act and two balances, and waits for the disk.
  func commit(_ item: ItemID, sequence: Int64) throws {
    var generator = SystemRandomNumberGenerator()
    let id = OperationID.make(unixMilliseconds: sequence, using: &generator)
    let (operation, hash, bytes) = (Data(id.bytes), Data(count: 32), Data(count: 150))
    let loan = Data(count: 16)
    try queue.write { database in
      try database.cachedStatement(sql: "INSERT INTO events VALUES (1, ?, ?, ?, ?)")
        .execute(arguments: [sequence, operation, hash, bytes])
      try database.cachedStatement(
        sql: """
          UPDATE items SET place = 'patron:TT1', version = version + 1, borrower = ?,
            checked_out = 0, due = 20717, renewals = 0 WHERE id = ?
          """
      ).execute(arguments: [loan, item.text])
      try database.cachedStatement(
        sql: """
          INSERT OR REPLACE INTO last_acts
            (item, epoch, sequence, place, version, borrower, checked_out, due, renewals)
          VALUES (?, 1, ?, 'shelf:TT1', 1, NULL, NULL, NULL, NULL)
          """
      ).execute(arguments: [item.text, sequence])
      let post = try database.cachedStatement(
        sql: """
          INSERT INTO balances VALUES (?, ?)
          ON CONFLICT (place) DO UPDATE SET items = items + excluded.items
          """)
      try post.execute(arguments: ["shelf:TT1", -1])
      try post.execute(arguments: ["patron:TT1", 1])
    }
  }
}

extension Duration {
  var milliseconds: Double { self / .milliseconds(1) }
}

extension Double {
  func rounded(to digits: Int) -> Double {
    let scale = (0..<digits).reduce(1.0) { scale, _ in scale * 10 }
    return (self * scale).rounded() / scale
  }
}
