/// The tables of a host's store in PostgreSQL, in a schema of their own.
///
/// Every key begins with the column by which Citus would spread the table, as Citus demands: the
/// station for what stations report, the library for what libraries hold. Text is ordered by its
/// bytes, so that both databases give every list in the same order.
enum PostgresRegistrySchema {
  static let name = "lienthong"
  static let version = 11

  /// Each table that is spread, and by which of its columns.
  static let distribution = [
    ("stations", "station"), ("events", "station"), ("receipts", "station"),
    ("quarantine", "station"), ("conflicts", "station"), ("invitations", "library"),
    ("holdings", "library"), ("records", "library"), ("boxes", "library"),
    ("readings", "library"), ("balances", "reporter"),
  ]

  /// Those that the second version added.
  private static let feedDistribution = [("feed", "library"), ("feed_checkpoints", "station")]

  /// Refuses a database that holds no host, or one of a later version; gives the version.
  @discardableResult
  static func refuseWhenUnknown(_ connection: PostgresConnection) throws -> Int {
    let host = try connection.run("SELECT version FROM host") { _ in }
    guard let row = host.first else { throw RegistryError.databaseHoldsNoHost }
    guard row.int(0) <= version else {
      throw RegistryError.newerVersion(found: row.int(0), known: version)
    }
    return row.int(0)
  }

  /// Brings a database up to this version, inside a transaction that writes alone.
  ///
  /// Host processes of an older version must have ended: they would tell stations nothing.
  static func migrate(_ connection: PostgresConnection) throws {
    let found = try refuseWhenUnknown(connection)
    guard found < version else { return }
    try changeShardsInTurn(connection)
    // Before the steps that read where copies are, and tell of them, which note who has had them.
    if found < 11 { try addActs(connection) }
    if found < 10 { try addAddressees(connection) }
    if found < 2 { try addFeed(connection) }
    if found < 3 { try addOffice(connection) }
    if found < 4 { try addRotas(connection) }
    if found < 5 { try addSharing(connection) }
    if found < 6 { try addPolicies(connection) }
    if found < 7 { try addTerms(connection) }
    if found < 8 { try addStages(connection) }
    if found < 9 { try addPlanning(connection) }
    if found < 11 { try addGroupClosings(connection) }
    if found < 11 { try addSealings(connection) }
    // After all steps, as what fills the tables knows them as they are now.
    let books = PostgresRegistryBooks(connection: connection)
    if found < 2 { try books.publishAll() }
    if found < 11 { try books.gatherTrails() }
    if found < 9 { try books.fillConditions() }
    if found < 10 { try books.addressAll() }
    if found < 11 {
      try books.gatherActs()
      try books.recountLoans()
      try books.noteSlipKeys()
    }
    try connection.run("UPDATE host SET version = \(version)")
  }

  private static func addFeed(_ connection: PostgresConnection) throws {
    try connection.run(feed)
    if try hasCitus(connection) { try spread(feedDistribution, connection) }
  }

  private static func addRotas(_ connection: PostgresConnection) throws {
    try connection.run(rotas)
    if try hasCitus(connection) { try spread([("rotas", "rota")], connection) }
  }

  private static func addTerms(_ connection: PostgresConnection) throws {
    try connection.run(TermSchema.postgres)
    if try hasCitus(connection) { try spread(TermSchema.distribution, connection) }
  }

  private static func addGroupClosings(_ connection: PostgresConnection) throws {
    try connection.run(GroupClosingSchema.postgres)
    if try hasCitus(connection) {
      try spread(GroupClosingSchema.distribution, connection)
    } else {
      try connection.run(GroupClosingSchema.postgresGuard)
    }
  }

  private static func addSharing(_ connection: PostgresConnection) throws {
    try connection.run(SharingSchema.postgres)
    try PostgresRegistryBooks(connection: connection).publishAgreement()
  }

  private static func addPolicies(_ connection: PostgresConnection) throws {
    try connection.run(PolicySchema.postgres)
    if try hasCitus(connection) { try spread(PolicySchema.distribution, connection) }
    try PostgresRegistryBooks(connection: connection).catchUp()
  }

  private static func addStages(_ connection: PostgresConnection) throws {
    try connection.run(StageSchema.postgres)
    if try hasCitus(connection) { try spread(StageSchema.distribution, connection) }
  }

  private static func addPlanning(_ connection: PostgresConnection) throws {
    try connection.run(PlanningSchema.postgres)
    if try hasCitus(connection) { try spread(PlanningSchema.distribution, connection) }
  }

  private static func addSealings(_ connection: PostgresConnection) throws {
    try connection.run(TermSchema.Sealings.postgres)
    if try hasCitus(connection) { try spread(TermSchema.Sealings.distribution, connection) }
  }

  private static func addAddressees(_ connection: PostgresConnection) throws {
    try connection.run(AddresseeSchema.postgres)
    if try hasCitus(connection) { try spread(AddresseeSchema.distribution, connection) }
  }

