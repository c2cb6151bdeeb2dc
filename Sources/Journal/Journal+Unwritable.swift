import FoundationEssentials
import GRDB
import Glibc

extension Journal {
  /// Verifies a store on a medium that can't be written, such as a backup on a locked stick.
  ///
  /// Nothing is written, not even beside the store. A log that was never merged is read too, where
  /// its index is there with it. For the rest as ``verify()``.
  package static func verify(unwritable folder: DataFolder) throws(JournalError) -> Verification {
    try folder.checkHoldsStation()
    return try translating(in: folder) {
      var configuration = Configuration()
      configuration.readonly = true
      let queue = try DatabaseQueue(path: name(of: folder), configuration: configuration)
      return try queue.read { database in
        try JournalSchema.refuseWhenForeign(database)
        try JournalSchema.refuseWhenOlder(database)
        let row = try Row.fetchOne(database, sql: "SELECT station, epoch FROM station")
        guard let row else { throw JournalError.noStation(folder: folder.path) }
        return try JournalVerifier.verify(database, of: station(row))
      }
    }
  }

  /// The file's name for SQLite (<https://www.sqlite.org/wal.html#read_only_databases>).
  ///
  /// A store without a log has to be called immutable, since else SQLite makes an index for one.
  private static func name(of folder: DataFolder) -> String {
    var log = stat()
    let hasLog = stat(folder.database + "-wal", &log) == 0 && log.st_size > 0
    guard !hasLog else { return folder.database }
    return URL(filePath: folder.database).absoluteString + "?immutable=1"
  }
}
