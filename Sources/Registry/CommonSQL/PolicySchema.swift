/// The step that keeps the group's loan rules, and which acts were taken back or released; the same
/// in both databases but for the names of types.
enum PolicySchema {
  static let sqlite =
    tables(integer: "INTEGER", code: "TEXT", blob: "BLOB", ending: "STRICT, WITHOUT ROWID") + """
      CREATE TRIGGER policies_are_not_changed BEFORE UPDATE ON policies BEGIN
        SELECT RAISE(ABORT, 'what was written down is never changed');
      END;
      CREATE TRIGGER policies_are_not_deleted BEFORE DELETE ON policies BEGIN
        SELECT RAISE(ABORT, 'what was written down is never deleted');
      END;
      """
  static let postgres =
    tables(integer: "bigint", code: "text COLLATE \"C\"", blob: "bytea", ending: "") + """
      CREATE TRIGGER policies_are_never_changed BEFORE UPDATE OR DELETE OR TRUNCATE ON policies
        FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewriting();
      """

  /// Each table that a database spreads, and by which of its columns.
  static let distribution = [("undone_loans", "station"), ("released", "station")]

  private static func tables(
    integer: String, code: String, blob: String, ending: String
  ) -> String {
    """
    CREATE TABLE policies (
      number \(integer) PRIMARY KEY CHECK (number > 0),
      written \(integer) NOT NULL,
      account \(code) NOT NULL,
      body TEXT NOT NULL
    ) \(ending);
    CREATE TABLE undone_loans (
      station \(code) NOT NULL,
      operation \(blob) NOT NULL CHECK (length(operation) = 16),
      PRIMARY KEY (station, operation)
    ) \(ending);
    CREATE TABLE released (
      station \(code) NOT NULL,
      operation \(blob) NOT NULL CHECK (length(operation) = 16),
      epoch \(integer) NOT NULL,
      PRIMARY KEY (station, operation)
    ) \(ending);
    """
  }
}
