import GRDB

/// The tables of a station's store, step by step.
///
/// A step that has shipped is never edited; a change is a new step. SQLite keeps the promises:
/// STRICT tables, checks, and triggers that forbid rewriting what has happened.
enum JournalSchema {
  /// "LTst", so that `file` and SQLite's tools can tell a station's store from another database.
  static let applicationID = 0x4C54_7374
  static var version: Int { steps.count }

  /// Each step brings a store from the version of its index to the next one.
  private static let steps: [@Sendable (Database) throws -> Void] = [
    createFirstVersion, AccessSchema.create, createRecovery, addCorrections,
    addOtherActs, addBoxes, addTerms, addFeed, addStages, addSubjects,
    addStockTallies,
  ]

  /// A store of an earlier version has tables that its events fill only now.
  private static let lastFilled = 7

  /// Refuses a store that a later program has written, and another program's database.
  static func refuseWhenForeign(_ database: Database) throws {
    let application = try Int.fetchOne(database, sql: "PRAGMA application_id") ?? 0
    let found = try foundVersion(database)
    guard application == applicationID || (application == 0 && found == 0) else {
      throw JournalError.damaged("this is another program's database")
    }
    guard found <= version else {
      throw JournalError.newerVersion(found: found, known: version)
    }
  }

  /// Refuses a store that would have to be brought up to this version first.
  static func refuseWhenOlder(_ database: Database) throws {
    let found = try foundVersion(database)
    guard found == version else {
      throw JournalError.olderVersion(found: found, known: version)
    }
  }

  /// Brings a store up to this version; one that is up to it is only read, so that a station starts
  /// on a full disk too.
  static func migrate(_ database: Database) throws {
    let found = try foundVersion(database)
    guard found < version else { return }
    for step in steps[found...] { try step(database) }
    // After all steps, as what fills the tables knows them as they are now.
    if found < lastFilled {
      try ProjectionRebuild(database: database, skipsUnreadable: true).run()
    }
    try database.execute(sql: "PRAGMA user_version = \(version)")
    try database.execute(sql: "PRAGMA application_id = \(applicationID)")
  }

  static func foundVersion(_ database: Database) throws -> Int {
    try Int.fetchOne(database, sql: "PRAGMA user_version") ?? 0
  }

  @Sendable private static func createFirstVersion(_ database: Database) throws {
    try database.execute(sql: station)
    try database.execute(sql: events)
    try database.execute(sql: projections)
    try database.execute(sql: patrons)
  }

  @Sendable private static func createRecovery(_ database: Database) throws {
    try database.execute(sql: recovery)
  }

  @Sendable private static func addOtherActs(_ database: Database) throws {
    try database.execute(sql: otherActs)
  }

  /// Names of operations whose acts are no facts of the chain, each with what it came to.
  private static let otherActs = """
    CREATE TABLE other_acts (
      operation BLOB PRIMARY KEY CHECK (length(operation) = 16),
      act TEXT NOT NULL,
      result INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;
    """

  private static let station = """
    CREATE TABLE station (
      singleton INTEGER PRIMARY KEY CHECK (singleton = 1),
      station TEXT NOT NULL,
      library_name TEXT NOT NULL,
      epoch INTEGER NOT NULL CHECK (epoch > 0)
    ) STRICT;
    CREATE TABLE settings (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
    CREATE TABLE receipts (
      epoch INTEGER PRIMARY KEY,
      sequence INTEGER NOT NULL,
      hash BLOB NOT NULL CHECK (length(hash) = 32),
      bytes BLOB NOT NULL
    ) STRICT;
    """

  private static let events = """
    CREATE TABLE events (
      epoch INTEGER NOT NULL,
      sequence INTEGER NOT NULL CHECK (sequence > 0),
      operation BLOB NOT NULL UNIQUE CHECK (length(operation) = 16),
      hash BLOB NOT NULL CHECK (length(hash) = 32),
      bytes BLOB NOT NULL,
      PRIMARY KEY (epoch, sequence)
    ) STRICT, WITHOUT ROWID;
    CREATE TRIGGER events_are_not_changed BEFORE UPDATE ON events BEGIN
      SELECT RAISE(ABORT, 'an event is never changed');
    END;
    CREATE TRIGGER events_are_not_deleted BEFORE DELETE ON events BEGIN
      SELECT RAISE(ABORT, 'an event is never deleted');
    END;
    """

