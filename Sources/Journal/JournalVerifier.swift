import Circulation
import FoundationEssentials
import GRDB
import Labels
import Ledger
import Storage

/// What a replay of the events found: how much there is, and where the store parts from it.
package struct Verification: Hashable, Sendable {
  package fileprivate(set) var eventCount = 0
  package fileprivate(set) var itemCount = 0
  /// Items by place, as the events say.
  package fileprivate(set) var balances: [String: Int] = [:]
  /// Each place where chain, projections or sums part, in order of finding.
  package fileprivate(set) var problems: [String] = []
  /// There were more problems than are listed.
  package fileprivate(set) var isCutShort = false

  /// Problems that are listed at most.
  package static let longestList = 100

  package var passed: Bool { problems.isEmpty }

  mutating func note(_ problem: String) {
    if problems.count < Self.longestList {
      problems.append(problem)
    } else {
      isCutShort = true
    }
  }
}

extension Journal {
  /// Replays every event and holds the chain, every projection and the custody sums against it.
  package func verify() async throws -> Verification {
    let station = station
    return try await read { try JournalVerifier.verify($0.database, of: station) }
  }
}

/// One verification: the replayed state on one side, the tables on the other.
struct JournalVerifier {
  private let station: StationID
  let database: Database
  private(set) var accounts = Accounts()
  private var discrepancies: Set<[String]> = []
  /// The hash after each event that a receipt names, by epoch and sequence.
  private var acknowledged: [[Int64]: ChainHash] = [:]
  var result = Verification()

  init(station: StationID, database: Database) {
    self.station = station
    self.database = database
  }

  /// Compares everything that a store has with what its events add up to.
  static func verify(_ database: Database, of station: StationID) throws -> Verification {
    var verifier = JournalVerifier(station: station, database: database)
    // What can't be read, or is found in a table and not by its index, no comparison would show.
    guard try verifier.checkFile() else { return verifier.result }
    // Where the chain is broken, nothing that follows from it can be compared.
    guard try verifier.replay() else { return verifier.result }
    try verifier.compareItems()
    try verifier.compareRecords()
    try verifier.compareBalances()
    try verifier.compareReadings()
    try verifier.compareDiscrepancies()
    try verifier.compareCorrections()
    try verifier.compareBoxes()
    try verifier.compareTerms()
    try verifier.compareReceipts()
    return verifier.result
  }

  /// Has SQLite read every page and hold every index against its table; `false` where it complains.
  private mutating func checkFile() throws -> Bool {
    for problem in try IntegrityCheck.problems(of: database) { result.note(problem) }
    return result.passed
  }

  /// Replays all events; `false` where the chain is broken.
  mutating func replay() throws -> Bool {
    var position: Position?
    let rows = try Row.fetchCursor(
      database,
      sql: "SELECT epoch, sequence, operation, hash, bytes FROM events ORDER BY epoch, sequence")
    let receipts = Set(
      try Row.fetchAll(database, sql: "SELECT epoch, sequence FROM receipts")
        .map { [$0["epoch"] as Int64, $0["sequence"] as Int64] })
    while let row = try rows.next() {
      let next = try link(row, after: position)
      guard let next else { return false }
      if receipts.contains([Int64(next.epoch.number), next.sequence]) {
        acknowledged[[Int64(next.epoch.number), next.sequence]] = next.hash
      }
      position = next
    }
    if let position, let epoch = try Int.fetchOne(database, sql: "SELECT epoch FROM station"),
      epoch < position.epoch.number
    {
      result.note("the station is in epoch \(epoch), its events go on to \(position.epoch)")
    }
    result.itemCount = accounts.holdings.count
    for (place, count) in accounts.balances where count != 0 {
      result.balances[place.text] = count
    }
    return true
  }

  /// Checks one event against the one before and applies it; `nil` where the chain is broken, as
  /// nothing after that can be trusted.
  private mutating func link(_ row: Row, after previous: Position?) throws -> Position? {
    let name = "event \(row["epoch"] as Int).\(row["sequence"] as Int64)"
    guard let epoch = Epoch(row["epoch"]) else {
      result.note("\(name): the epoch is out of range")
      return nil
    }
    let start =
      previous.flatMap { $0.epoch == epoch ? $0 : nil } ?? .start(of: station, epoch: epoch)
    let bytes: Data = row["bytes"]
    let hash = start.hash.link(bytes)
    guard row["sequence"] == start.sequence + 1 else {
      result.note("\(name): expected event \(epoch).\(start.sequence + 1)")
      return nil
    }
    guard ChainHash(bytes: row["hash"] as Data) == hash else {
      result.note("\(name): the chain's hash does not fit; this or an earlier event was changed")
      return nil
    }
    do throws(CBORError) {
      apply(try Event(encoded: bytes), of: row, named: name)
    } catch {
      result.note("\(name): can't be read (\(error))")
    }
    result.eventCount += 1
    return Position(epoch: epoch, sequence: start.sequence + 1, hash: hash)
  }

