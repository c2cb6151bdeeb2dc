/// The tables that a reconciliation over the group goes by, in both databases.
///
/// Each is spread by the library that its rows are about: the item's, the box's, or the one that
/// closed the term or told of a signature.
enum TermSchema {
  /// Statements for SQLite, several in one text.
  static let sqlite = tables(.sqlite)
  /// Statements for PostgreSQL, several in one text.
  static let postgres = tables(.postgres)

  /// Where boxes go, made anew with the sealing that each is under; events tell all of it again.
  enum Sealings {
    static let sqlite = table(.sqlite)
    static let postgres = table(.postgres)
    static let distribution = [("box_routings", "library")]

    private static func table(_ of: SQLDialect) -> String {
      """
      DROP TABLE box_routings;
      CREATE TABLE box_routings (
        library \(of.code) NOT NULL,
        box \(of.code) NOT NULL,
        station \(of.code) NOT NULL,
        epoch \(of.integer) NOT NULL,
        sequence \(of.integer) NOT NULL,
        destination \(of.code) NOT NULL,
        sent \(of.integer) NOT NULL CHECK (sent IN (0, 1)),
        seal \(of.integer) NOT NULL CHECK (seal >= 0),
        PRIMARY KEY (library, box, station, epoch, sequence)
      ) \(of.ending);
      """
    }
  }

  /// Each table that a database spreads, and by which of its columns.
  static let distribution = [
    ("movements", "library"), ("box_routings", "library"), ("closings", "library"),
    ("statement_parts", "library"), ("signatures", "library"),
  ]

  private static func tables(_ of: SQLDialect) -> String {
    """
    CREATE TABLE movements (
      library \(of.code) NOT NULL,
      accession \(of.code) NOT NULL,
      number \(of.integer) NOT NULL CHECK (number > 0),
      station \(of.code) NOT NULL,
      epoch \(of.integer) NOT NULL,
      sequence \(of.integer) NOT NULL,
      wall \(of.integer) NOT NULL,
      step \(of.integer) NOT NULL,
      at \(of.code) NOT NULL,
      box \(of.code),
      record \(of.code),
      PRIMARY KEY (library, accession, number, station, epoch, sequence)
    ) \(of.ending);
    CREATE TABLE box_routings (
      library \(of.code) NOT NULL,
      box \(of.code) NOT NULL,
      station \(of.code) NOT NULL,
      epoch \(of.integer) NOT NULL,
      sequence \(of.integer) NOT NULL,
      destination \(of.code) NOT NULL,
      sent \(of.integer) NOT NULL CHECK (sent IN (0, 1)),
      PRIMARY KEY (library, box, station, epoch, sequence)
    ) \(of.ending);
    CREATE TABLE closings (
      library \(of.code) NOT NULL,
      hash \(of.blob) NOT NULL CHECK (length(hash) = 32),
      station \(of.code) NOT NULL,
      epoch \(of.integer) NOT NULL,
      sequence \(of.integer) NOT NULL,
      wall \(of.integer) NOT NULL,
      year \(of.integer) NOT NULL,
      semester \(of.integer) NOT NULL,
      parts \(of.integer) NOT NULL,
      signature \(of.blob) NOT NULL,
      PRIMARY KEY (library, hash)
    ) \(of.ending);
    CREATE TABLE statement_parts (
      library \(of.code) NOT NULL,
      hash \(of.blob) NOT NULL CHECK (length(hash) = 32),
      number \(of.integer) NOT NULL CHECK (number > 0),
      text \(of.text) NOT NULL,
      PRIMARY KEY (library, hash, number)
    ) \(of.ending);
    CREATE TABLE signatures (
      library \(of.code) NOT NULL,
      hash \(of.blob) NOT NULL CHECK (length(hash) = 32),
      signer \(of.code) NOT NULL,
      signature \(of.blob) NOT NULL,
      exceptions \(of.text) NOT NULL,
      PRIMARY KEY (library, hash, signer)
    ) \(of.ending);
    """
  }
}
