import GRDB

/// The tables of a host's store in SQLite, step by step.
///
/// Every table's key begins with the column by which a sharded database would spread it: the
/// station for what stations report, the library for what libraries hold. A step that has shipped
/// is never edited; a change is a new step.
enum SQLiteRegistrySchema {
  /// "LThs", so that `file` and SQLite's tools can tell a host's store from another database.
  static let applicationID = 0x4C54_6873
  static let version = 14

  /// Gives the version that the database is of, 0 for an empty one; refuses what is no host's.
  static func checkedVersion(_ database: Database) throws -> Int {
    let application = try Int.fetchOne(database, sql: "PRAGMA application_id") ?? 0
    let found = try Int.fetchOne(database, sql: "PRAGMA user_version") ?? 0
    let objects = try Int.fetchOne(database, sql: "SELECT count(*) FROM sqlite_master") ?? 0
    let isEmpty = application == 0 && found == 0 && objects == 0
    guard application == applicationID || isEmpty else {
      throw RegistryError.notAHost(applicationID: application)
    }
    guard found <= version else {
      throw RegistryError.newerVersion(found: found, known: version)
    }
    return found
  }

  static func migrate(_ database: Database) throws {
    let found = try checkedVersion(database)
    guard found < version else { return }
    // Before the steps that tell of copies, which note who has had them.
    if found < 13 { try database.execute(sql: AddresseeSchema.sqlite) }
    if found < 1 { try createFirstVersion(database) }
    if found < 2 { try database.execute(sql: enrolment) }
    if found < 3 { try database.execute(sql: boxes) }
    // Before the steps that read where copies are.
    if found < 14 { try database.execute(sql: ActSchema.sqlite) }
    if found < 4 {
      // A sum is kept by who reports, not by where the items are.
      try database.execute(sql: "ALTER TABLE balances RENAME COLUMN library TO reporter")
    }
    if found < 5 { try database.execute(sql: feed) }
    if found < 6 { try addOffice(database) }
    if found < 7 { try database.execute(sql: rotas) }
    if found < 8 { try addSharing(database) }
    if found < 9 { try addPolicies(database) }
    if found < 10 { try database.execute(sql: TermSchema.sqlite) }
    if found < 11 { try database.execute(sql: StageSchema.sqlite) }
    if found < 12 { try database.execute(sql: PlanningSchema.sqlite) }
    if found < 14 { try database.execute(sql: GroupClosingSchema.sqlite) }
    if found < 14 { try database.execute(sql: TermSchema.Sealings.sqlite) }
    try fill(database, after: found)
    try database.execute(sql: "PRAGMA user_version = \(version)")
    try database.execute(sql: "PRAGMA application_id = \(applicationID)")
  }

  /// Fills tables that an earlier version did not have, after all steps, as what fills them knows
  /// the tables as they are now.
  private static func fill(_ database: Database, after found: Int) throws {
    let books = SQLiteRegistryBooks(database: database)
    if found < 5 { try books.publishAll() }
    if found < 14 { try books.gatherTrails() }
    if found < 12 { try books.fillConditions() }
    if found < 13 { try books.addressAll() }
    if found < 14 {
      try books.gatherActs()
      try books.recountLoans()
      try books.noteSlipKeys()
    }
  }

  private static func addOffice(_ database: Database) throws {
    try database.execute(sql: OfficeSchema.sqlite)
    try database.execute(sql: OfficeSchema.namingConflicts)
    try SQLiteRegistryBooks(database: database).foldTitles()
  }

  private static func addSharing(_ database: Database) throws {
    try database.execute(sql: SharingSchema.sqlite)
    try SQLiteRegistryBooks(database: database).publishAgreement()
  }

  private static func addPolicies(_ database: Database) throws {
    try database.execute(sql: PolicySchema.sqlite)
    try SQLiteRegistryBooks(database: database).catchUp()
  }

