import GRDB

/// The step that keeps terms as they were closed, and who has signed them.
extension JournalSchema {
  @Sendable static func addTerms(_ database: Database) throws {
    try database.execute(sql: terms)
  }

  private static let terms = """
    CREATE TABLE term_closings (
      hash BLOB PRIMARY KEY CHECK (length(hash) = 32),
      year INTEGER NOT NULL,
      semester INTEGER NOT NULL,
      parts INTEGER NOT NULL CHECK (parts > 0),
      signature BLOB NOT NULL,
      epoch INTEGER NOT NULL,
      sequence INTEGER NOT NULL,
      closed INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE statement_parts (
      hash BLOB NOT NULL CHECK (length(hash) = 32),
      number INTEGER NOT NULL,
      text TEXT NOT NULL,
      PRIMARY KEY (hash, number)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE statement_signatures (
      hash BLOB NOT NULL CHECK (length(hash) = 32),
      library TEXT NOT NULL,
      signature BLOB NOT NULL,
      exceptions TEXT NOT NULL,
      PRIMARY KEY (hash, library)
    ) STRICT, WITHOUT ROWID;
    """
}