  /// What was recorded beyond the host's copy when a disk was restored or copied, and the last
  /// contact with the host.
  ///
  /// An event leaves the chain only for this table, byte for byte.
  private static let recovery = """
    CREATE TABLE set_aside (
      epoch INTEGER NOT NULL,
      sequence INTEGER NOT NULL CHECK (sequence > 0),
      hash BLOB NOT NULL CHECK (length(hash) = 32),
      bytes BLOB NOT NULL,
      carried_over INTEGER NOT NULL CHECK (carried_over IN (0, 1)),
      PRIMARY KEY (epoch, sequence, hash)
    ) STRICT, WITHOUT ROWID;
    CREATE TRIGGER what_was_set_aside_stays BEFORE DELETE ON set_aside BEGIN
      SELECT RAISE(ABORT, 'what was set aside is never deleted');
    END;
    DROP TRIGGER events_are_not_deleted;
    CREATE TRIGGER events_are_not_deleted BEFORE DELETE ON events
    WHEN NOT EXISTS (SELECT 1 FROM set_aside WHERE epoch = OLD.epoch
      AND sequence = OLD.sequence AND hash = OLD.hash AND bytes = OLD.bytes)
    BEGIN
      SELECT RAISE(ABORT, 'an event is never deleted');
    END;
    """

  private static let projections = """
    CREATE TABLE records (
      id TEXT PRIMARY KEY,
      title TEXT NOT NULL,
      folded TEXT NOT NULL,
      author TEXT,
      publisher TEXT,
      year INTEGER,
      kind TEXT NOT NULL,
      grade INTEGER,
      on_site_only INTEGER NOT NULL CHECK (on_site_only IN (0, 1)),
      isbn TEXT
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX records_by_isbn ON records (isbn) WHERE isbn IS NOT NULL;
    CREATE TABLE items (
      id TEXT PRIMARY KEY,
      accession TEXT NOT NULL,
      record TEXT NOT NULL,
      place TEXT NOT NULL,
      version INTEGER NOT NULL CHECK (version > 0),
      borrower BLOB CHECK (borrower IS NULL OR length(borrower) = 16),
      checked_out INTEGER,
      due INTEGER,
      renewals INTEGER,
      CHECK ((borrower IS NULL) = (due IS NULL)
        AND (borrower IS NULL) = (checked_out IS NULL)
        AND (borrower IS NULL) = (renewals IS NULL))
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX items_by_accession ON items (accession);
    CREATE INDEX items_by_record ON items (record);
    CREATE INDEX items_by_borrower ON items (borrower) WHERE borrower IS NOT NULL;
    CREATE TABLE balances (place TEXT PRIMARY KEY, items INTEGER NOT NULL) STRICT, WITHOUT ROWID;
    CREATE TABLE readings (
      day INTEGER NOT NULL,
      class TEXT NOT NULL,
      kind TEXT NOT NULL,
      readings INTEGER NOT NULL CHECK (readings > 0),
      PRIMARY KEY (day, class, kind)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE discrepancies (
      epoch INTEGER NOT NULL,
      sequence INTEGER NOT NULL,
      name TEXT NOT NULL,
      item TEXT,
      PRIMARY KEY (epoch, sequence, name)
    ) STRICT, WITHOUT ROWID;
    """

  /// Patrons stay out of the events; erasing a row of `salts` unlinks a patron from all of them.
  private static let patrons = """
    CREATE TABLE patrons (
      card TEXT PRIMARY KEY,
      kind TEXT NOT NULL,
      class TEXT,
      name BLOB NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX patrons_by_class ON patrons (class);
    CREATE TABLE salts (
      commitment BLOB PRIMARY KEY CHECK (length(commitment) = 16),
      card TEXT NOT NULL REFERENCES patrons (card) ON DELETE CASCADE,
      school_year INTEGER NOT NULL,
      salt BLOB NOT NULL CHECK (length(salt) = 16),
      UNIQUE (card, school_year)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE aliases (
      barcode TEXT PRIMARY KEY,
      item TEXT REFERENCES items (id),
      card TEXT REFERENCES patrons (card) ON DELETE CASCADE,
      CHECK ((item IS NULL) <> (card IS NULL))
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE override_reasons (
      operation BLOB PRIMARY KEY CHECK (length(operation) = 16),
      reason BLOB NOT NULL
    ) STRICT, WITHOUT ROWID;
    """
}
