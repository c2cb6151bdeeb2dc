/// The tables that a reconciliation over the group goes by, in both databases.
///
/// Each is spread by the library that its rows are about: the item's, the box's, or the one that
/// closed the term or told of a signature.
enum TermSchema {
  /// Statements for SQLite, several in one text.
  static let sqlite = tables(
    integer: "INTEGER", text: "TEXT", code: "TEXT", blob: "BLOB", ending: "STRICT, WITHOUT ROWID")
  /// Statements for PostgreSQL, several in one text.
  static let postgres = tables(
    integer: "bigint", text: "text", code: "text COLLATE \"C\"", blob: "bytea", ending: "")

  /// Where boxes go, made anew with the sealing that each is under; events tell all of it again.
  enum Sealings {
    static let sqlite = table(integer: "INTEGER", code: "TEXT", ending: "STRICT, WITHOUT ROWID")
    static let postgres = table(integer: "bigint", code: "text COLLATE \"C\"", ending: "")
    static let distribution = [("box_routings", "library")]

    private static func table(integer: String, code: String, ending: String) -> String {
      """
      DROP TABLE box_routings;
      CREATE TABLE box_routings (
        library \(code) NOT NULL,
        box \(code) NOT NULL,
        station \(code) NOT NULL,
        epoch \(integer) NOT NULL,
        sequence \(integer) NOT NULL,
        destination \(code) NOT NULL,
        sent \(integer) NOT NULL CHECK (sent IN (0, 1)),
        seal \(integer) NOT NULL CHECK (seal >= 0),
        PRIMARY KEY (library, box, station, epoch, sequence)
      ) \(ending);
      """
    }
  }

  /// Each table that a database spreads, and by which of its columns.
  static let distribution = [
    ("movements", "library"), ("box_routings", "library"), ("closings", "library"),
    ("statement_parts", "library"), ("signatures", "library"),
  ]

  private static func tables(
    integer: String, text: String, code: String, blob: String, ending: String
  ) -> String {
    """
    CREATE TABLE movements (
      library \(code) NOT NULL,
      accession \(code) NOT NULL,
      number \(integer) NOT NULL CHECK (number > 0),
      station \(code) NOT NULL,
      epoch \(integer) NOT NULL,
      sequence \(integer) NOT NULL,
      wall \(integer) NOT NULL,
      step \(integer) NOT NULL,
      at \(code) NOT NULL,
      box \(code),
      record \(code),
      PRIMARY KEY (library, accession, number, station, epoch, sequence)
    ) \(ending);
    CREATE TABLE box_routings (
      library \(code) NOT NULL,
      box \(code) NOT NULL,
      station \(code) NOT NULL,
      epoch \(integer) NOT NULL,
      sequence \(integer) NOT NULL,
      destination \(code) NOT NULL,
      sent \(integer) NOT NULL CHECK (sent IN (0, 1)),
      PRIMARY KEY (library, box, station, epoch, sequence)
    ) \(ending);
    CREATE TABLE closings (
      library \(code) NOT NULL,
      hash \(blob) NOT NULL CHECK (length(hash) = 32),
      station \(code) NOT NULL,
      epoch \(integer) NOT NULL,
      sequence \(integer) NOT NULL,
      wall \(integer) NOT NULL,
      year \(integer) NOT NULL,
      semester \(integer) NOT NULL,
      parts \(integer) NOT NULL,
      signature \(blob) NOT NULL,
      PRIMARY KEY (library, hash)
    ) \(ending);
    CREATE TABLE statement_parts (
      library \(code) NOT NULL,
      hash \(blob) NOT NULL CHECK (length(hash) = 32),
      number \(integer) NOT NULL CHECK (number > 0),
      text \(text) NOT NULL,
      PRIMARY KEY (library, hash, number)
    ) \(ending);
    CREATE TABLE signatures (
      library \(code) NOT NULL,
      hash \(blob) NOT NULL CHECK (length(hash) = 32),
      signer \(code) NOT NULL,
      signature \(blob) NOT NULL,
      exceptions \(text) NOT NULL,
      PRIMARY KEY (library, hash, signer)
    ) \(ending);
    """
  }
}
