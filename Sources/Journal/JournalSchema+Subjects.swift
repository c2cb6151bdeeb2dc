import GRDB

/// The step that lets titles have subjects.
///
/// No event before it names one, so nothing has to be made anew.
extension JournalSchema {
  @Sendable static func addSubjects(_ database: Database) throws {
    try database.execute(sql: subjects)
  }

  private static let subjects = "ALTER TABLE records ADD COLUMN subjects TEXT NOT NULL DEFAULT ''"
}
