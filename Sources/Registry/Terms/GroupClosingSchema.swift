import Exchange
import Labels
import Ledger

/// The step that keeps the group's closing of each term, and the keys that libraries have signed
/// statements with; the same in both databases but for the names of types.
enum GroupClosingSchema {
  static let sqlite =
    tables(.sqlite) + """
      CREATE TRIGGER group_closings_are_not_changed BEFORE UPDATE ON group_closings BEGIN
        SELECT RAISE(ABORT, 'what was written down is never changed');
      END;
      CREATE TRIGGER group_closings_are_not_deleted BEFORE DELETE ON group_closings BEGIN
        SELECT RAISE(ABORT, 'what was written down is never deleted');
      END;
      """
  static let postgres = tables(.postgres)

  /// What forbids to rewrite a closing where the table is not spread, as one that is can have no
  /// trigger.
  static let postgresGuard = """
    CREATE TRIGGER group_closings_are_never_changed
      BEFORE UPDATE OR DELETE OR TRUNCATE ON group_closings
      FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewriting();
    """

  /// Each table that a database spreads, and by which of its columns.
  static let distribution = [("group_closings", "year"), ("slip_keys", "library")]

  private static func tables(_ of: SQLDialect) -> String {
    """
    CREATE TABLE group_closings (
      year \(of.integer) NOT NULL,
      semester \(of.integer) NOT NULL,
      hash \(of.blob) NOT NULL CHECK (length(hash) = 32),
      kept \(of.integer) NOT NULL,
      text \(of.text) NOT NULL,
      PRIMARY KEY (year, semester)
    ) \(of.ending);
    CREATE TABLE slip_keys (
      library \(of.code) NOT NULL,
      key \(of.blob) NOT NULL CHECK (length(key) = 32),
      noted \(of.integer) NOT NULL,
      PRIMARY KEY (library, key)
    ) \(of.ending);
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
