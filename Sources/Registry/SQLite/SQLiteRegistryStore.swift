import FoundationEssentials
import GRDB
import Storage

/// A host's books in one SQLite file, in WAL mode with every commit on disk before it returns.
package struct SQLiteRegistryStore: RegistryStore {
  package let folder: HostFolder
  private let pool: DatabasePool

  /// Connections that read while the writer writes.
  private static let readerLimit = 4
  /// How long to wait for another process that writes.
  private static let busySeconds = 10.0

  /// Opens the host's books in a folder.
  package init(folder: HostFolder) throws(RegistryError) {
    try folder.checkHoldsHost()
    self.folder = folder
    let reserve = DiskReserve(beside: folder.database)
    do throws(RegistryError) {
      try folder.checkWritable()
      pool = try Self.translating(in: folder) { try Self.openPool(folder.database) }
      reserve.keep()
    } catch {
      guard error == .diskFull, reserve.giveUp() else { throw error }
      pool = try Self.translating(in: folder) { try Self.openPool(folder.database) }
    }
    let name = try Self.translating(in: folder) {
      try pool.read { try String.fetchOne($0, sql: "SELECT name FROM host") }
    }
    guard name != nil else { throw .noHost(folder: folder.path) }
  }

  /// Sets up new books in a folder that holds none.
  ///
  /// Its tables and its name are there together or not at all, so a power cut or a full disk
  /// leaves a folder that can be set up again.
  package static func create(
    in folder: HostFolder, groupName: String
  ) throws(RegistryError) -> SQLiteRegistryStore {
    try folder.create()
    guard !folder.holdsHost else { throw .hostExists(folder: folder.path) }
    try folder.checkWritable()
    let draft = DatabaseDraft(of: folder.database)
    draft.remove()
    defer { draft.remove() }
    try translating(in: folder) {
      let pool = try openPool(draft.path)
      try pool.write {
        try $0.execute(
          sql: "INSERT INTO host (singleton, name) VALUES (1, ?)", arguments: [groupName])
      }
      try close(pool)
      guard draft.publish() else { throw RegistryError.diskFull }
    }
    return try SQLiteRegistryStore(folder: folder)
  }

  private static func openPool(_ path: String) throws -> DatabasePool {
    var configuration = Configuration()
    configuration.maximumReaderCount = readerLimit
    configuration.busyMode = .timeout(busySeconds)
    configuration.label = "registry"
    try checkUntouched(path, configuration)
    let pool = try DatabasePool(path: path, configuration: configuration)
    try pool.waitForDiskAtCommit()
    try pool.write { try SQLiteRegistrySchema.migrate($0) }
    return pool
  }

  /// Looks before the pool switches on WAL, which would change another program's database.
  private static func checkUntouched(
    _ path: String, _ configuration: Configuration
  ) throws {
    let queue = try DatabaseQueue(path: path, configuration: configuration)
    _ = try queue.read(SQLiteRegistrySchema.checkedVersion)
    try queue.close()
  }
}

extension SQLiteRegistryStore {
  package func read<Value: Sendable>(
    _ body: @escaping @Sendable (any RegistryReader) throws -> Value
  ) async throws -> Value {
    try await translating {
      try await pool.read { try body(SQLiteRegistryBooks(database: $0)) }
    }
  }

  /// Goes on to its end even when the caller goes away, such as a station that hangs up.
  package func write<Value: Sendable>(
    _ body: @escaping @Sendable (any RegistryTransaction) throws -> Value
  ) async throws -> Value {
    try await translating {
      try await pool.writeToTheEnd { try body(SQLiteRegistryBooks(database: $0)) }
    }
  }

  /// The level of `PRAGMA synchronous` on the writer's connection; 2 is FULL.
  package func synchronousLevel() async throws -> Int? {
    try await pool.synchronousLevel()
  }

  /// Closes the store, so that its log is merged into the database file.
  package func close() throws(RegistryError) {
    try Self.translating(in: folder) { try Self.close(pool) }
  }

  /// Closes the readers before the writer: the last to close merges the log, and a reader can't.
  private static func close(_ pool: DatabasePool) throws {
    pool.releaseMemory()
    try pool.close()
  }

  private func translating<Value>(
    _ body: () async throws -> Value
  ) async throws -> Value {
    do {
      return try await body()
    } catch let error as DatabaseError {
      throw RegistryError(error, folder: folder.path)
    }
  }

  private static func translating<Value>(
    in folder: HostFolder, _ body: () throws -> Value
  ) throws(RegistryError) -> Value {
    do {
      return try body()
    } catch let error as RegistryError {
      throw error
    } catch let error as DatabaseError {
      throw RegistryError(error, folder: folder.path)
    } catch {
      throw .storageFailed("\(error)")
    }
  }
}

extension RegistryError {
  init(_ error: DatabaseError, folder: String) {
    switch SQLiteFault(error) {
    case .diskFull: self = .diskFull
    case .notWritable: self = .notWritable(folder: folder)
    case .damaged(let detail): self = .damaged(detail)
    case .busy: self = .storageFailed(error.message ?? "busy")
    case .failed(let detail): self = .storageFailed(detail)
    }
  }
}
