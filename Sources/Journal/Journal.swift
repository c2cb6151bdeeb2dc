import Credentials
import FoundationEssentials
import GRDB
import Labels
package import Ledger
import Storage
import Synchronization

/// A station's store: events and what they add up to, in one SQLite file.
///
/// What `record` has answered is on disk. Everything that the station shows is read from
/// projections that change in the same transaction as the event that changes them.
package final class Journal: Sendable {
  package let folder: DataFolder
  package let station: StationID
  package let libraryName: String
  package let clock: StationClock
  let vault: NameVault
  let unknownNames = UnknownNames()
  private let pool: Mutex<DatabasePool>

  /// Connections that read while the writer writes.
  private static let readerLimit = 4
  /// How long to wait for another process that has the database.
  private static let busySeconds = 5.0

  /// Opens the station in a folder.
  package convenience init(
    folder: DataFolder, clock: StationClock = .live()
  ) throws(JournalError) {
    try folder.checkHoldsStation()
    let vault = NameVault(try KeyFile(path: folder.namesKey, creating: false))
    let reserve = DiskReserve(beside: folder.database)
    do throws(JournalError) {
      try folder.checkWritable()
      try self.init(opening: folder, vault: vault, clock: clock)
      reserve.keep()
    } catch {
      guard error == .diskFull, reserve.giveUp() else { throw error }
      try self.init(opening: folder, vault: vault, clock: clock)
    }
  }

  private init(
    opening folder: DataFolder, vault: NameVault, clock: StationClock
  ) throws(JournalError) {
    let (pool, row) = try Self.translating(in: folder) {
      try Self.refuseWhenForeign(folder)
      let pool = try Self.openPool(folder.database)
      let row = try pool.read {
        try Row.fetchOne($0, sql: "SELECT station, library_name, epoch FROM station")
      }
      return (pool, row)
    }
    guard let row else { throw .noStation(folder: folder.path) }
    self.folder = folder
    self.station = try Self.station(row)
    self.libraryName = row["library_name"]
    self.clock = clock
    self.vault = vault
    self.pool = Mutex(pool)
  }

  /// Sets up a new station in a folder that holds none.
  ///
  /// Its tables and its name are there together or not at all, so a power cut or a full disk
  /// leaves a folder that can be set up again.
  package static func create(
    in folder: DataFolder, station: StationID, libraryName: String,
    clock: StationClock = .live()
  ) throws(JournalError) -> Journal {
    try folder.create()
    guard !folder.holdsStation else { throw .stationExists(folder: folder.path) }
    try folder.checkWritable()
    let vault = NameVault(try KeyFile(path: folder.namesKey, creating: true))
    _ = try KeyFile(path: folder.signingKey, creating: true)
    let draft = DatabaseDraft(of: folder.database)
    draft.remove()
    defer { draft.remove() }
    try translating(in: folder) {
      let pool = try openPool(draft.path)
      try pool.write {
        try $0.execute(
          sql: "INSERT INTO station VALUES (1, ?, ?, ?)",
          arguments: [station.text, libraryName, Epoch.first.number])
      }
      try close(pool)
      guard draft.publish() else { throw JournalError.diskFull }
    }
    return try Journal(opening: folder, vault: vault, clock: clock)
  }

  /// Looks at a store before a pool does, as a pool writes to it as soon as it opens it.
  private static func refuseWhenForeign(_ folder: DataFolder) throws {
    var configuration = Configuration()
    configuration.readonly = true
    configuration.busyMode = .timeout(busySeconds)
    let queue = try DatabaseQueue(path: folder.database, configuration: configuration)
    try queue.read { try JournalSchema.refuseWhenForeign($0) }
    try queue.close()
  }

  /// The station that a store says it is.
  static func station(_ row: Row) throws(JournalError) -> StationID {
    guard let station = StationID(row["station"] as String), Epoch(row["epoch"]) != nil
    else { throw .damaged("table station") }
    return station
  }

  private static func openPool(_ path: String) throws -> DatabasePool {
    var configuration = Configuration()
    configuration.maximumReaderCount = readerLimit
    configuration.busyMode = .timeout(busySeconds)
    configuration.label = "journal"
    let pool = try DatabasePool(path: path, configuration: configuration)
    try pool.waitForDiskAtCommit()
    try pool.write { try JournalSchema.migrate($0) }
    return pool
  }
}

// MARK: - Reading and writing

extension Journal {
  /// Reads one consistent state.
  package func read<Value: Sendable>(
    _ body: @escaping @Sendable (JournalView) throws -> Value
  ) async throws -> Value {
    let vault = vault
    return try await translating {
      try await self.currentPool.read { try body(JournalView(database: $0, vault: vault)) }
    }
  }

  /// Writes in one transaction, which goes on to its end even when the caller goes away.
  func write<Value: Sendable>(
    in pool: DatabasePool? = nil, _ body: @escaping @Sendable (Database) throws -> Value
  ) async throws -> Value {
    let pool = pool ?? currentPool
    return try await translating {
      try await pool.writeToTheEnd(body)
    }
  }

  /// The level of `PRAGMA synchronous` on the writer's connection; 2 is FULL.
  package func synchronousLevel() async throws -> Int? {
    try await currentPool.synchronousLevel()
  }

  /// Opens the store anew after a commit whose outcome is not known.
  ///
  /// The old connections are closed first, so that SQLite reads its log from the disk: then what
  /// was committed is there and nothing else is. Of several acts that failed together, the first
  /// one here does it for all.
  func reopen(insteadOf failed: DatabasePool) throws(JournalError) {
    try Self.translating(in: folder) {
      try pool.withLock { current in
        guard current === failed else { return }
        // A close that fails has a reader still at work, whose connection ends with it.
        try? current.close()
        current = try Self.openPool(folder.database)
      }
    }
  }

  /// Merges the log into the database file and empties it, as far as readers let it.
  func mergeLog() async throws {
    try await translating {
      try await self.currentPool.writeWithoutTransaction {
        try $0.execute(sql: "PRAGMA wal_checkpoint(TRUNCATE)")
      }
    }
  }

  /// Closes the store, so that its log is merged into the database file.
  package func close() throws(JournalError) {
    try Self.translating(in: folder) { try Self.close(currentPool) }
  }

  /// Closes the readers before the writer: the last to close merges the log, and a reader can't.
  private static func close(_ pool: DatabasePool) throws {
    pool.releaseMemory()
    try pool.close()
  }

  var currentPool: DatabasePool {
    pool.withLock(\.self)
  }

  private func translating<Value>(
    _ body: () async throws -> Value
  ) async throws -> Value {
    do {
      return try await body()
    } catch let error as DatabaseError {
      throw JournalError(error, folder: folder.path)
    }
  }

  static func translating<Value>(
    in folder: DataFolder, _ body: () throws -> Value
  ) throws(JournalError) -> Value {
    do {
      return try body()
    } catch let error as JournalError {
      throw error
    } catch let error as DatabaseError {
      throw JournalError(error, folder: folder.path)
    } catch {
      throw .storageFailed("\(error)")
    }
  }
}
