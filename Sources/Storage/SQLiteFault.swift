package import GRDB

/// What is wrong with a database, sorted by what a person can do about it.
package enum SQLiteFault: Hashable, Sendable {
  case diskFull
  /// Another process wrote for too long.
  case busy
  /// The file or its file system can't be written.
  case notWritable
  /// The file is damaged, or is no database at all.
  case damaged(String)
  /// Reading or writing failed; whether a commit succeeded is not known.
  case failed(String)

  package init(_ error: DatabaseError) {
    // The index of the log could not grow.
    if error.extendedResultCode == .SQLITE_IOERR_SHMSIZE {
      self = .diskFull
      return
    }
    switch error.resultCode.primaryResultCode {
    case .SQLITE_FULL: self = .diskFull
    case .SQLITE_BUSY, .SQLITE_LOCKED: self = .busy
    case .SQLITE_READONLY, .SQLITE_CANTOPEN, .SQLITE_PERM: self = .notWritable
    case .SQLITE_CORRUPT, .SQLITE_NOTADB: self = .damaged(error.message ?? "")
    default: self = .failed(error.message ?? "\(error.resultCode)")
    }
  }
}
