/// The table that finds all acts on one item, in both databases; it is spread by the item's library.
enum ActSchema {
  /// Statements for SQLite, several in one text.
  static let sqlite =
    table(integer: "INTEGER", code: "TEXT", ending: "STRICT, WITHOUT ROWID") + index
  /// Statements for PostgreSQL, several in one text.
  static let postgres = table(integer: "bigint", code: "text COLLATE \"C\"", ending: "") + index

  /// The table that a database spreads, and by which of its columns.
  static let distribution = [("acts", "library")]

  /// `ruling` is an `ItemHistory.Ruling`.
  private static func table(integer: String, code: String, ending: String) -> String {
    """
    CREATE TABLE acts (
      library \(code) NOT NULL,
      accession \(code) NOT NULL,
      station \(code) NOT NULL,
      epoch \(integer) NOT NULL,
      sequence \(integer) NOT NULL,
      ruling \(integer) NOT NULL DEFAULT 0,
      PRIMARY KEY (library, accession, station, epoch, sequence)
    ) \(ending);

    """
  }

  /// An item's history asks for what was found wrong with it before.
  private static let index = """
    CREATE INDEX conflicts_by_item ON conflicts (item) WHERE item IS NOT NULL;
    """
}
