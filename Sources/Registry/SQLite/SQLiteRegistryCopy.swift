import GRDB
import Glibc
import Storage

extension HostFolder {
  /// Copies the books in SQLite as they stand at one moment, while others read and write them.
  ///
  /// One step of SQLite's online backup reads one state of the write-ahead log, so that a host
  /// that is busy all night is copied too, and keeps nobody waiting. The copy is on disk once this
  /// returns.
  package func copyBooks(to copy: HostFolder) throws(RegistryError) {
    try checkHoldsHost()
    do {
      var reading = Configuration()
      reading.readonly = true
      reading.label = "backup"
      let source = try DatabaseQueue(path: database, configuration: reading)
      let target = try DatabaseQueue(path: copy.database)
      try source.backup(to: target)
      try target.close()
      try source.close()
    } catch let error as DatabaseError {
      throw RegistryError(error, folder: copy.path)
    } catch {
      throw .storageFailed("\(error)")
    }
    guard FinishedFile.flush(copy.database) else { throw .diskFull }
  }
}
