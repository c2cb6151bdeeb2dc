import GRDB
import Ledger
import Storage

/// The step that lets boxes belong to stages of rotas.
///
/// No event before it names a stage, so nothing has to be made anew.
extension JournalSchema {
  @Sendable static func addStages(_ database: Database) throws {
    try database.execute(sql: stages)
    // What the host has told last is the first revision that is kept.
    let taking = FeedTaking(database: database)
    for published in try JournalView.groupRotas(in: database) { try taking.keep(published) }
  }

  /// `done` is the event that sent the box off or confirmed its receipt.
  ///
  /// `rota_revisions` keeps what the host told of a rota before it told of the next revision.
  private static let stages = """
    ALTER TABLE boxes ADD COLUMN revision INTEGER;
    CREATE TABLE stage_trips (
      box TEXT NOT NULL,
      seal INTEGER NOT NULL,
      inbound INTEGER NOT NULL CHECK (inbound IN (0, 1)),
      rota TEXT NOT NULL,
      stage INTEGER NOT NULL,
      sender TEXT NOT NULL,
      destination TEXT NOT NULL,
      items INTEGER NOT NULL CHECK (items > 0),
      slip BLOB NOT NULL,
      began_epoch INTEGER NOT NULL,
      began_sequence INTEGER NOT NULL,
      done_epoch INTEGER,
      done_sequence INTEGER,
      PRIMARY KEY (box, seal, inbound),
      CHECK ((done_epoch IS NULL) = (done_sequence IS NULL))
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX stage_trips_by_stage ON stage_trips (rota, stage, inbound);
    CREATE TABLE rota_revisions (
      rota TEXT NOT NULL,
      revision INTEGER NOT NULL CHECK (revision > 0),
      bytes BLOB NOT NULL,
      PRIMARY KEY (rota, revision)
    ) STRICT, WITHOUT ROWID;
    """
}