  private static func addActs(_ connection: PostgresConnection) throws {
    try connection.run(ActSchema.postgres)
    if try hasCitus(connection) { try spread(ActSchema.distribution, connection) }
  }

  private static func spread(
    _ tables: [(String, String)], _ connection: PostgresConnection
  ) throws {
    for (table, column) in tables {
      try connection.run("SELECT create_distributed_table('\(table)', '\(column)')")
    }
  }

  private static func addOffice(_ connection: PostgresConnection) throws {
    try connection.run(OfficeSchema.postgres)
    try connection.run(OfficeSchema.namingConflicts)
    if try hasCitus(connection) { try spread(OfficeSchema.distribution, connection) }
    try PostgresRegistryBooks(connection: connection).foldTitles()
  }

  /// Makes the tables inside the transaction that the connection is in.
  static func create(in connection: PostgresConnection, groupName: String) throws {
    try createSchema(connection)
    try changeShardsInTurn(connection)
    for part in [stations, events, items, reports, boxes] { try connection.run(part) }
    if try hasCitus(connection) {
      try spread(distribution, connection)
    } else {
      // A spread table can have no trigger.
      try connection.run(guardOfEvents)
    }
    try addActs(connection)
    try addAddressees(connection)
    try addFeed(connection)
    try addOffice(connection)
    try addRotas(connection)
    try addSharing(connection)
    try addPolicies(connection)
    try addTerms(connection)
    try addStages(connection)
    try addPlanning(connection)
    try addGroupClosings(connection)
    try addSealings(connection)
    try connection.run("INSERT INTO host (singleton, name, version) VALUES (1, $1, \(version))") {
      $0.bind(groupName)
    }
  }

  /// Another host's schema is there, or is being made at this moment.
  private static func createSchema(_ connection: PostgresConnection) throws {
    do {
      try connection.run("CREATE SCHEMA \(name)")
    } catch {
      let isTaken = error.sqlState == "42P06" || error.sqlState == "23505"
      throw isTaken ? RegistryError.databaseHoldsHost : error
    }
  }

  /// Lets the transaction change a function after tables that are spread: with their shards changed
  /// side by side, Citus refuses that.
  private static func changeShardsInTurn(_ connection: PostgresConnection) throws {
    guard try hasCitus(connection) else { return }
    try connection.run("SET LOCAL citus.multi_shard_modify_mode TO 'sequential'")
  }

  static func hasCitus(_ connection: PostgresConnection) throws -> Bool {
    try connection.run("SELECT extname FROM pg_extension WHERE extname = 'citus'").count > 0
  }

  private static let stations = """
    CREATE TABLE host (
      singleton bigint PRIMARY KEY CHECK (singleton = 1),
      name text NOT NULL,
      version bigint NOT NULL
    );
    CREATE TABLE stations (
      station text COLLATE "C" NOT NULL,
      epoch bigint NOT NULL CHECK (epoch > 0),
      library text COLLATE "C" NOT NULL,
      library_name text NOT NULL,
      public_key bytea NOT NULL CHECK (length(public_key) = 32),
      sequence bigint NOT NULL CHECK (sequence >= 0),
      hash bytea NOT NULL CHECK (length(hash) = 32),
      last_contact bigint,
      ended bigint,
      last_trusted bigint CHECK (last_trusted >= 0),
      PRIMARY KEY (station, epoch)
    );
    CREATE TABLE receipts (
      station text COLLATE "C" NOT NULL,
      epoch bigint NOT NULL,
      sequence bigint NOT NULL,
      hash bytea NOT NULL CHECK (length(hash) = 32),
      bytes bytea NOT NULL,
      PRIMARY KEY (station, epoch)
    );
    CREATE TABLE invitations (
      library text COLLATE "C" NOT NULL,
      id bytea NOT NULL CHECK (length(id) = 8),
      secret bytea NOT NULL CHECK (length(secret) = 32),
      expires bigint NOT NULL,
      station text COLLATE "C",
      epoch bigint,
      public_key bytea CHECK (length(public_key) = 32),
      PRIMARY KEY (library, id),
      CHECK ((station IS NULL) = (epoch IS NULL) AND (station IS NULL) = (public_key IS NULL))
    );
    """

  private static let events = """
    CREATE TABLE events (
      station text COLLATE "C" NOT NULL,
      epoch bigint NOT NULL,
      sequence bigint NOT NULL CHECK (sequence > 0),
      hash bytea NOT NULL CHECK (length(hash) = 32),
      bytes bytea NOT NULL,
      PRIMARY KEY (station, epoch, sequence)
    );
    CREATE TABLE quarantine (
      station text COLLATE "C" NOT NULL,
      epoch bigint NOT NULL,
      sequence bigint NOT NULL CHECK (sequence > 0),
      hash bytea NOT NULL CHECK (length(hash) = 32),
      bytes bytea NOT NULL,
      reason bigint NOT NULL,
      received bigint NOT NULL,
      PRIMARY KEY (station, epoch, sequence, hash)
    );
    """

