/// A host's books in a PostgreSQL database, which several processes may serve at once.
///
/// A write works on a snapshot and is done again where another changed a row that it changes too.
/// That is enough: each event acts on one item, so books are right where each item's events were
/// applied one after the other, and a station's where its cursor was. An item that nobody has
/// registered has no row yet, so those who act on it and those who register it wait for each other
/// by `RegistryTransaction.holdRegister`.
package struct PostgresRegistryStore: RegistryStore {
  private let pool: PostgresPool
  private let writing: PostgresLane.Mode

  /// Opens the host's books in a database.
  package init(_ address: PostgresAddress) async throws {
    let pool = PostgresPool(address)
    self.pool = pool
    writing = try await Self.writingMode(of: pool)
  }

  /// Makes sure that there is a host to open, and gives how its writes go beside each other.
  private static func writingMode(of pool: PostgresPool) async throws -> PostgresLane.Mode {
    try await translating {
      try await pool.perform { lane in
        try refuseWhenNotDurable(try lane.connected())
        let (version, mode) = try lane.transaction(.reading) { connection in
          // No snapshot spans several servers, so there one writes after the other.
          (
            try PostgresRegistrySchema.refuseWhenUnknown(connection),
            try PostgresRegistrySchema.hasCitus(connection)
              ? PostgresLane.Mode.writingAlone : .writing
          )
        }
        if version < PostgresRegistrySchema.version {
          try lane.transaction(.writingAlone, PostgresRegistrySchema.migrate)
        }
        return mode
      }
    }
  }

  /// Sets up new books in a database that holds none, and spreads them where Citus is installed.
  ///
  /// All of it is one transaction, so that it may simply be repeated.
  package static func create(
    at address: PostgresAddress, groupName: String
  ) async throws -> PostgresRegistryStore {
    let pool = PostgresPool(address)
    defer { pool.close() }
    try await translating {
      try await pool.perform { lane in
        let connection = try lane.connected()
        try refuseWhenNotDurable(connection)
        try connection.run("BEGIN")
        do {
          try PostgresRegistrySchema.create(in: connection, groupName: groupName)
          try connection.run("COMMIT")
        } catch {
          lane.disconnect()
          throw error
        }
      }
    }
    return try await PostgresRegistryStore(address)
  }

  /// Refuses a server that says "done" before it is.
  private static func refuseWhenNotDurable(_ connection: PostgresConnection) throws {
    let setting = try connection.run("SELECT current_setting('fsync')") { _ in }
    guard setting.first?.text(0) == "on" else { throw RegistryError.databaseNotDurable }
  }

  package func read<Value: Sendable>(
    _ body: @escaping @Sendable (any RegistryReader) throws -> Value
  ) async throws -> Value {
    try await perform(.reading, body)
  }

  package func write<Value: Sendable>(
    _ body: @escaping @Sendable (any RegistryTransaction) throws -> Value
  ) async throws -> Value {
    try await perform(writing, body)
  }

  package func close() {
    pool.close()
  }

  private func perform<Value: Sendable>(
    _ mode: PostgresLane.Mode,
    _ body: @escaping @Sendable (any RegistryTransaction) throws -> Value
  ) async throws -> Value {
    try await Self.translating {
      try await pool.perform { lane in
        try lane.transaction(mode) { try body(PostgresRegistryBooks(connection: $0)) }
      }
    }
  }

  private static func translating<Value>(
    _ body: () async throws -> Value
  ) async throws -> Value {
    do {
      return try await body()
    } catch let error as PostgresError {
      throw RegistryError(error)
    }
  }
}
