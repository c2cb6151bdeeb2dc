import FoundationEssentials
import Glibc
package import Ledger
import Storage

/// A station's folder: one database, its keys and a lock, and nothing else to back up.
package struct DataFolder: Hashable, Sendable {
  package let path: String

  package init(path: String) {
    self.path = path
  }

  package var database: String { path + "/station.sqlite" }
  /// The Ed25519 key that signs this station's batches in its first epoch.
  package var signingKey: String { path + "/station.key" }

  /// The Ed25519 key that signs this station's batches in an epoch.
  ///
  /// A key stays when its epoch ends: a host that was restored asks for what it signed.
  package func signingKey(of epoch: Epoch) -> String {
    epoch == .first ? signingKey : path + "/station-\(epoch).key"
  }

  /// The key that this machine asks to be enrolled with under a code; `name` tells codes apart.
  package func enrolmentKey(named name: String) -> String {
    path + "/enrolment-\(name).key"
  }
  /// The AES-GCM key that seals patrons' names.
  package var namesKey: String { path + "/names.key" }
  package var lock: String { path + "/station.lock" }
  /// The Ed25519 key that signs the slips of this station's boxes.
  package var slipKey: String { path + "/slip.key" }
  var recoveryLock: String { path + "/recovery.lock" }

  package var holdsStation: Bool {
    FilePresence(database) == .there
  }

  /// Makes sure that there is a station to open, and says what to do where there is none.
  package func checkHoldsStation() throws(JournalError) {
    switch FilePresence(database) {
    case .there: return
    case .absent: throw .noStation(folder: path)
    case .hidden: throw .notReadable(folder: path)
    }
  }

  /// Makes the folder for its owner alone, where it is not there yet.
  package func create() throws(JournalError) {
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
  package func checkWritable() throws(JournalError) {
    let probe = path + "/.probe-\(getpid())"
    let file = open(probe, O_CREAT | O_WRONLY | O_CLOEXEC, 0o600)
    guard file >= 0 else { throw errno == ENOSPC ? .diskFull : .notWritable(folder: path) }
    close(file)
    unlink(probe)
  }
}

/// The right to serve a data folder, or to recover it, held by one process at a time and given up
/// with it.
package final class FolderLock: Sendable {
  /// What the right is for.
  package enum Purpose: Sendable {
    case service
    case recovery
  }

  private let file: Int32

  /// Takes the lock, or says that another process has it.
  package init(_ folder: DataFolder, purpose: Purpose = .service) throws(JournalError) {
    let path = purpose == .service ? folder.lock : folder.recoveryLock
    file = open(path, O_CREAT | O_RDWR | O_CLOEXEC, 0o600)
    guard file >= 0 else { throw errno == ENOSPC ? .diskFull : .notWritable(folder: folder.path) }
    guard flock(file, LOCK_EX | LOCK_NB) == 0 else {
      close(file)
      throw .inUse(folder: folder.path)
    }
  }

  deinit {
    close(file)
  }
}
