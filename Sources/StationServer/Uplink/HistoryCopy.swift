import Exchange
import Journal
import Ledger

/// Brings an epoch of the journal to where the host's copy of it ends.
///
/// What is here beyond the last position that both have is set aside by the journal, and carried
/// over into the next epoch.
struct HistoryCopy: Sendable {
  let journal: Journal
  let host: HostClient
  /// Whose key signs the questions: that of the epoch, or of a later one.
  let signer: (epoch: Epoch, key: SigningKey)

  /// Where the host's copy of an epoch ends.
  func hostEnd(of epoch: Epoch) async throws -> (page: HistoryPage, bytes: [UInt8]) {
    let head = try await journal.head(of: epoch)
    return try await ask(epoch, after: head.sequence, wantingEvents: false)
  }

  /// Makes the journal's copy of an epoch the host's, and keeps the host's word for it.
  func complete(
    _ epoch: Epoch, upTo end: (page: HistoryPage, bytes: [UInt8])
  ) async throws {
    let cursor = end.page.cursor
    if try await journal.head(of: epoch) != cursor {
      var position = try await lastCommon(with: cursor)
      repeat {
        let page = try await ask(epoch, after: position.sequence, wantingEvents: true).page
        guard page.start == position else { throw JournalError.notContinuous(page.start) }
        try await journal.adopt(page.events.map { Array($0) }, after: position)
        position = page.last
        // The host's copy does not shrink; one that gives nothing more has nothing more.
        if page.events.isEmpty { break }
      } while position.sequence < cursor.sequence
    }
    try await journal.acknowledge(cursor, receipt: end.bytes)
  }

  /// Takes what the host has released since of an earlier epoch, whose events a machine sent after
  /// its place was taken; gives how many events that were.
  func takeReleased(of epoch: Epoch) async throws -> Int {
    let end = try await hostEnd(of: epoch)
    var position = try await journal.head(of: epoch)
    // Another history than the host's is for the recovery to mend.
    guard end.page.start == position else { return 0 }
    var count = 0
    while position.sequence < end.page.cursor.sequence {
      let page = try await ask(epoch, after: position.sequence, wantingEvents: true).page
      guard page.start == position, !page.events.isEmpty,
        try await journal.takeReleased(
          page.events.map { Array($0) }, after: position, cursor: end.page.cursor,
          receipt: end.bytes)
      else { break }
      count += page.events.count
      position = page.last
    }
    return count
  }

  /// The last position of an epoch that both have.
  ///
  /// Histories that part never meet again, so halving finds the place: twenty questions for a
  /// million events.
  func lastCommon(with cursor: Position) async throws -> Position {
    var known = Position.start(of: journal.station, epoch: cursor.epoch)
    let head = try await journal.head(of: cursor.epoch)
    var limit = min(head.sequence, cursor.sequence)
    var probe = limit
    while known.sequence < limit {
      let ours = try await journal.position(in: cursor.epoch, sequence: probe)
      let theirs = try await ask(cursor.epoch, after: probe, wantingEvents: false).page.start
      if let ours, ours == theirs {
        known = ours
      } else {
        limit = probe - 1
      }
      probe = known.sequence + (limit - known.sequence + 1) / 2
    }
    return known
  }

  private func ask(
    _ epoch: Epoch, after sequence: Int64, wantingEvents: Bool
  ) async throws -> (page: HistoryPage, bytes: [UInt8]) {
    try await host.history(
      HistoryRequest(
        station: journal.station, epoch: signer.epoch, asked: epoch, after: sequence,
        wantsEvents: wantingEvents),
      signedWith: signer.key)
  }
}
