package import Exchange
import Foundation
package import Registry

/// The databases that a host's books may be in; all give the same answers.
package enum StoreKind: String, CaseIterable, Sendable {
  case sqlite, postgres

  /// Those that guard events by a trigger: a table that Citus spreads can have none.
  package static var guardingEvents: [StoreKind] {
    PostgresCluster.hasCitus ? [.sqlite] : allCases
  }
}

/// A host in a folder or a database of its own, whose clock stands still.
package final class HostFixture: Sendable {
  package let folder: HostFolder
  /// Where the books are, unless they are in the folder.
  package let address: PostgresAddress?
  package let key: SigningKey
  package let store: any RegistryStore
  package let registry: GroupRegistry

  package static let groupName = "Nhóm thư viện Tân Tập"
  /// The host's wall clock in milliseconds since 1970.
  package static let nowMilliseconds: Int64 = 1_789_500_000_000

  /// Makes a new host with its books in SQLite, in memory where asked.
  package init(inMemory: Bool = false) throws {
    folder = Self.newFolder(inMemory)
    address = nil
    key = SigningKey()
    store = try SQLiteRegistryStore.create(in: folder, groupName: Self.groupName)
    registry = Self.registry(store, key)
  }

  /// Makes a new host with its books in a database of that kind.
  package convenience init(_ kind: StoreKind, inMemory: Bool = false) async throws {
    switch kind {
    case .sqlite: try self.init(inMemory: inMemory)
    case .postgres:
      try await self.init(at: PostgresCluster.shared().makeDatabase(), inMemory: inMemory)
    }
  }

  /// Makes a new host with its books in an empty database.
  package init(at address: PostgresAddress, inMemory: Bool = false) async throws {
    folder = Self.newFolder(inMemory)
    self.address = address
    key = SigningKey()
    store = try await HostBooks.create(in: folder, at: address, groupName: Self.groupName)
    registry = Self.registry(store, key)
  }

  /// The same host as it was when its folder was copied, as after a restore.
  package init(restoring backup: HostBackup, inMemory: Bool = false) throws {
    folder = Self.newFolder(inMemory)
    address = nil
    key = backup.key
    try FileManager.default.copyItem(atPath: backup.folder.url.path, toPath: folder.path)
    store = try SQLiteRegistryStore(folder: folder)
    registry = Self.registry(store, key)
  }

  deinit {
    try? store.close()
    if let address { try? PostgresCluster.remove(address) }
    try? FileManager.default.removeItem(atPath: folder.path)
  }

  /// Copies the host's files while nothing is written.
  package func backup(inMemory: Bool = false) throws -> HostBackup {
    let copy = try inMemory ? TemporaryFolder(in: TemporaryFolder.memory) : TemporaryFolder()
    for name in try FileManager.default.contentsOfDirectory(atPath: folder.path) {
      try FileManager.default.copyItem(
        atPath: "\(folder.path)/\(name)", toPath: copy.file(name).path)
    }
    return HostBackup(folder: copy, key: key)
  }

  /// Opens the same books once more, as a second process does.
  package func secondRegistry() async throws -> GroupRegistry {
    Self.registry(try await HostBooks.open(folder, at: nil), key)
  }

  private static func newFolder(_ inMemory: Bool) -> HostFolder {
    let parent = inMemory ? TemporaryFolder.memory : FileManager.default.temporaryDirectory
    return HostFolder(path: parent.appending(path: "lienthong-test-\(UUID().uuidString)").path)
  }

  private static func registry(_ store: any RegistryStore, _ key: SigningKey) -> GroupRegistry {
    GroupRegistry(store: store, key: key, nowMilliseconds: { nowMilliseconds })
  }
}

/// A copy of a host's files.
package struct HostBackup: Sendable {
  let folder: TemporaryFolder
  let key: SigningKey
}
