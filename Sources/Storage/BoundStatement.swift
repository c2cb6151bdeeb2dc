package import GRDB
import GRDBSQLite

/// A prepared statement of the hot path, with its values bound to SQLite directly.
///
/// GRDB's own arguments box each value and its rows look each column up by name, which costs as
/// much as the rows themselves. The statement stays in GRDB's cache and inside GRDB's transaction;
/// only values and columns go past it.
package struct BoundStatement {
  private let database: Database
  private let statement: Statement

  /// Takes the statement from the connection's cache, or prepares it.
  package init(_ database: Database, sql: String) throws {
    self.database = database
    statement = try database.cachedStatement(sql: sql)
  }

  /// Runs the statement to its end with the values of one row, given from left to right.
  package func run(_ bind: (inout BoundValues) -> Void = { _ in }) throws {
    try forEach(bind) { _ in false }
  }

  /// Runs the statement up to its first row and reads it, or gives `nil` where there is none.
  package func first<Value>(
    _ bind: (inout BoundValues) -> Void, read: (BoundColumns) throws -> Value
  ) throws -> Value? {
    var first: Value?
    try forEach(bind) { row in
      first = try read(row)
      return false
    }
    return first
  }

  /// Runs the statement to its end and reads every row.
  package func all<Value>(
    _ bind: (inout BoundValues) -> Void, read: (BoundColumns) throws -> Value
  ) throws -> [Value] {
    var values: [Value] = []
    try forEach(bind) { row in
      values.append(try read(row))
      return true
    }
    return values
  }

  /// Runs the statement and reads row by row, for as long as `read` gives true.
  package func forEach(
    _ bind: (inout BoundValues) -> Void = { _ in }, read: (BoundColumns) throws -> Bool
  ) throws {
    let handle = statement.sqliteStatement
    defer { sqlite3_reset(handle) }
    var values = BoundValues(handle)
    bind(&values)
    guard values.result == SQLITE_OK else { throw failure(values.result) }
    while true {
      switch sqlite3_step(handle) {
      case SQLITE_DONE: return
      case SQLITE_ROW: guard try read(BoundColumns(handle)) else { return }
      case let result: throw failure(result)
      }
    }
  }

  private func failure(_ result: Int32) -> DatabaseError {
    let message = database.sqliteConnection.map { String(cString: sqlite3_errmsg($0)) }
    return DatabaseError(
      resultCode: ResultCode(rawValue: result), message: message, sql: statement.sql)
  }
}

/// The values of one row on their way into a statement; each call binds the next one.
package struct BoundValues {
  private let handle: OpaquePointer
  private var index: Int32 = 0
  /// The first result that was not `SQLITE_OK`.
  fileprivate var result = SQLITE_OK

  /// Tells SQLite to keep a copy, since the bytes are only lent.
  private static let copied = unsafeBitCast(-1, to: sqlite3_destructor_type.self)

  fileprivate init(_ handle: OpaquePointer) {
    self.handle = handle
  }

  /// Binds a number, or null.
  package mutating func bind(_ number: Int64?) {
    bindNext { handle, index in
      guard let number else { return sqlite3_bind_null(handle, index) }
      return sqlite3_bind_int64(handle, index, number)
    }
  }

  /// Binds a number, or null.
  package mutating func bind(_ number: Int?) {
    bind(number.map(Int64.init))
  }

  /// Binds text.
  package mutating func bind(_ text: String) {
    var text = text
    bindNext { handle, index in
      text.withUTF8 { bytes in
        bytes.withMemoryRebound(to: CChar.self) {
          sqlite3_bind_text(handle, index, $0.baseAddress, Int32($0.count), Self.copied)
        }
      }
    }
  }

  /// Binds text, or null.
  package mutating func bind(text: String?) {
    if let text { bind(text) } else { bind(nil as Int64?) }
  }

  /// Binds bytes.
  package mutating func bind(blob bytes: UnsafeRawBufferPointer) {
    bindNext { handle, index in
      sqlite3_bind_blob(handle, index, bytes.baseAddress, Int32(bytes.count), Self.copied)
    }
  }

  /// Binds bytes, or null.
  package mutating func bind(blob bytes: ArraySlice<UInt8>?) {
    guard let bytes else { return bind(nil as Int64?) }
    bytes.withUnsafeBytes { bind(blob: $0) }
  }

  private mutating func bindNext(_ bind: (OpaquePointer, Int32) -> Int32) {
    index += 1
    let bound = bind(handle, index)
    if result == SQLITE_OK { result = bound }
  }
}

/// The columns of a row that a statement stands on, counted from 0.
package struct BoundColumns {
  private let handle: OpaquePointer

  fileprivate init(_ handle: OpaquePointer) {
    self.handle = handle
  }

  /// The column's number; 0 for a null.
  package func integer(_ column: Int32) -> Int64 { sqlite3_column_int64(handle, column) }

  /// The column's number; 0 for a null.
  package func int(_ column: Int32) -> Int { Int(integer(column)) }

  /// The column's number, or `nil` for a null.
  package func optionalInt(_ column: Int32) -> Int? { isNull(column) ? nil : int(column) }

  /// The column's text; empty for a null.
  ///
  /// Bytes that are no UTF-8 are replaced, so what they meant is not read.
  package func text(_ column: Int32) -> String {
    guard let bytes = sqlite3_column_text(handle, column) else { return "" }
    let count = Int(sqlite3_column_bytes(handle, column))
    return String(decoding: UnsafeBufferPointer(start: bytes, count: count), as: UTF8.self)
  }

  /// The column's text, or `nil` for a null.
  package func optionalText(_ column: Int32) -> String? { isNull(column) ? nil : text(column) }

  /// The column's bytes, or `nil` for a null.
  package func blob(_ column: Int32) -> [UInt8]? {
    guard !isNull(column) else { return nil }
    let bytes = UnsafeRawBufferPointer(
      start: sqlite3_column_blob(handle, column), count: Int(sqlite3_column_bytes(handle, column)))
    return Array(bytes)
  }

  private func isNull(_ column: Int32) -> Bool {
    sqlite3_column_type(handle, column) == SQLITE_NULL
  }
}
