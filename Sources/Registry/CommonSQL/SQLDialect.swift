/// What SQLite and PostgreSQL call the types of columns, for tables that are the same in both.
struct SQLDialect {
  let integer: String
  let text: String
  /// Text that is ordered and compared by its bytes.
  let code: String
  let blob: String
  /// What follows a table's last bracket.
  let ending: String

  static let sqlite = SQLDialect(
    integer: "INTEGER", text: "TEXT", code: "TEXT", blob: "BLOB",
    ending: "STRICT, WITHOUT ROWID")
  static let postgres = SQLDialect(
    integer: "bigint", text: "text", code: "text COLLATE \"C\"", blob: "bytea", ending: "")
}
