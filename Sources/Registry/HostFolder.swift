import FoundationEssentials
import Glibc
import Storage

/// A host's folder: one database, or the address of one, and one key; nothing else to back up.
package struct HostFolder: Hashable, Sendable {
  package let path: String

  package init(path: String) {
    self.path = path
  }

  package var database: String { path + "/host.sqlite" }
  /// The Ed25519 key that signs this host's receipts.
  package var signingKey: String { path + "/host.key" }

  package var holdsHost: Bool {
    FilePresence(database) == .there || FilePresence(databaseAddress) == .there
  }

  /// Makes sure that there is a host to open, and says what to do where there is none.
  package func checkHoldsHost() throws(RegistryError) {
    switch FilePresence(database) {
    case .there: return
    case .absent: throw .noHost(folder: path)
    case .hidden: throw .notReadable(folder: path)
    }
  }

  /// Makes the folder for its owner alone, where it is not there yet.
  package func create() throws(RegistryError) {
    do {
      try FileManager.default.createDirectory(
        atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    } catch let error as CocoaError where error.code == .fileWriteOutOfSpace {
      throw .diskFull
    } catch {
      throw .notWritable(folder: path)
    }
  }

  /// Makes sure that a file can be made in the folder, before a database is asked to.
  package func checkWritable() throws(RegistryError) {
    let probe = path + "/.probe-\(getpid())"
    let file = open(probe, O_CREAT | O_WRONLY | O_CLOEXEC, 0o600)
    guard file >= 0 else { throw errno == ENOSPC ? .diskFull : .notWritable(folder: path) }
    close(file)
    unlink(probe)
  }
}
