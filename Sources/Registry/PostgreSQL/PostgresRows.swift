import CPostgreSQL

/// What a statement answered: rows of columns, in PostgreSQL's binary forms.
package final class PostgresRows {
  private let result: OpaquePointer

  /// Takes the result over, and frees it in the end.
  init(_ result: OpaquePointer) {
    self.result = result
  }

  deinit { PQclear(result) }

  package var count: Int { Int(PQntuples(result)) }
  fileprivate var columnCount: Int { Int(PQnfields(result)) }
  /// What was done, such as `COMMIT`.
  var command: String { String(cString: PQcmdStatus(result)) }

  /// Reads every row.
  package func map<Value>(_ read: (PostgresRow) throws -> Value) rethrows -> [Value] {
    try (0..<count).map { try read(PostgresRow(self, Int32($0))) }
  }

  /// Reads every row, keeping none.
  func forEach(_ read: (PostgresRow) throws -> Void) rethrows {
    for index in 0..<Int32(count) { try read(PostgresRow(self, index)) }
  }

  /// The first row, or `nil`.
  package var first: PostgresRow? { count > 0 ? PostgresRow(self, 0) : nil }

  fileprivate func bytes(_ row: Int32, _ column: Int32) -> UnsafeRawBufferPointer? {
    guard PQgetisnull(result, row, column) == 0 else { return nil }
    return UnsafeRawBufferPointer(
      start: PQgetvalue(result, row, column), count: Int(PQgetlength(result, row, column)))
  }
}

/// One row of an answer; its columns are counted from 0.
package struct PostgresRow {
  private let rows: PostgresRows
  private let index: Int32

  fileprivate init(_ rows: PostgresRows, _ index: Int32) {
    self.rows = rows
    self.index = index
  }

  /// The number of a column that is a `bigint`; 0 for a null.
  package func integer(_ column: Int32) -> Int64 { optionalInteger(column) ?? 0 }

  /// The column's number; 0 for a null.
  package func int(_ column: Int32) -> Int { Int(integer(column)) }

  func optionalInteger(_ column: Int32) -> Int64? {
    guard let bytes = rows.bytes(index, column), bytes.count == MemoryLayout<Int64>.size else {
      return nil
    }
    return Int64(bigEndian: bytes.loadUnaligned(as: Int64.self))
  }

  /// The column's text; empty for a null.
  package func text(_ column: Int32) -> String { optionalText(column) ?? "" }

  package func optionalText(_ column: Int32) -> String? {
    rows.bytes(index, column).map { String(decoding: $0, as: UTF8.self) }
  }

  /// Every column as text, in an answer to statements that take no values; `nil` for a null.
  package var texts: [String?] { (0..<Int32(rows.columnCount)).map { optionalText($0) } }

  /// The column's bytes, or `nil` for a null.
  package func blob(_ column: Int32) -> [UInt8]? { rows.bytes(index, column).map { Array($0) } }
}
