import GRDB

/// The step that keeps running counts of stock-takings.
extension JournalSchema {
  @Sendable static func addStockTallies(_ database: Database) throws {
    try database.execute(sql: stockTallies)
    try StockTally(database: database).fill()
  }

  /// Labels that were scanned in a session, by what was found at the last scan of each.
  private static let stockTallies = """
    CREATE TABLE stock_tallies (
      session BLOB NOT NULL REFERENCES stock_sessions (session),
      finding TEXT NOT NULL,
      labels INTEGER NOT NULL CHECK (labels >= 0),
      PRIMARY KEY (session, finding)
    ) STRICT, WITHOUT ROWID;
    """
}
