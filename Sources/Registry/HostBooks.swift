import FoundationEssentials
import Glibc
import Storage

/// Where a host's books are kept: in SQLite in its folder, or in the database named there.
package enum HostBooks {
  /// Sets up new books: in the database at `address`, or else in the folder.
  ///
  /// The folder keeps the address, so that later it need not be named again.
  package static func create(
    in folder: HostFolder, at address: PostgresAddress?, groupName: String
  ) async throws -> any RegistryStore {
    guard let address else {
      return try SQLiteRegistryStore.create(in: folder, groupName: groupName)
    }
    try folder.create()
    guard !folder.holdsHost else { throw RegistryError.hostExists(folder: folder.path) }
    try folder.checkWritable()
    let store = try await PostgresRegistryStore.create(at: address, groupName: groupName)
    try folder.keep(address)
    return store
  }

  /// Opens the books at `address`, or else where the folder has them.
  package static func open(
    _ folder: HostFolder, at address: PostgresAddress?
  ) async throws -> any RegistryStore {
    if let address = try address ?? folder.keptAddress() {
      return try await PostgresRegistryStore(address)
    }
    return try SQLiteRegistryStore(folder: folder)
  }
}

extension HostFolder {
  /// The address of the database, for the owner alone, since it may hold a password.
  package var databaseAddress: String { path + "/host.database" }

  /// The database that the folder names; nothing where the books are in the folder.
  package func keptAddress() throws -> PostgresAddress? {
    guard FilePresence(databaseAddress) == .there else { return nil }
    guard let bytes = FileManager.default.contents(atPath: databaseAddress) else {
      throw RegistryError.notReadable(folder: path)
    }
    let text = String(decoding: bytes.prefix(PostgresAddress.longest + 1), as: UTF8.self)
    return try PostgresAddress(text.split(whereSeparator: \.isNewline).first ?? "")
  }

  package func keep(_ address: PostgresAddress) throws(RegistryError) {
    let draft = databaseAddress + ".new"
    let file = Glibc.open(draft, O_CREAT | O_TRUNC | O_WRONLY | O_CLOEXEC, 0o600)
    guard file >= 0 else { throw errno == ENOSPC ? .diskFull : .notWritable(folder: path) }
    let bytes = Array((address.text + "\n").utf8)
    let isWritten = write(file, bytes, bytes.count) == bytes.count && fsync(file) == 0
    close(file)
    guard isWritten, FinishedFile.move(draft, to: databaseAddress) else {
      unlink(draft)
      throw .diskFull
    }
  }
}
