package import Exchange
import Foundation
package import Registry

/// A host in a folder of its own, whose clock stands still.
package final class HostFixture: Sendable {
  package let folder: HostFolder
  package let key: SigningKey
  package let store: SQLiteRegistryStore
  package let registry: GroupRegistry

  package static let groupName = "Nhóm thư viện Tân Tập"
  /// The host's wall clock in milliseconds since 1970.
  package static let nowMilliseconds: Int64 = 1_789_500_000_000

  /// Makes a new host, in memory where asked.
  package init(inMemory: Bool = false) throws {
    folder = Self.newFolder(inMemory)
    key = SigningKey()
    store = try SQLiteRegistryStore.create(in: folder, groupName: Self.groupName)
    registry = Self.registry(store, key)
  }

  /// The same host as it was when its folder was copied, as after a restore.
  package init(restoring backup: HostBackup, inMemory: Bool = false) throws {
    folder = Self.newFolder(inMemory)
    key = backup.key
    try FileManager.default.copyItem(atPath: backup.folder.url.path, toPath: folder.path)
    store = try SQLiteRegistryStore(folder: folder)
    registry = Self.registry(store, key)
  }

  deinit {
    try? store.close()
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

  /// Opens the same folder once more, as a second process does.
  package func secondRegistry() throws -> GroupRegistry {
    Self.registry(try SQLiteRegistryStore(folder: folder), key)
  }

  private static func newFolder(_ inMemory: Bool) -> HostFolder {
    let parent = inMemory ? TemporaryFolder.memory : FileManager.default.temporaryDirectory
    return HostFolder(path: parent.appending(path: "lienthong-test-\(UUID().uuidString)").path)
  }

  private static func registry(_ store: SQLiteRegistryStore, _ key: SigningKey) -> GroupRegistry {
    GroupRegistry(store: store, key: key, nowMilliseconds: { nowMilliseconds })
  }
}

/// A copy of a host's files.
package struct HostBackup: Sendable {
  let folder: TemporaryFolder
  let key: SigningKey
}