  private static func createFirstVersion(_ database: Database) throws {
    try database.execute(sql: stations)
    try database.execute(sql: events)
    try database.execute(sql: books)
  }

  private static let stations = """
    CREATE TABLE host (
      singleton INTEGER PRIMARY KEY CHECK (singleton = 1),
      name TEXT NOT NULL
    ) STRICT;
    CREATE TABLE stations (
      station TEXT NOT NULL,
      epoch INTEGER NOT NULL CHECK (epoch > 0),
      library TEXT NOT NULL,
      library_name TEXT NOT NULL,
      public_key BLOB NOT NULL CHECK (length(public_key) = 32),
      sequence INTEGER NOT NULL CHECK (sequence >= 0),
      hash BLOB NOT NULL CHECK (length(hash) = 32),
      last_contact INTEGER,
      PRIMARY KEY (station, epoch)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE receipts (
      station TEXT NOT NULL,
      epoch INTEGER NOT NULL,
      sequence INTEGER NOT NULL,
      hash BLOB NOT NULL CHECK (length(hash) = 32),
      bytes BLOB NOT NULL,
      PRIMARY KEY (station, epoch)
    ) STRICT, WITHOUT ROWID;
    """

  /// Codes, the ends of epochs, and the events that came after them.
  private static let enrolment = """
    ALTER TABLE stations ADD COLUMN ended INTEGER;
    ALTER TABLE stations ADD COLUMN last_trusted INTEGER CHECK (last_trusted >= 0);
    CREATE TABLE invitations (
      library TEXT NOT NULL,
      id BLOB NOT NULL CHECK (length(id) = 8),
      secret BLOB NOT NULL CHECK (length(secret) = 32),
      expires INTEGER NOT NULL,
      station TEXT,
      epoch INTEGER,
      public_key BLOB CHECK (public_key IS NULL OR length(public_key) = 32),
      PRIMARY KEY (library, id),
      CHECK ((station IS NULL) = (epoch IS NULL) AND (station IS NULL) = (public_key IS NULL))
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE quarantine (
      station TEXT NOT NULL,
      epoch INTEGER NOT NULL,
      sequence INTEGER NOT NULL CHECK (sequence > 0),
      hash BLOB NOT NULL CHECK (length(hash) = 32),
      bytes BLOB NOT NULL,
      reason INTEGER NOT NULL,
      received INTEGER NOT NULL,
      PRIMARY KEY (station, epoch, sequence, hash)
    ) STRICT, WITHOUT ROWID;
    """

  /// What each library last said of a box, and acts on items that have not come yet.
  ///
  /// The library is the one that the box belongs to; `at` is the one that speaks of it.
  private static let boxes = """
    ALTER TABLE holdings ADD COLUMN gaps TEXT NOT NULL DEFAULT '';
    CREATE TABLE boxes (
      library TEXT NOT NULL,
      box TEXT NOT NULL,
      at TEXT NOT NULL,
      trip INTEGER NOT NULL,
      act TEXT NOT NULL,
      destination TEXT,
      station TEXT NOT NULL,
      epoch INTEGER NOT NULL,
      sequence INTEGER NOT NULL,
      PRIMARY KEY (library, box, at)
    ) STRICT, WITHOUT ROWID;
    """

  /// What stations are told, and how far each has come.
  ///
  /// What has changed has no number until somebody asks; see `RegistryTransaction.numberFeed`.
  private static let feed = """
    ALTER TABLE host ADD COLUMN feed_head INTEGER NOT NULL DEFAULT 0;
    CREATE TABLE feed (
      library TEXT NOT NULL,
      kind INTEGER NOT NULL,
      key TEXT NOT NULL,
      rank INTEGER NOT NULL,
      sequence INTEGER CHECK (sequence > 0),
      bytes BLOB NOT NULL,
      PRIMARY KEY (library, kind, key)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX feed_by_sequence ON feed (sequence) WHERE sequence IS NOT NULL;
    CREATE INDEX feed_without_number ON feed (kind, library, key) WHERE sequence IS NULL;
    CREATE TABLE feed_checkpoints (
      station TEXT NOT NULL,
      version INTEGER NOT NULL CHECK (version > 0),
      lineage INTEGER NOT NULL,
      sequence INTEGER NOT NULL,
      PRIMARY KEY (station, version)
    ) STRICT, WITHOUT ROWID;
    """

