import Exchange
package import Journal
package import Ledger

/// Puts a new key in a station's old one's place, at the boundary of two epochs.
///
/// It needs no host: the epoch's last event names the new key, signed with the old one like all
/// before it, and travels like any other, by network or by stick.
package struct KeyRotation: Sendable {
  private let journal: Journal
  private let keys: StationKeys

  package init(journal: Journal, keys: StationKeys) {
    self.journal = journal
    self.keys = keys
  }

  /// Ends the epoch, and begins the next one under a new key.
  ///
  /// - Returns: the new epoch.
  package func rotate() async throws -> Epoch {
    guard let next = try await journal.epoch().next else { throw JournalError.noNextEpoch }
    let nextKey = try keys.prepare(next).verifyingKey
    guard let bytes = PublicKeyBytes(nextKey.bytes) else { throw ExchangeError.badKey }
    return try await journal.succeed(with: bytes)
  }
}
