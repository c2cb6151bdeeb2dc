import Exchange
import Labels
import Ledger

/// The step that keeps the group's closing of each term, and the keys that libraries have signed
/// statements with; the same in both databases but for the names of types.
enum GroupClosingSchema {
  static let sqlite =
    tables(
      integer: "INTEGER", text: "TEXT", code: "TEXT", blob: "BLOB",
      ending: "STRICT, WITHOUT ROWID") + """
      CREATE TRIGGER group_closings_are_not_changed BEFORE UPDATE ON group_closings BEGIN
        SELECT RAISE(ABORT, 'what was written down is never changed');
      END;
      CREATE TRIGGER group_closings_are_not_deleted BEFORE DELETE ON group_closings BEGIN
        SELECT RAISE(ABORT, 'what was written down is never deleted');
      END;
      """
  static let postgres = tables(
    integer: "bigint", text: "text", code: "text COLLATE \"C\"", blob: "bytea", ending: "")

  /// What forbids to rewrite a closing where the table is not spread, as one that is can have no
  /// trigger.
  static let postgresGuard = """
    CREATE TRIGGER group_closings_are_never_changed
      BEFORE UPDATE OR DELETE OR TRUNCATE ON group_closings
      FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewriting();
    """

  /// Each table that a database spreads, and by which of its columns.
  static let distribution = [("group_closings", "year"), ("slip_keys", "library")]

  private static func tables(
    integer: String, text: String, code: String, blob: String, ending: String
  ) -> String {
    """
    CREATE TABLE group_closings (
      year \(integer) NOT NULL,
      semester \(integer) NOT NULL,
      hash \(blob) NOT NULL CHECK (length(hash) = 32),
      kept \(integer) NOT NULL,
      text \(text) NOT NULL,
      PRIMARY KEY (year, semester)
    ) \(ending);
    CREATE TABLE slip_keys (
      library \(code) NOT NULL,
      key \(blob) NOT NULL CHECK (length(key) = 32),
      noted \(integer) NOT NULL,
      PRIMARY KEY (library, key)
    ) \(ending);
    """
  }
}

extension RegistryTransaction {
  /// Notes the keys that stations are told of, for books that kept only each station's last one.
  func noteSlipKeys() throws {
    for (name, value) in try feedValues(of: FeedKind.slipKey, library: nil) {
      guard
        case .slipKey(let key, let station)? = try? FeedContent(
          FeedEntry(name: name, value: value))
      else { throw RegistryError.damaged("table feed") }
      try note(slipKey: key, of: station.library, atMilliseconds: 0)
    }
  }
}
