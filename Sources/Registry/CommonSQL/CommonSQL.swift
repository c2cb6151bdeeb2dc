import FoundationEssentials
import GRDB

/// A value of a statement that both databases understand.
enum SQLValue: Sendable {
  case integer(Int64?)
  case text(String?)
  case blob([UInt8]?)

  static func int(_ number: Int) -> SQLValue { .integer(Int64(number)) }
}

/// A row of an answer; its columns are counted from 0.
protocol SQLRow {
  func optionalInteger(_ column: Int32) -> Int64?
  func optionalText(_ column: Int32) -> String?
  func blob(_ column: Int32) -> [UInt8]?
}

extension SQLRow {
  /// The column's number; 0 for a null.
  func int64(_ column: Int32) -> Int64 { optionalInteger(column) ?? 0 }
  /// The column's text; empty for a null.
  func string(_ column: Int32) -> String { optionalText(column) ?? "" }
}

/// Books that answer the SQL which SQLite and PostgreSQL have in common.
///
/// Tables that a page reads and a person changes need no statement of their own for each database;
/// what stations send by the thousand has one. Parameters are written `$1`, `$2` and so on, first
/// used in that order, since SQLite numbers them as they come.
protocol CommonSQL {
  /// Runs one statement and reads its rows.
  func rows<Value>(
    _ sql: String, _ values: [SQLValue], _ read: (any SQLRow) throws -> Value
  ) throws -> [Value]
}

extension CommonSQL {
  /// Runs a statement that gives no rows.
  func run(_ sql: String, _ values: [SQLValue]) throws {
    _ = try rows(sql, values) { _ in }
  }

  /// The number that a statement gives in its one row; 0 for none.
  func number(_ sql: String, _ values: [SQLValue] = []) throws -> Int64 {
    try rows(sql, values) { $0.int64(0) }.first ?? 0
  }
}

extension SQLiteRegistryBooks: CommonSQL {
  func rows<Value>(
    _ sql: String, _ values: [SQLValue], _ read: (any SQLRow) throws -> Value
  ) throws -> [Value] {
    let statement = try database.cachedStatement(sql: sql)
    let arguments = StatementArguments(values.map(\.databaseValue))
    let rows = try Row.fetchCursor(statement, arguments: arguments)
    var values: [Value] = []
    while let row = try rows.next() { values.append(try read(SQLiteRow(row: row))) }
    return values
  }
}

/// A row of SQLite.
private struct SQLiteRow: SQLRow {
  let row: Row

  func optionalInteger(_ column: Int32) -> Int64? { row[Int(column)] }
  func optionalText(_ column: Int32) -> String? { row[Int(column)] }
  func blob(_ column: Int32) -> [UInt8]? { (row[Int(column)] as Data?).map { Array($0) } }
}

extension SQLValue {
  fileprivate var databaseValue: DatabaseValue {
    switch self {
    case .integer(let number): number?.databaseValue ?? .null
    case .text(let text): text?.databaseValue ?? .null
    case .blob(let bytes): bytes.map { Data($0).databaseValue } ?? .null
    }
  }
}

extension PostgresRegistryBooks: CommonSQL {
  func rows<Value>(
    _ sql: String, _ values: [SQLValue], _ read: (any SQLRow) throws -> Value
  ) throws -> [Value] {
    try connection.run(sql) { arguments in
      for value in values {
        switch value {
        case .integer(let number): arguments.bind(number)
        case .text(let text): arguments.bind(text)
        case .blob(let bytes): arguments.bind(blob: bytes.map { $0[...] })
        }
      }
    }.map { try read($0) }
  }
}

extension PostgresRow: SQLRow {}
