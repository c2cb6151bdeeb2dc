import Exchange
import Journal
import Ledger

/// What a station does by itself when the host has another history of it: its disk was restored
/// from a backup, or copied.
///
/// The station takes the host's history, ends the epoch under the old key, and goes on in a new one
/// with a new key; what was recorded here alone is carried over, so that no act is lost and none is
/// told twice. Of two copies of one disk, the first to come goes on; the other one finds the epoch
/// ended, and needs a person: it is stopped, or enrolled anew.
struct StationRecovery: Sendable {
  let journal: Journal
  let keys: StationKeys
  let host: HostClient

  /// Recovers from a history that parts from the host's in an epoch.
  ///
  /// - Throws: `UplinkError.refused` where another machine has taken the station's place;
  ///   `UplinkError.recovering` where another process recovers this station now.
  func recover(in epoch: Epoch) async throws {
    let lock = try RecoveryLock(journal.folder)
    defer { withExtendedLifetime(lock) {} }
    let key = try keys.key(of: epoch)
    let copy = HistoryCopy(journal: journal, host: host, signer: (epoch, key))
    let end = try await copy.hostEnd(of: epoch)
    let cursor = end.page.cursor
    if try await journal.position(in: epoch, sequence: cursor.sequence) == cursor {
      // Another process was faster, or the host took a batch whose receipt was lost.
      try await journal.acknowledge(cursor, receipt: end.bytes)
      return
    }
    guard end.page.end == nil else {
      let error = ExchangeError.superseded(at: cursor)
      throw UplinkError.refused(status: 409, RefusalMessage(error))
    }
    guard let next = epoch.next else { throw JournalError.noNextEpoch }
    try await copy.complete(epoch, upTo: end)
    let nextKey = try keys.prepare(next).verifyingKey
    guard let bytes = PublicKeyBytes(nextKey.bytes) else { throw ExchangeError.badKey }
    try await journal.succeed(with: bytes)
  }
}

/// The right to recover a station, held by one process at a time.
private struct RecoveryLock {
  private let lock: FolderLock

  init(_ folder: DataFolder) throws {
    do throws(JournalError) {
      lock = try FolderLock(folder, purpose: .recovery)
    } catch .inUse {
      throw UplinkError.recovering
    }
  }
}