  private mutating func apply(_ event: Event, of row: Row, named name: String) {
    let operation: Data = row["operation"]
    if event.station != station || event.epoch.number != row["epoch"]
      || event.sequence != row["sequence"] || event.operation.bytes != Array(operation)
    {
      result.note("\(name): the event says that it is another")
    }
    for discrepancy in accounts.apply(event) {
      discrepancies.insert([
        "\(event.epoch).\(event.sequence)", discrepancy.name, discrepancy.item?.text ?? "",
      ])
    }
  }

  mutating func compareItems() throws {
    var unseen = accounts.holdings
    let rows = try BoundStatement(
      database, sql: "SELECT \(ItemRow.columns), accession FROM items ORDER BY id")
    try rows.forEach { row in
      let expected = (try? ItemID(row.text(0))).flatMap { unseen.removeValue(forKey: $0) }
      compare(row, with: expected)
      return true
    }
    for item in unseen.keys.sorted() { result.note("item \(item): missing from the table") }
  }

  private mutating func compare(_ row: BoundColumns, with expected: Holding?) {
    let (id, accession) = (row.text(0), row.text(9))
    guard let found = try? ItemRow.holding(row) else {
      return result.note("item \(id): the row can't be read")
    }
    guard let expected else { return result.note("item \(id): no event registers it") }
    if found != expected {
      result.note(
        "item \(id): the table has \(summary(found)), the events give \(summary(expected))")
    }
    if accession != found.item.accession.text {
      result.note("item \(id): listed under accession number \(accession)")
    }
  }

  private func summary(_ holding: Holding) -> String {
    let loan = holding.loan.map { ", due \($0.due), renewed \($0.renewals) times" } ?? ""
    return "\(holding.place)\(loan), act \(holding.version)"
  }

  mutating func compareRecords() throws {
    var unseen = accounts.records
    let rows = try BoundStatement(
      database, sql: "SELECT \(RecordRow.columns), folded FROM records ORDER BY id")
    try rows.forEach { row in
      let id = row.text(0)
      let found = try? RecordRow.record(row)
      let expected = RecordID(id).flatMap { unseen.removeValue(forKey: $0) }
      if found == nil || found != expected || found.map(RecordRow.folded) != row.text(10) {
        result.note("record \(id): the table and the events differ")
      }
      return true
    }
    for id in unseen.keys.sorted() { result.note("record \(id): missing from the table") }
  }

  mutating func compareBalances() throws {
    let found = try JournalView.balances(in: database)
    let expected = accounts.balances.filter { $0.value != 0 }
    for place in Set(found.keys).union(expected.keys).sorted(by: { $0.text < $1.text })
    where found[place] != expected[place] {
      result.note(
        "place \(place): the table has \(found[place] ?? 0) items, "
          + "the events give \(expected[place] ?? 0)")
    }
    let sum = found.values.reduce(0, +)
    if sum != 0 { result.note("custody: the places and the register differ by \(sum)") }
  }

  mutating func compareReadings() throws {
    let rows = try Row.fetchAll(database, sql: "SELECT * FROM readings")
    var unseen = accounts.readings
    for row in rows {
      let key = MaterialKind(rawValue: row["kind"]).map {
        ReadingKey(
          day: SchoolDay(number: row["day"]), schoolClass: SchoolClass(row["class"] as String),
          kind: $0)
      }
      if key.flatMap({ unseen.removeValue(forKey: $0) }) != row["readings"] as Int {
        result.note(
          "on-site readings of day \(SchoolDay(number: row["day"])), class "
            + "\(row["class"] as String): the table and the events differ")
      }
    }
    for key in unseen.keys { result.note("on-site readings of day \(key.day): missing") }
  }

  mutating func compareDiscrepancies() throws {
    let found = Set(
      try Row.fetchAll(database, sql: "SELECT * FROM discrepancies").map { row in
        [
          "\(row["epoch"] as Int).\(row["sequence"] as Int64)", row["name"] as String,
          row["item"] as String? ?? "",
        ]
      })
    for difference in found.symmetricDifference(discrepancies).sorted(by: { $0[0] < $1[0] }) {
      result.note(
        "discrepancy \(difference[1]) of event \(difference[0]): the table and the events differ")
    }
  }

  /// A receipt must speak of an event that is here: else the store is older than its receipt.
  mutating func compareReceipts() throws {
    for row in try Row.fetchAll(database, sql: "SELECT * FROM receipts") {
      let position = [row["epoch"] as Int64, row["sequence"] as Int64]
      let hash = ChainHash(bytes: row["hash"] as Data)
      if position[1] > 0, acknowledged[position] != hash {
        result.note(
          "receipt for event \(position[0]).\(position[1]): that event is not in this journal")
      }
    }
  }
}