  /// Every revision of every rota.
  private static let rotas = """
    CREATE TABLE rotas (
      rota TEXT NOT NULL,
      revision INTEGER NOT NULL CHECK (revision > 0),
      published INTEGER NOT NULL,
      reason TEXT NOT NULL,
      text TEXT NOT NULL,
      PRIMARY KEY (rota, revision)
    ) STRICT, WITHOUT ROWID;
    """

  private static let events = """
    CREATE TABLE events (
      station TEXT NOT NULL,
      epoch INTEGER NOT NULL,
      sequence INTEGER NOT NULL CHECK (sequence > 0),
      hash BLOB NOT NULL CHECK (length(hash) = 32),
      bytes BLOB NOT NULL,
      PRIMARY KEY (station, epoch, sequence)
    ) STRICT, WITHOUT ROWID;
    CREATE TRIGGER events_are_not_changed BEFORE UPDATE ON events BEGIN
      SELECT RAISE(ABORT, 'an event is never changed');
    END;
    CREATE TRIGGER events_are_not_deleted BEFORE DELETE ON events BEGIN
      SELECT RAISE(ABORT, 'an event is never deleted');
    END;
    """

  /// What the events add up to.
  private static let books = """
    CREATE TABLE holdings (
      library TEXT NOT NULL,
      accession TEXT NOT NULL,
      record TEXT NOT NULL,
      place TEXT NOT NULL,
      version INTEGER NOT NULL CHECK (version > 0),
      borrower BLOB CHECK (borrower IS NULL OR length(borrower) = 16),
      checked_out INTEGER,
      due INTEGER,
      renewals INTEGER,
      last_station TEXT NOT NULL,
      last_epoch INTEGER NOT NULL,
      last_sequence INTEGER NOT NULL,
      PRIMARY KEY (library, accession),
      CHECK ((borrower IS NULL) = (due IS NULL)
        AND (borrower IS NULL) = (checked_out IS NULL)
        AND (borrower IS NULL) = (renewals IS NULL))
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE records (
      library TEXT NOT NULL,
      id TEXT NOT NULL,
      title TEXT NOT NULL,
      author TEXT,
      publisher TEXT,
      year INTEGER,
      kind TEXT NOT NULL,
      grade INTEGER,
      on_site_only INTEGER NOT NULL CHECK (on_site_only IN (0, 1)),
      isbn TEXT,
      PRIMARY KEY (library, id)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE balances (
      library TEXT NOT NULL,
      place TEXT NOT NULL,
      items INTEGER NOT NULL,
      PRIMARY KEY (library, place)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE readings (
      library TEXT NOT NULL,
      day INTEGER NOT NULL,
      class TEXT NOT NULL,
      kind TEXT NOT NULL,
      readings INTEGER NOT NULL CHECK (readings > 0),
      PRIMARY KEY (library, day, class, kind)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE conflicts (
      station TEXT NOT NULL,
      epoch INTEGER NOT NULL,
      sequence INTEGER NOT NULL,
      name TEXT NOT NULL,
      noted INTEGER NOT NULL,
      act TEXT NOT NULL,
      item TEXT,
      claimed TEXT,
      actual TEXT,
      last_station TEXT,
      last_epoch INTEGER,
      last_sequence INTEGER,
      PRIMARY KEY (station, epoch, sequence, name)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX conflicts_by_time ON conflicts (noted);
    """
}
