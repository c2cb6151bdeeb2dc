import Exchange
import Foundation
import GRDB
import Ledger
import Registry
import TestSupport
import Testing

@Suite("A host's store")
struct StoreTests {
  private let host: HostFixture

  init() throws {
    host = try HostFixture()
  }

  @Test("is set up once in a folder")
  func folders() throws {
    let empty = HostFolder(path: NSTemporaryDirectory() + UUID().uuidString)
    #expect(throws: RegistryError.noHost(folder: empty.path)) {
      try SQLiteRegistryStore(folder: empty)
    }
    #expect(throws: RegistryError.hostExists(folder: host.folder.path)) {
      try SQLiteRegistryStore.create(in: host.folder, groupName: "x")
    }
  }

  @Test("of the version before keeps its sums, and goes on counting")
  func earlierVersion() async throws {
    let maker = try FactMaker("TT1")
    var chain = try StationChain(of: "TT1")
    chain.record([maker.registration(try maker.item(1)), maker.checkout(try maker.item(1))])
    try await host.enrol(chain)
    _ = try await host.registry.apply(chain.sealed(0..<1))
    try host.store.close()
    // There a sum was kept by where the items are; nobody reported from outside.
    try HostStore.open(host.folder) {
      try $0.execute(
        sql: HostStore.withoutOffice + """
          ALTER TABLE balances RENAME COLUMN reporter TO library;
          UPDATE balances SET library = '' WHERE place = 'outside';
          DROP TABLE feed; DROP TABLE feed_checkpoints;
          ALTER TABLE host DROP COLUMN feed_head;
          PRAGMA user_version = 3;
          """)
    }
    let registry = try await host.secondRegistry()
    _ = try await registry.apply(chain.sealed(1..<2))
    #expect(try await registry.overview().balances == [.outside: -1, maker.patron: 1])
    #expect(try await registry.verify().problems == [])
  }

  @Test(
    "of the version before the office is brought up, its conflicts under their new names",
    arguments: StoreKind.allCases)
  func earlierOffice(kind: StoreKind) async throws {
    let host = try await HostFixture(kind)
    let maker = try FactMaker("TT1")
    let item = try maker.item(1)
    var chain = try StationChain(of: "TT1")
    chain.record([maker.description(), maker.registration(item)])
    chain.record([maker.checkout(item), maker.checkout(item)])
    try await host.enrol(chain)
    _ = try await host.registry.apply(chain.sealed())
    try HostStore.execute("UPDATE conflicts SET name = 'moved-from-elsewhere'", in: host)
    try HostStore.execute(
      HostStore.withoutOffice
        + (kind == .sqlite
          ? "PRAGMA user_version = 5"
          : "DROP FUNCTION refuse_rewriting; UPDATE host SET version = 2"),
      in: host)
    let registry = try await host.secondRegistry()
    let found = try await registry.conflicts(ConflictFilter(), limit: 9).conflicts
    #expect(found.map(\.conflict.name) == ["on-loan-twice"])
    let items = try await registry.items(ItemSearch(text: "de men"), limit: 9)
    #expect(items.map(\.held.holding.item) == [item])
    #expect(try await registry.accounts().isEmpty)
  }

  @Test("of a newer version is left alone")
  func newerVersion() throws {
    try HostStore.open(host.folder) { try $0.execute(sql: "PRAGMA user_version = 99") }
    #expect(throws: RegistryError.newerVersion(found: 99, known: 14)) {
      try SQLiteRegistryStore(folder: host.folder)
    }
  }

  @Test(
    "is not another program's database, which is left as it is",
    arguments: [
      ("PRAGMA application_id = 42", 42), ("CREATE TABLE notes (text TEXT)", 0),
      ("PRAGMA user_version = 9", 0),
    ])
  func foreign(sql: String, applicationID: Int) throws {
    let other = try TemporaryFolder()
    let folder = HostFolder(path: other.url.path)
    try HostStore.open(folder) { try $0.execute(sql: sql) }
    let file = URL(filePath: folder.database)
    let before = try Data(contentsOf: file)
    #expect(throws: RegistryError.notAHost(applicationID: applicationID)) {
      try SQLiteRegistryStore(folder: folder)
    }
    #expect(try Data(contentsOf: file) == before)
  }

  @Test("is not a file of something else")
  func garbage() throws {
    let other = try TemporaryFolder()
    try other.write([UInt8](repeating: 0x41, count: 8_192), to: "host.sqlite")
    #expect {
      try SQLiteRegistryStore(folder: HostFolder(path: other.url.path))
    } throws: { error in
      if case RegistryError.damaged = error { true } else { false }
    }
  }

  @Test(
    "lets nobody change or delete an event", arguments: StoreKind.guardingEvents,
    ["UPDATE events SET bytes = zeroblob(1)", "DELETE FROM events"])
  func immutable(kind: StoreKind, sql: String) async throws {
    let host = try await HostFixture(kind)
    var chain = try StationChain(of: "TT1")
    chain.record([try FactMaker("TT1").reading(1)])
    try await host.enrol(chain)
    _ = try await host.registry.apply(chain.sealed())
    #expect(throws: (any Error).self) { try HostStore.execute(sql, in: host) }
    #expect(try await host.registry.verify().problems == [])
  }
}