  private static let guardOfEvents = """
    CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      RAISE EXCEPTION 'an event is never changed or deleted';
    END $$;
    CREATE TRIGGER events_are_never_changed BEFORE UPDATE OR DELETE OR TRUNCATE ON events
      FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
    """

  /// Rows are changed in place often, so pages keep some room for their next version.
  private static let items = """
    CREATE TABLE holdings (
      library text COLLATE "C" NOT NULL,
      accession text COLLATE "C" NOT NULL,
      record text COLLATE "C" NOT NULL,
      place text COLLATE "C" NOT NULL,
      version bigint NOT NULL CHECK (version > 0),
      borrower bytea CHECK (length(borrower) = 16),
      checked_out bigint,
      due bigint,
      renewals bigint,
      last_station text COLLATE "C" NOT NULL,
      last_epoch bigint NOT NULL,
      last_sequence bigint NOT NULL,
      gaps text COLLATE "C" NOT NULL,
      PRIMARY KEY (library, accession),
      CHECK ((borrower IS NULL) = (due IS NULL)
        AND (borrower IS NULL) = (checked_out IS NULL)
        AND (borrower IS NULL) = (renewals IS NULL))
    ) WITH (fillfactor = 70);
    CREATE TABLE records (
      library text COLLATE "C" NOT NULL,
      id text COLLATE "C" NOT NULL,
      title text NOT NULL,
      author text,
      publisher text,
      year bigint,
      kind text COLLATE "C" NOT NULL,
      grade bigint,
      on_site_only bigint NOT NULL CHECK (on_site_only IN (0, 1)),
      isbn text COLLATE "C",
      PRIMARY KEY (library, id)
    );
    """

  private static let reports = """
    CREATE TABLE balances (
      reporter text COLLATE "C" NOT NULL,
      place text COLLATE "C" NOT NULL,
      items bigint NOT NULL,
      PRIMARY KEY (reporter, place)
    ) WITH (fillfactor = 50);
    CREATE TABLE readings (
      library text COLLATE "C" NOT NULL,
      day bigint NOT NULL,
      class text COLLATE "C" NOT NULL,
      kind text COLLATE "C" NOT NULL,
      readings bigint NOT NULL CHECK (readings > 0),
      PRIMARY KEY (library, day, class, kind)
    );
    CREATE TABLE conflicts (
      station text COLLATE "C" NOT NULL,
      epoch bigint NOT NULL,
      sequence bigint NOT NULL,
      name text COLLATE "C" NOT NULL,
      noted bigint NOT NULL,
      act text COLLATE "C" NOT NULL,
      item text COLLATE "C",
      claimed text COLLATE "C",
      actual text COLLATE "C",
      last_station text COLLATE "C",
      last_epoch bigint,
      last_sequence bigint,
      PRIMARY KEY (station, epoch, sequence, name)
    );
    CREATE INDEX conflicts_by_time ON conflicts (noted);
    """

  /// What stations are told, and how far each has come.
  private static let feed = """
    ALTER TABLE host ADD COLUMN feed_head bigint NOT NULL DEFAULT 0;
    CREATE TABLE feed (
      library text COLLATE "C" NOT NULL,
      kind bigint NOT NULL,
      key text COLLATE "C" NOT NULL,
      rank bigint NOT NULL,
      sequence bigint CHECK (sequence > 0),
      bytes bytea NOT NULL,
      PRIMARY KEY (library, kind, key)
    );
    CREATE INDEX feed_by_sequence ON feed (sequence) WHERE sequence IS NOT NULL;
    CREATE INDEX feed_without_number ON feed (kind, library, key) WHERE sequence IS NULL;
    CREATE TABLE feed_checkpoints (
      station text COLLATE "C" NOT NULL,
      version bigint NOT NULL CHECK (version > 0),
      lineage bigint NOT NULL,
      sequence bigint NOT NULL,
      PRIMARY KEY (station, version)
    );
    """

  /// Every revision of every rota.
  private static let rotas = """
    CREATE TABLE rotas (
      rota text COLLATE "C" NOT NULL,
      revision bigint NOT NULL CHECK (revision > 0),
      published bigint NOT NULL,
      reason text NOT NULL,
      text text NOT NULL,
      PRIMARY KEY (rota, revision)
    );
    """

  private static let boxes = """
    CREATE TABLE boxes (
      library text COLLATE "C" NOT NULL,
      box text COLLATE "C" NOT NULL,
      at text COLLATE "C" NOT NULL,
      trip bigint NOT NULL,
      act text COLLATE "C" NOT NULL,
      destination text COLLATE "C",
      station text COLLATE "C" NOT NULL,
      epoch bigint NOT NULL,
      sequence bigint NOT NULL,
      PRIMARY KEY (library, box, at)
    );
    """
}
