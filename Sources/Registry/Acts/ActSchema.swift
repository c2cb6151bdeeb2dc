/// The table that finds all acts on one item, in both databases, spread by the item's library.
enum ActSchema {
  /// Statements for SQLite, several in one text.
  static let sqlite = statements(
    integer: "INTEGER", code: "TEXT", ending: "STRICT, WITHOUT ROWID")
  /// Statements for PostgreSQL, several in one text.
  static let postgres = statements(integer: "bigint", code: "text COLLATE \"C\"", ending: "")

  /// The table that a database spreads, and by which of its columns.
  static let distribution = [("acts", "library")]

  /// The statements, given a database's names of types.
  ///
  /// A ruling is one of ``ItemHistory/Ruling``. By the index, an item's history gets what was found
  /// wrong with it before.
  private static func statements(integer: String, code: String, ending: String) -> String {
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
    ALTER TABLE holdings ADD COLUMN woven \(integer) NOT NULL DEFAULT 0;
    CREATE INDEX conflicts_by_item ON conflicts (item) WHERE item IS NOT NULL;
    """
  }
}
