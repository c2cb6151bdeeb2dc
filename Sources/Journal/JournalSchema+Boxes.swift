import GRDB

/// The step that lets items travel in boxes, and tells acts that have not come yet.
///
/// How acts are numbered changes with it, so what events make is made anew after the steps.
extension JournalSchema {
  @Sendable static func addBoxes(_ database: Database) throws {
    try database.execute(sql: boxes)
  }

  private static let boxes = """
    ALTER TABLE items ADD COLUMN gaps TEXT NOT NULL DEFAULT '';
    ALTER TABLE last_acts ADD COLUMN gaps TEXT NOT NULL DEFAULT '';
    CREATE INDEX items_in_boxes ON items (place) WHERE place >= 'box:' AND place < 'box;';
    CREATE TABLE boxes (
      number TEXT PRIMARY KEY,
      state TEXT NOT NULL,
      origin TEXT NOT NULL,
      sender TEXT NOT NULL,
      destination TEXT NOT NULL,
      holder TEXT,
      seal INTEGER NOT NULL CHECK (seal >= 0),
      rota TEXT,
      stage INTEGER,
      slip BLOB,
      inbound INTEGER NOT NULL CHECK (inbound IN (0, 1)),
      began_epoch INTEGER NOT NULL,
      began_sequence INTEGER NOT NULL,
      changed_epoch INTEGER NOT NULL,
      changed_sequence INTEGER NOT NULL,
      receipt TEXT,
      CHECK ((rota IS NULL) = (stage IS NULL))
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX boxes_by_change ON boxes (changed_epoch, changed_sequence);
    CREATE TABLE counted_items (
      box TEXT NOT NULL,
      item TEXT NOT NULL,
      began_epoch INTEGER NOT NULL,
      began_sequence INTEGER NOT NULL,
      counted INTEGER NOT NULL,
      condition INTEGER NOT NULL,
      operation BLOB NOT NULL CHECK (length(operation) = 16),
      PRIMARY KEY (box, item)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX counted_items_by_operation ON counted_items (operation);
    ALTER TABLE stock_scans ADD COLUMN number INTEGER NOT NULL DEFAULT 0;
    CREATE INDEX stock_scans_by_number ON stock_scans (session, number);
    """
}
