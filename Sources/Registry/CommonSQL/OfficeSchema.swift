/// The tables of the host's office, in both databases: who may sign in, what was done and decided,
/// what was lent, when stations were in touch, and who belongs to the group.
///
/// They are small and are read as a whole, so a database that is spread keeps them in one place.
enum OfficeSchema {
  /// Statements for SQLite, several in one text.
  static let sqlite =
    tables(.sqlite)
    + ["audit", "decisions", "agreements"].map { table in
      """
      CREATE TRIGGER \(table)_are_not_changed BEFORE UPDATE ON \(table) BEGIN
        SELECT RAISE(ABORT, 'what was written down is never changed');
      END;
      CREATE TRIGGER \(table)_are_not_deleted BEFORE DELETE ON \(table) BEGIN
        SELECT RAISE(ABORT, 'what was written down is never deleted');
      END;
      """
    }.joined()

  /// Statements for PostgreSQL, several in one text.
  static let postgres =
    tables(.postgres) + """
      CREATE FUNCTION refuse_rewriting() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        RAISE EXCEPTION 'what was written down is never changed or deleted';
      END $$;
      """
    + ["audit", "decisions", "agreements"].map { table in
      """
      CREATE TRIGGER \(table)_are_never_changed BEFORE UPDATE OR DELETE OR TRUNCATE ON \(table)
        FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewriting();
      """
    }.joined()

  /// Gives conflicts that were noted before the names that tell their kinds apart.
  static let namingConflicts = """
    UPDATE conflicts SET name = 'on-loan-twice'
      WHERE name = 'moved-from-elsewhere' AND act = 'checkout' AND actual LIKE 'patron:%';
    UPDATE conflicts SET name = 'returned-not-lent'
      WHERE name = 'moved-from-elsewhere' AND act = 'checkin' AND actual NOT LIKE 'patron:%';
    UPDATE conflicts SET name = 'received-not-sent'
      WHERE name = 'moved-from-elsewhere' AND act = 'item-received' AND actual NOT LIKE 'box:%';
    """

  /// Each table that a database spreads, and by which of its columns.
  static let distribution = [("loans", "library"), ("contacts", "station")]

  private static func tables(_ dialect: SQLDialect) -> String {
    accounts(dialect) + papers(dialect) + reports(dialect) + group(dialect)
  }

  private static func accounts(_ of: SQLDialect) -> String {
    """
    CREATE TABLE accounts (
      name \(of.code) PRIMARY KEY,
      role \(of.code) NOT NULL,
      salt \(of.blob) NOT NULL CHECK (length(salt) = 16),
      rounds \(of.integer) NOT NULL CHECK (rounds > 1),
      block_size \(of.integer) NOT NULL CHECK (block_size > 0),
      parallelism \(of.integer) NOT NULL CHECK (parallelism > 0),
      hash \(of.blob) NOT NULL CHECK (length(hash) = 32),
      failures \(of.integer) NOT NULL,
      locked_until \(of.integer) NOT NULL
    ) \(of.ending);
    CREATE TABLE sessions (
      token \(of.blob) PRIMARY KEY CHECK (length(token) = 32),
      account \(of.code) NOT NULL,
      opened \(of.integer) NOT NULL,
      seen \(of.integer) NOT NULL
    ) \(of.ending);
    """
  }

  /// What was done and decided: numbered without a gap, and never rewritten.
  private static func papers(_ of: SQLDialect) -> String {
    """
    CREATE TABLE audit (
      number \(of.integer) PRIMARY KEY CHECK (number > 0),
      written \(of.integer) NOT NULL,
      account \(of.code) NOT NULL,
      act \(of.code) NOT NULL,
      subject \(of.text) NOT NULL,
      detail \(of.text) NOT NULL
    ) \(of.ending);
    CREATE TABLE decisions (
      number \(of.integer) PRIMARY KEY CHECK (number > 0),
      decided \(of.integer) NOT NULL,
      account \(of.code) NOT NULL,
      station \(of.code) NOT NULL,
      epoch \(of.integer) NOT NULL,
      sequence \(of.integer) NOT NULL,
      name \(of.code) NOT NULL,
      item \(of.code),
      ruling \(of.code) NOT NULL,
      reason \(of.text) NOT NULL
    ) \(of.ending);
    CREATE INDEX decisions_by_conflict ON decisions (station, epoch, sequence, name);
    ALTER TABLE conflicts ADD COLUMN ruling \(of.code);
    CREATE INDEX conflicts_by_ruling ON conflicts (ruling, noted);
    """
  }

  /// What events add up to for the coordinator, beside custody.
  private static func reports(_ of: SQLDialect) -> String {
    """
    CREATE TABLE loans (
      library \(of.code) NOT NULL,
      day \(of.integer) NOT NULL,
      class \(of.code) NOT NULL,
      kind \(of.code) NOT NULL,
      loans \(of.integer) NOT NULL CHECK (loans > 0),
      PRIMARY KEY (library, day, class, kind)
    ) \(of.ending);
    CREATE TABLE contacts (
      station \(of.code) NOT NULL,
      epoch \(of.integer) NOT NULL,
      boot \(of.integer) NOT NULL,
      contact \(of.integer) NOT NULL,
      head \(of.integer) NOT NULL,
      host_time \(of.integer) NOT NULL,
      station_time \(of.integer) NOT NULL,
      monotonic \(of.integer) NOT NULL,
      round_trip \(of.integer),
      PRIMARY KEY (station, epoch, boot, contact)
    ) \(of.ending);
    ALTER TABLE records ADD COLUMN folded \(of.text) NOT NULL DEFAULT '';
    CREATE INDEX records_by_id ON records (id);
    """
  }

  private static func group(_ of: SQLDialect) -> String {
    """
    CREATE TABLE members (
      library \(of.code) PRIMARY KEY,
      name \(of.text) NOT NULL,
      joined \(of.integer) NOT NULL,
      left_group \(of.integer),
      shares \(of.code) NOT NULL,
      audience \(of.code) NOT NULL
    ) \(of.ending);
    CREATE TABLE agreements (
      number \(of.integer) PRIMARY KEY CHECK (number > 0),
      written \(of.integer) NOT NULL,
      account \(of.code) NOT NULL,
      in_force \(of.integer) NOT NULL,
      title \(of.text) NOT NULL,
      body \(of.text) NOT NULL
    ) \(of.ending);
    """
  }
}
