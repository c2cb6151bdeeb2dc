/// The table that finds all acts on one item, in both databases, spread by the item's library.
enum ActSchema {
  /// Statements for SQLite, several in one text.
  static let sqlite = statements(.sqlite)
  /// Statements for PostgreSQL, several in one text.
  static let postgres = statements(.postgres)

  /// The table that a database spreads, and by which of its columns.
  static let distribution = [("acts", "library")]

  /// The statements, given a database's names of types.
  ///
  /// A ruling is one of ``ItemHistory/Ruling``. By the index, an item's history gets what was found
  /// wrong with it before.
  private static func statements(_ of: SQLDialect) -> String {
    """
    CREATE TABLE acts (
      library \(of.code) NOT NULL,
      accession \(of.code) NOT NULL,
      station \(of.code) NOT NULL,
      epoch \(of.integer) NOT NULL,
      sequence \(of.integer) NOT NULL,
      ruling \(of.integer) NOT NULL DEFAULT 0,
      PRIMARY KEY (library, accession, station, epoch, sequence)
    ) \(of.ending);
    ALTER TABLE holdings ADD COLUMN woven \(of.integer) NOT NULL DEFAULT 0;
    CREATE INDEX conflicts_by_item ON conflicts (item) WHERE item IS NOT NULL;
    """
  }
}
