import CPostgreSQL

/// One connection to a PostgreSQL server, for one thread at a time.
package final class PostgresConnection {
  private let connection: OpaquePointer
  /// The name under which the server has each statement prepared, by its text.
  private var prepared: [String: String] = [:]

  /// What an address may leave open; what it says itself goes before these.
  ///
  /// A server that vanished without a word is given up after fifteen seconds, in place of hours.
  private static let defaults = [
    ("application_name", "lienthong"), ("connect_timeout", "5"), ("tcp_user_timeout", "15000"),
    ("keepalives_idle", "10"),
  ]

  /// Connects; text travels as UTF-8, whatever the machine's locale.
  package init(_ address: PostgresAddress) throws(PostgresError) {
    let options = Self.defaults + [("dbname", address.text), ("client_encoding", "UTF8")]
    let opened = CStrings(options.map(\.0)).withPointers { keywords in
      CStrings(options.map(\.1)).withPointers { PQconnectdbParams(keywords, $0, 1) }
    }
    guard let opened else { throw PostgresError(sqlState: "53200", message: "out of memory") }
    guard PQstatus(opened) == CONNECTION_OK else {
      let message = String(cString: PQerrorMessage(opened))
      PQfinish(opened)
      throw PostgresError(sqlState: Self.state(ofRefusal: message), message: message)
    }
    postgres_silence_notices(opened)
    connection = opened
  }

  deinit { PQfinish(connection) }

  /// Tells a server that does not let one in from one that is not there.
  ///
  /// Before it lets one in, libpq gives its words alone; these are in every language "FATAL:" and
  /// what the server says, which the tests hold against a real one.
  private static func state(ofRefusal message: String) -> String {
    if message.contains("does not exist") && message.contains("database") { return "3D000" }
    let refusals = ["password", "authentication", "pg_hba.conf", "role \""]
    return refusals.contains { message.contains($0) } ? "28000" : ""
  }

  /// Whether the connection can still be used.
  var isUsable: Bool { PQstatus(connection) == CONNECTION_OK }

  /// Runs statements that take no values, one after the other, and gives what the last answers.
  @discardableResult
  package func run(_ sql: String) throws(PostgresError) -> PostgresRows {
    try checked(PQexec(connection, sql))
  }

  /// Runs one statement with values, which the server prepares at its first use.
  @discardableResult
  package func run(
    _ sql: String, _ bind: (inout PostgresArguments) -> Void
  ) throws(PostgresError) -> PostgresRows {
    var arguments = PostgresArguments()
    bind(&arguments)
    return try run(sql, arguments)
  }

  private func run(
    _ sql: String, _ arguments: PostgresArguments
  ) throws(PostgresError) -> PostgresRows {
    let name = try name(of: sql, arguments.types)
    let count = arguments.ranges.count
    let lengths = arguments.ranges.map { Int32($0?.count ?? 0) }
    let formats = [Int32](repeating: 1, count: count)
    let result = arguments.bytes.withUnsafeBytes { bytes in
      let start = bytes.baseAddress?.assumingMemoryBound(to: CChar.self)
      let values = arguments.ranges.map { range in
        range.flatMap { range in start.map { UnsafePointer($0) + range.lowerBound } }
      }
      return PQexecPrepared(connection, name, Int32(count), values, lengths, formats, 1)
    }
    return try checked(result)
  }

  private func name(of sql: String, _ types: [UInt32]) throws(PostgresError) -> String {
    if let name = prepared[sql] { return name }
    let name = "s\(prepared.count)"
    try checked(PQprepare(connection, name, sql, Int32(types.count), types))
    prepared[sql] = name
    return name
  }

  @discardableResult
  private func checked(_ result: OpaquePointer?) throws(PostgresError) -> PostgresRows {
    guard let result else {
      throw PostgresError(sqlState: "", message: String(cString: PQerrorMessage(connection)))
    }
    let rows = PostgresRows(result)
    switch PQresultStatus(result) {
    case PGRES_COMMAND_OK, PGRES_TUPLES_OK: return rows
    default:
      let state = postgres_sql_state(result).map { String(cString: $0) }
      throw PostgresError(
        sqlState: isUsable ? state ?? "" : "",
        message: String(cString: PQresultErrorMessage(result)))
    }
  }
}

/// Strings as C takes a list of them: each ends with a zero, and so does the list.
private struct CStrings {
  private let strings: [String]

  init(_ strings: [String]) {
    self.strings = strings
  }

  func withPointers<Value>(
    _ body: (UnsafePointer<UnsafePointer<CChar>?>) -> Value
  ) -> Value {
    var bytes: [CChar] = []
    let offsets = strings.map { string in
      defer { bytes += string.utf8CString }
      return bytes.count
    }
    return bytes.withUnsafeBufferPointer { buffer in
      let pointers = offsets.map { offset in buffer.baseAddress.map { $0 + offset } } + [nil]
      return pointers.withUnsafeBufferPointer { list in
        guard let first = list.baseAddress else { return body([nil]) }
        return body(first)
      }
    }
  }
}
