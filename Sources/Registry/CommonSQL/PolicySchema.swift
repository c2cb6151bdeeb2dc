/// The step that keeps the group's loan rules, and which acts were taken back or released; the same
/// in both databases but for the names of types.
enum PolicySchema {
  static let sqlite =
    tables(.sqlite) + """
      CREATE TRIGGER policies_are_not_changed BEFORE UPDATE ON policies BEGIN
        SELECT RAISE(ABORT, 'what was written down is never changed');
      END;
      CREATE TRIGGER policies_are_not_deleted BEFORE DELETE ON policies BEGIN
        SELECT RAISE(ABORT, 'what was written down is never deleted');
      END;
      """
  static let postgres =
    tables(.postgres) + """
      CREATE TRIGGER policies_are_never_changed BEFORE UPDATE OR DELETE OR TRUNCATE ON policies
        FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewriting();
      """

  /// Each table that a database spreads, and by which of its columns.
  static let distribution = [("undone_loans", "station"), ("released", "station")]

  private static func tables(_ of: SQLDialect) -> String {
    """
    CREATE TABLE policies (
      number \(of.integer) PRIMARY KEY CHECK (number > 0),
      written \(of.integer) NOT NULL,
      account \(of.code) NOT NULL,
      body TEXT NOT NULL
    ) \(of.ending);
    CREATE TABLE undone_loans (
      station \(of.code) NOT NULL,
      operation \(of.blob) NOT NULL CHECK (length(operation) = 16),
      PRIMARY KEY (station, operation)
    ) \(of.ending);
    CREATE TABLE released (
      station \(of.code) NOT NULL,
      operation \(of.blob) NOT NULL CHECK (length(operation) = 16),
      epoch \(of.integer) NOT NULL,
      PRIMARY KEY (station, operation)
    ) \(of.ending);
    """
  }
}
