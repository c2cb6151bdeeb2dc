import GRDB

/// The step that keeps what the host tells of the group.
///
/// None of it is made from the station's own events, nor held against them.
extension JournalSchema {
  @Sendable static func addFeed(_ database: Database) throws {
    try database.execute(sql: feed)
  }

  /// `lookup` is what else an entry is found by: an item's accession number, a record's ISBN, where
  /// a box goes.
  ///
  /// `round` counts snapshots; what a whole snapshot did not name is of an earlier one, and goes.
  private static let feed = """
    CREATE TABLE feed (
      kind INTEGER NOT NULL,
      library TEXT NOT NULL,
      key TEXT NOT NULL,
      lookup TEXT,
      round INTEGER NOT NULL,
      bytes BLOB NOT NULL,
      PRIMARY KEY (kind, library, key)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX feed_by_lookup ON feed (kind, lookup) WHERE lookup IS NOT NULL;
    CREATE TABLE feed_state (
      singleton INTEGER PRIMARY KEY CHECK (singleton = 1),
      lineage INTEGER NOT NULL,
      version INTEGER NOT NULL CHECK (version > 0),
      sequence INTEGER NOT NULL CHECK (sequence >= 0),
      round INTEGER NOT NULL,
      is_whole INTEGER NOT NULL CHECK (is_whole IN (0, 1)),
      taken INTEGER NOT NULL
    ) STRICT;
    """
}
