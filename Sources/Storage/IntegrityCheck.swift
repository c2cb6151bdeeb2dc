package import GRDB

/// What SQLite itself finds wrong with a file: pages that can't be read, indexes that part from
/// their tables, values that break a rule.
package enum IntegrityCheck {
  /// Problems that are looked for at most.
  package static let limit = 20

  /// The problems, in SQLite's words; none for a sound file.
  package static func problems(of database: Database) throws -> [String] {
    try String.fetchAll(database, sql: "PRAGMA integrity_check(\(limit))")
      .filter { $0 != "ok" }.map { "the database file: \($0)" }
  }
}
