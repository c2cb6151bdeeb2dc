import Exchange
import Foundation
import Journal
import Registry
import Storage

/// A folder that holds a copy of a host: its key, and its books or a dump of its database.
struct HostBackup {
  let path: String

  var folder: HostFolder { HostFolder(path: path) }
  /// The books of a host on PostgreSQL, as `pg_dump` writes them.
  var dump: String { path + "/host.pgdump" }
  /// What says to whoever finds the folder what it is.
  private var cover: String { path + "/README.txt" }

  /// Copies a host while it serves, into a folder that is made.
  ///
  /// The copy is made under another name, replayed from its first event, and gets its own name only
  /// where all agrees; a power cut or a full disk leaves no folder that looks like a backup.
  /// - Returns: what replaying the copy gave; `nil` for a dump, which only a restore can replay.
  static func take(
    of host: HostFolder, at address: PostgresAddress?, into path: String
  ) async throws -> RegistryVerification? {
    guard FilePresence(path) == .absent else { throw BackupError.placeTaken(path) }
    let draft = HostBackup(path: path + ".new")
    try? FileManager.default.removeItem(atPath: draft.path)
    try draft.folder.create()
    do {
      let result = try await draft.fill(from: host, at: address)
      guard FinishedFile.flush(draft.path), FinishedFile.move(draft.path, to: path) else {
        throw RegistryError.diskFull
      }
      return result
    } catch {
      try? FileManager.default.removeItem(atPath: draft.path)
      throw error
    }
  }

  private func fill(
    from host: HostFolder, at address: PostgresAddress?
  ) async throws -> RegistryVerification? {
    try KeyFile(path: host.signingKey, creating: false).copy(to: folder.signingKey)
    try writeCover(of: host)
    if let address = try address ?? host.keptAddress() {
      try PostgresProgram.run(
        "pg_dump", ["--format=custom", "--no-owner", "--file=\(dump)"], on: address)
      guard FinishedFile.flush(dump) else { throw RegistryError.diskFull }
      return nil
    }
    try host.copyBooks(to: folder)
    let result = try await Self.replay(folder, at: nil)
    unlink(folder.database + ".reserve")
    return result
  }

  /// Puts the copy into the folder of a host that is to be.
  ///
  /// - Returns: what replaying it gave.
  func restore(
    to host: HostFolder, at address: PostgresAddress?
  ) async throws -> RegistryVerification {
    let isDump = FilePresence(dump) == .there
    guard isDump || FilePresence(folder.database) == .there,
      let key = try? KeyFile(path: folder.signingKey, creating: false)
    else { throw BackupError.noBackup(path) }
    guard isDump == (address != nil) else {
      throw isDump ? BackupError.databaseNeeded : .databaseNotNeeded
    }
    guard !host.holdsHost else { throw RegistryError.hostExists(folder: host.path) }
    try host.create()
    try key.copy(to: host.signingKey)
    guard let address else { return try await copyBooks(to: host, with: key) }
    try PostgresProgram.run(
      "pg_restore",
      ["--single-transaction", "--exit-on-error", "--no-owner", "--dbname=", dump], on: address)
    let result = try await Self.replay(host, at: address)
    try host.keep(address)
    return result
  }

  /// Replays the copy beside its place, so that only books that agree get there.
  private func copyBooks(
    to host: HostFolder, with key: KeyFile
  ) async throws -> RegistryVerification {
    let draft = HostFolder(path: host.path + "/restoring")
    try? FileManager.default.removeItem(atPath: draft.path)
    try draft.create()
    defer { try? FileManager.default.removeItem(atPath: draft.path) }
    try key.copy(to: draft.signingKey)
    try folder.copyBooks(to: draft)
    let result = try await Self.replay(draft, at: nil)
    guard FinishedFile.flush(draft.database),
      FinishedFile.move(draft.database, to: host.database)
    else { throw RegistryError.diskFull }
    return result
  }

  private static func replay(
    _ folder: HostFolder, at address: PostgresAddress?
  ) async throws -> RegistryVerification {
    let store = try await HostBooks.open(folder, at: address)
    let key = try HostKey.read(folder, creating: false)
    let result = try await GroupRegistry(store: store, key: key).verify()
    try store.close()
    if let problem = result.problems.first { throw BackupError.doesNotAgree(problem: problem) }
    return result
  }

  private func writeCover(of host: HostFolder) throws {
    let time = Date().formatted(.iso8601)
    let text = """
      LienThong — bản sao lưu của thư viện chủ trì, lúc \(time), từ \(host.path).
      Giữ kín: thư mục này có khóa ký của thư viện chủ trì (host.key).
      Khôi phục: lienthong host restore --from <thư mục này> --data <thư mục mới>

      LienThong: a backup of the host, taken at \(time), from \(host.path).
      Keep it safe: it holds the key that the host signs with (host.key).
      To restore: lienthong host restore --from <this folder> --data <a new folder>

      """
    guard FileManager.default.createFile(atPath: cover, contents: Data(text.utf8)) else {
      throw RegistryError.notWritable(folder: path)
    }
  }
}
