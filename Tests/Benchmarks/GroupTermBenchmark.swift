import Circulation
import Exchange
import Foundation
import GRDB
import Labels
import Ledger
import Registry
import Rotation
import TestSupport

/// A term of a million items over 400 libraries added up from a host's books, in SQLite, and in
/// PostgreSQL where that is installed.
///
/// Every tenth item has travelled in a box. At first no library has closed the term and nothing is
/// counted, so that nothing is known of any shelf; then all have, and of the items that stayed one
/// in a hundred is missing by its library's statement.
enum GroupTermBenchmark {
  private static let libraries = 400
  private static let items = 1_000_000
  private static let travelling = 10
  private static let missing = 101
  /// Numbers in each station's chain: the last event before the term, and the last of it.
  private static let (after, through) = (5_000, 20_000)

  static func run() async throws -> [Figure] {
    let folder = try BenchmarkFolder()
    let host = HostFolder(path: folder.path + "/host")
    let store = try SQLiteRegistryStore.create(in: host, groupName: "benchmark")
    return try await figures(of: store, in: "SQLite") { sql in
      let queue = try DatabaseQueue(path: host.database)
      try queue.write { try $0.execute(sql: sql) }
      try queue.close()
    } + runPostgres()
  }

  private static func runPostgres() async throws -> [Figure] {
    let cluster: PostgresCluster
    do {
      cluster = try await PostgresCluster(in: "/var/tmp")
    } catch let error as PostgresCluster.DidNotStart {
      print("No figure of PostgreSQL: \(error.output)")
      return []
    }
    let address = try await cluster.makeDatabase()
    let store = try await PostgresRegistryStore.create(at: address, groupName: "benchmark")
    let figures = try await figures(of: store, in: "PostgreSQL") { sql in
      let connection = try PostgresConnection(address)
      try connection.run("SET search_path = lienthong; \(sql); ANALYZE movements")
    }
    store.close()
    return figures
  }

  private static func figures(
    of store: any RegistryStore, in database: String, filling fill: (String) throws -> Void
  ) async throws -> [Figure] {
    guard let term = Term(year: SchoolYear(start: 2026), semester: 1) else {
      throw BenchmarkProblem.badInput
    }
    let registry = GroupRegistry(store: store, key: SigningKey())
    var chains = try (0..<libraries).map { try StationChain(of: code($0)) }
    for chain in chains { try await registry.enrol(chain.enrolment) }
    try fill(movements)
    let open = try await measure(
      registry, term, expecting: [.notKnownYet: items],
      "reconciling 1,000,000 items over 400 libraries at the host before any has closed the term, "
        + "from \(database)", note: "nothing is counted, so nothing is known of any item")
    var missingCount = 0
    for number in chains.indices {
      missingCount += try close(term, number, in: &chains[number])
      _ = try await registry.apply(chains[number].sealed())
    }
    let closed = try await measure(
      registry, term, expecting: [.present: items - missingCount, .missing: missingCount],
      "reconciling 1,000,000 items over 400 libraries at the host, from \(database)",
      note: "\(items / travelling) travelled; \(missingCount) missing, each with its events")
    return closed + open
  }

  private static func measure(
    _ registry: GroupRegistry, _ term: Term, expecting expected: [Heading: Int], _ what: String,
    note: String
  ) async throws -> [Figure] {
    ServingProcess.forgetPeak()
    let before = try ServingProcess.ownMegabytes("VmRSS:")
    var headings: [Heading: Int] = [:]
    let time = try await ContinuousClock().measure {
      headings = try await registry.reconciliation(of: term).reconciliation.headings
    }
    let peak = try ServingProcess.ownMegabytes("VmHWM:")
    guard headings == expected else {
      print("\(headings)")
      throw BenchmarkProblem.badInput
    }
    return [
      Figure(what: what, goal: 10, measured: time.seconds, unit: "s", note: note),
      Figure(
        what: "the same: memory of the process at its peak", goal: 300, measured: peak, unit: "MB",
        note: "\(Int(before)) MB before"),
    ]
  }

  /// Closes the term at a library, which lists what is missing there, and says how much that is.
  private static func close(
    _ term: Term, _ number: Int, in chain: inout StationChain
  ) throws -> Int {
    var open: [TermStatement.Open] = []
    for serial in stride(from: number, to: items, by: libraries)
    where serial % travelling != 0 && serial % missing == 0 {
      let library = chain.station.library
      open.append(TermStatement.Open(try item(serial), .missing, since: term, at: library))
    }
    try chain.close(
      term, after: EventMark(epoch: .first, sequence: Int64(after)),
      through: EventMark(epoch: .first, sequence: Int64(through)), open: open)
    return open.count
  }

  private static func code(_ number: Int) -> String { "L\(100 + number)" }

  private static func item(_ serial: Int) throws -> ItemID {
    let digits = "\(100_000 + serial / libraries)".dropFirst()
    return try ItemID("\(code(serial % libraries)).TN.\(digits)")
  }

  /// Every item registered before the term, every tenth packed and received in it: statements that
  /// both databases understand.
  private static let movements = """
    INSERT INTO movements (library, accession, number, station, epoch, sequence, wall, step, at,
      box, record)
    WITH RECURSIVE item (i) AS (
      SELECT 0 UNION ALL SELECT i + 1 FROM item WHERE i < \(items - 1))
    SELECT \(library("i")), \(accession), 1, \(library("i")) || '-1', 1, i / \(libraries) + 1,
      1788000000000 + i, 1, \(library("i")), NULL, 'TT.' || i / 3
    FROM item;
    INSERT INTO movements (library, accession, number, station, epoch, sequence, wall, step, at,
      box, record)
    WITH RECURSIVE item (i) AS (
      SELECT 0 UNION ALL SELECT i + \(travelling) FROM item WHERE i < \(items - travelling))
    SELECT \(library("i")), \(accession), 2, \(library("i")) || '-1', 1,
      \(after + 2) + i / \(libraries), 1789000000000 + i, 3, \(library("i")),
      'B.' || \(library("i")) || '.0001', NULL
    FROM item;
    INSERT INTO movements (library, accession, number, station, epoch, sequence, wall, step, at,
      box, record)
    WITH RECURSIVE item (i) AS (
      SELECT 0 UNION ALL SELECT i + \(travelling) FROM item WHERE i < \(items - travelling))
    SELECT \(library("i")), \(accession), 3, \(library("i + 1")) || '-1', 1,
      \(after + 5_000) + i / \(libraries), 1790000000000 + i, 4, \(library("i + 1")),
      'B.' || \(library("i")) || '.0001', NULL
    FROM item;
    INSERT INTO box_routings (library, box, station, epoch, sequence, destination, sent, seal)
    WITH RECURSIVE item (i) AS (
      SELECT 0 UNION ALL SELECT i + 1 FROM item WHERE i < \(libraries - 1))
    SELECT \(library("i")), 'B.' || \(library("i")) || '.0001', \(library("i")) || '-1', 1,
      \(after + 1), \(library("i + 1")), 0, 0
    FROM item;
    """

  private static func library(_ number: String) -> String {
    "'L' || (100 + (\(number)) % \(libraries))"
  }

  private static let accession = "'TN.' || substr(CAST(100000 + i / \(libraries) AS text), 2)"
}
