import Exchange
import Foundation
import GRDB
import Ledger
import Registry
import TestSupport

/// Looks into a host's tables, and changes them, behind the registry's back.
enum HostStore {
  /// What the events add up to, and the events; not the receipts, which tell how a batch went.
  static let books = [
    "acts", "balances", "conflicts", "events", "holdings", "movements", "readings", "records",
    "stations",
  ]

  /// What a reconciliation over the group goes by.
  static let termTables = [
    "movements", "box_routings", "closings", "statement_parts", "signatures",
  ]

  /// What the last version has added.
  static let closingTables = ["group_closings", "slip_keys"]

  /// Takes away what the last version has added.
  static let withoutLast =
    closingTables.map { "DROP TABLE \($0);" }.joined() + """
      DROP TABLE acts; DROP INDEX conflicts_by_item; ALTER TABLE holdings DROP COLUMN woven;

      """

  /// Takes the tables away that versions after the group's rules have added.
  static let withoutTerms =
    (termTables + ["feed_addressees"]).map { "DROP TABLE \($0);" }.joined() + withoutLast

  /// Takes the tables and columns of the office away, as they were not there before.
  static let withoutOffice =
    withoutTerms
    + [
      "accounts", "sessions", "audit", "decisions", "loans", "contacts", "members", "agreements",
      "rotas", "policies", "undone_loans", "released", "stage_boxes", "item_conditions",
    ]
    .map { "DROP TABLE \($0);" }.joined() + """
      ALTER TABLE feed_checkpoints DROP COLUMN view;
      ALTER TABLE quarantine DROP COLUMN ruling;
      ALTER TABLE quarantine DROP COLUMN ruled_at;
      ALTER TABLE quarantine DROP COLUMN ruled_by;
      ALTER TABLE quarantine DROP COLUMN ruled_because;
      DROP INDEX conflicts_by_ruling;
      DROP INDEX records_by_id;
      ALTER TABLE conflicts DROP COLUMN ruling;
      ALTER TABLE records DROP COLUMN folded;
      ALTER TABLE records DROP COLUMN subjects;

      """

  /// Takes what stages of rotas and their planning have brought away, as it was not there before.
  static let withoutStages = """
    DROP TABLE stage_boxes; DROP TABLE item_conditions; ALTER TABLE records DROP COLUMN subjects;

    """

  /// Every row of every table as text, by table.
  static func rows(of host: HostFixture, in tables: [String]? = nil) throws -> [String: [String]] {
    let names = try tables ?? self.tables(of: host)
    return try Dictionary(
      uniqueKeysWithValues: names.map { name in
        // A place that holds no item may have a row or none.
        let condition = name == "balances" ? "WHERE items <> 0" : ""
        return (name, try texts(of: "SELECT * FROM \(name) \(condition)", in: host).sorted())
      })
  }

  private static func tables(of host: HostFixture) throws -> [String] {
    try texts(
      of: host.address == nil
        ? "SELECT name FROM sqlite_master WHERE type = 'table'"
        : "SELECT tablename FROM pg_tables WHERE schemaname = 'lienthong'", in: host
    )
  }

  /// The rows of a query, each as one text.
  static func texts(of sql: String, in host: HostFixture) throws -> [String] {
    if let address = host.address {
      return try connection(address).run(sql).map { row in
        row.texts.map { $0 ?? "-" }.joined(separator: " ")
      }
    }
    return try open(host.folder) { database in
      try Row.fetchAll(database, sql: sql).map { row in
        row.map { text(of: $0.1) }.joined(separator: " ")
      }
    }
  }

  /// Changes tables by statements that both databases understand, `zeroblob` among them.
  static func execute(_ sql: String, in host: HostFixture) throws {
    if let address = host.address {
      let connection = try connection(address)
      // Citus takes one statement that changes a table at a time.
      for statement in sql.split(separator: ";") { try connection.run(String(statement)) }
    } else {
      try open(host.folder) { try $0.execute(sql: sql) }
    }
  }

  /// Takes away what forbids to change events.
  static func unlockEvents(of host: HostFixture) throws {
    if host.address == nil {
      try execute(
        "DROP TRIGGER events_are_not_changed; DROP TRIGGER events_are_not_deleted", in: host)
    } else if !PostgresCluster.hasCitus {
      try execute("DROP TRIGGER events_are_never_changed ON events", in: host)
    }
  }

  static func connection(_ address: PostgresAddress) throws -> PostgresConnection {
    let connection = try PostgresConnection(address)
    try connection.run(
      """
      SET search_path = lienthong;
      CREATE OR REPLACE FUNCTION zeroblob(integer) RETURNS bytea LANGUAGE sql IMMUTABLE
        AS $$ SELECT decode(repeat('00', $1), 'hex') $$
      """)
    return connection
  }

  static func open<Value>(
    _ folder: HostFolder, _ body: @Sendable (Database) throws -> Value
  ) throws -> Value {
    let queue = try DatabaseQueue(path: folder.database)
    let value = try queue.writeWithoutTransaction(body)
    try queue.close()
    return value
  }

  /// Bytes as PostgreSQL shows them.
  private static func text(of value: DatabaseValue) -> String {
    switch value.storage {
    case .blob(let data): "\\x" + Hex.text(of: Array(data))
    case .null: "-"
    default: String.fromDatabaseValue(value) ?? "\(value)"
    }
  }
}

extension HostFixture {
  /// A host at which TT1 has told of a title and three copies, and TT asks for the feed.
  static func telling(
    _ kind: StoreKind
  ) async throws -> (host: HostFixture, owner: StationChain, taker: FeedTaker) {
    let host = try await HostFixture(kind)
    let maker = try FactMaker("TT1")
    var owner = try StationChain(of: "TT1")
    owner.record([maker.description()])
    for serial in 1...3 { owner.record([maker.registration(try maker.item(serial))]) }
    let reader = try StationChain(of: "TT")
    for chain in [owner, reader] { try await host.enrol(chain) }
    _ = try await host.registry.apply(owner.sealed())
    return (host, owner, FeedTaker(reader))
  }

  /// Enrols a chain's station.
  func enrol(_ chain: StationChain) async throws {
    try await registry.enrol(chain.enrolment)
  }

  func cursor(of chain: StationChain) async throws -> Position? {
    try await registry.overview().stations
      .first { $0.enrolment.station == chain.station }?.cursor
  }
}