@Suite("Verifying a host")
struct VerificationTests {
  /// A host with three books, of which one is lent.
  private func host(_ kind: StoreKind) async throws -> HostFixture {
    let host = try await HostFixture(kind)
    let maker = try FactMaker("TT1")
    var chain = try StationChain(of: "TT1")
    for serial in 1...3 { chain.record([maker.registration(try maker.item(serial))]) }
    chain.record([maker.checkout(try maker.item(1)), maker.reading(7)])
    try await host.enrol(chain)
    _ = try await host.registry.apply(chain.sealed())
    return host
  }

  @Test("passes a store as it stands, and counts what is there", arguments: StoreKind.allCases)
  func passes(kind: StoreKind) async throws {
    let host = try await host(kind)
    let result = try await host.registry.verify()
    #expect(result.problems == [] && result.passed)
    #expect(result.stationCount == 1 && result.eventCount == 5 && result.itemCount == 3)
    let library = try FactMaker("TT1")
    #expect(result.balances == [.outside: -3, library.shelf: 2, library.patron: 1])
  }

  @Test("passes a store in which nothing is yet", arguments: StoreKind.allCases)
  func empty(kind: StoreKind) async throws {
    let host = try await HostFixture(kind)
    let result = try await host.registry.verify()
    #expect(result.passed && result.eventCount == 0 && result.balances.isEmpty)
  }

  @Test(
    "says where a changed table parts from the events", arguments: StoreKind.allCases,
    [
      ("UPDATE stations SET sequence = 4", "cursor stands at 1.4"),
      ("UPDATE stations SET hash = zeroblob(32)", "cursor"),
      ("UPDATE holdings SET place = 'missing:TT1' WHERE accession = 'TN.00002'", "missing:TT1"),
      ("DELETE FROM holdings WHERE accession = 'TN.00002'", "place shelf:TT1"),
      ("UPDATE balances SET items = 9 WHERE place = 'shelf:TT1'", "custody"),
      ("INSERT INTO balances VALUES ('XX', 'shelf:XX', 2)", "place shelf:XX"),
      ("UPDATE readings SET readings = 8", "on-site readings of TT1"),
      ("DELETE FROM stations", "nobody enrolled"),
      ("INSERT INTO events VALUES ('TT1-1', 1, 7, zeroblob(32), zeroblob(1))", "TT1-1/1.7"),
    ])
  func tables(kind: StoreKind, change: (sql: String, problem: String)) async throws {
    let host = try await host(kind)
    try HostStore.execute(change.sql, in: host)
    let problems = try await host.registry.verify().problems
    #expect(problems.contains { $0.contains(change.problem) }, "\(problems)")
  }

  @Test(
    "says which event was changed, taken out or put in", arguments: StoreKind.allCases,
    [
      "UPDATE events SET bytes = zeroblob(length(bytes)) WHERE sequence = 3",
      "UPDATE events SET hash = zeroblob(32) WHERE sequence = 3",
      "UPDATE events SET sequence = 999 WHERE sequence = 3",
      "DELETE FROM events WHERE sequence = 3",
    ])
  func chain(kind: StoreKind, sql: String) async throws {
    let host = try await host(kind)
    try HostStore.unlockEvents(of: host)
    try HostStore.execute(sql, in: host)
    let problems = try await host.registry.verify().problems
    #expect(problems.contains { $0.contains("1.3") || $0.contains("1.4") }, "\(problems)")
  }
}
