import GRDB

/// The tables of who may sign in, who is signed in, and who has agreed to what.
enum AccessSchema {
  @Sendable static func create(_ database: Database) throws {
    try database.execute(sql: accounts)
    try database.execute(sql: consents)
  }

  private static let accounts = """
    CREATE TABLE accounts (
      name TEXT PRIMARY KEY,
      role TEXT NOT NULL,
      salt BLOB NOT NULL CHECK (length(salt) = 16),
      rounds INTEGER NOT NULL CHECK (rounds > 1),
      block_size INTEGER NOT NULL CHECK (block_size > 0),
      parallelism INTEGER NOT NULL CHECK (parallelism > 0),
      hash BLOB NOT NULL CHECK (length(hash) = 32),
      failures INTEGER NOT NULL DEFAULT 0,
      locked_until INTEGER NOT NULL DEFAULT 0
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE sessions (
      token BLOB PRIMARY KEY CHECK (length(token) = 32),
      account TEXT NOT NULL,
      role TEXT NOT NULL,
      opened INTEGER NOT NULL,
      seen INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;
    """

  /// A consent is given for one version of the text that was read; a new text needs a new one.
  private static let consents = """
    CREATE TABLE consents (
      card TEXT NOT NULL REFERENCES patrons (card) ON DELETE CASCADE,
      version TEXT NOT NULL,
      giver TEXT NOT NULL CHECK (giver IN ('patron', 'parent')),
      given INTEGER NOT NULL,
      withdrawn INTEGER,
      PRIMARY KEY (card, version, giver)
    ) STRICT, WITHOUT ROWID;
    """
}
