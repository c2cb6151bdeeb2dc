import GRDB

/// The step that lets acts be taken back, items be noted on, and labels be replaced.
///
/// What its tables hold is made from the events after the steps.
extension JournalSchema {
  @Sendable static func addCorrections(_ database: Database) throws {
    try database.execute(sql: corrections)
  }

  private static let corrections = """
    CREATE TABLE last_acts (
      item TEXT PRIMARY KEY REFERENCES items (id),
      epoch INTEGER NOT NULL,
      sequence INTEGER NOT NULL,
      place TEXT NOT NULL,
      version INTEGER NOT NULL,
      borrower BLOB CHECK (borrower IS NULL OR length(borrower) = 16),
      checked_out INTEGER,
      due INTEGER,
      renewals INTEGER
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE undone (
      operation BLOB PRIMARY KEY CHECK (length(operation) = 16)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE conditions (
      item TEXT PRIMARY KEY,
      condition TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE notes (
      operation BLOB PRIMARY KEY CHECK (length(operation) = 16),
      item TEXT NOT NULL REFERENCES items (id),
      noted INTEGER NOT NULL,
      note BLOB NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX notes_by_item ON notes (item, noted);
    CREATE TABLE stock_counts (
      session BLOB PRIMARY KEY CHECK (length(session) = 16),
      count BLOB NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE stock_sessions (
      session BLOB PRIMARY KEY CHECK (length(session) = 16),
      range TEXT NOT NULL,
      opened INTEGER NOT NULL,
      epoch INTEGER NOT NULL,
      sequence INTEGER NOT NULL,
      paused INTEGER NOT NULL CHECK (paused IN (0, 1))
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE stock_scans (
      operation BLOB PRIMARY KEY CHECK (length(operation) = 16),
      session BLOB NOT NULL REFERENCES stock_sessions (session),
      label TEXT NOT NULL,
      item TEXT,
      finding TEXT NOT NULL,
      scanned INTEGER NOT NULL,
      device TEXT
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX stock_scans_by_label ON stock_scans (session, label);
    CREATE TABLE title_sets (id TEXT PRIMARY KEY, content TEXT NOT NULL) STRICT, WITHOUT ROWID;
    ALTER TABLE aliases ADD COLUMN accession TEXT;
    CREATE INDEX aliases_by_accession ON aliases (accession) WHERE accession IS NOT NULL;
    """
}
