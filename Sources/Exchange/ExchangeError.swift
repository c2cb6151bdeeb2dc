package import Ledger

/// Why a batch or a receipt is refused.
///
/// Nothing of what is refused is applied.
package enum ExchangeError: Error, Hashable, Sendable {
  /// The bytes are cut short, changed, or no batch at all.
  case badEncoding(CBORError)
  /// The bytes are of a format version that this program does not know.
  case wrongVersion(found: Int64)
  /// The payload is packed in a way that this version does not know.
  case unknownPayloadEncoding(Int)
  /// The payload does not unpack to what the batch says of it.
  case badPacking
  /// The signature is not that of the pinned key over these bytes.
  case badSignature
  /// The text or the bytes are not a key.
  case badKey
  /// Nobody has enrolled the station.
  case unknownStation(StationID)
  /// The host knows no such epoch of the station; the latest one that it knows ends at a position.
  case wrongEpoch(expected: Position)
  /// The epoch ended at a position: another machine has taken the station's place.
  ///
  /// What came after is kept aside at the host.
  case superseded(at: Position)
  /// The key is not trusted after a position; what came after is kept aside at the host.
  case revoked(lastTrusted: Position)
  /// The text is not a code.
  case badCode
  /// No invitation of the library has this code.
  case wrongCode
  /// Another machine has used the code.
  case usedCode
  case expiredCode
  /// The station has sent more in a short time than is taken of one.
  case tooManyRequests
  case emptyBatch
  case tooManyEvents(limit: Int)
  case tooLarge(limitBytes: Int)
  /// The events do not lead from the hash before them to the hash after.
  case brokenChain(after: Int64)
  /// An event can't be read, perhaps because it is of a later version.
  case unreadableEvent(sequence: Int64, CBORError)
  /// An event says that it is another station's, or another number of the chain.
  case eventOfAnother(sequence: Int64)
  /// The batch begins later than the host's copy ends; it has to begin at the expected position.
  case gap(expected: Position)
  /// The host has another event under the same number: the station's disk was restored or cloned.
  case fork(ours: Position)
  /// The receipt speaks of another batch or another station.
  case receiptOfAnother
  /// The page of history answers another request.
  case pageOfAnother
  /// The letter on the stick is encrypted to another host, or was changed.
  case notForThisHost
  /// The feed may not be taken in after a time, in milliseconds since 1970.
  case expiredFeed(atMilliseconds: Int64)
  /// The feed is old, or does not go on from what the station has.
  case feed(FeedRefusal)
}

extension ExchangeError {
  /// The refusal's name: stable, for programs and for counting.
  package var name: String {
    switch self {
    case .badEncoding: "bad-encoding"
    case .wrongVersion: "wrong-version"
    case .unknownPayloadEncoding: "unknown-payload-encoding"
    case .badPacking: "bad-packing"
    case .badSignature: "bad-signature"
    case .badKey: "bad-key"
    case .unknownStation: "unknown-station"
    case .wrongEpoch: "wrong-epoch"
    case .superseded: "superseded"
    case .revoked: "revoked"
    case .badCode: "bad-code"
    case .wrongCode: "wrong-code"
    case .usedCode: "used-code"
    case .expiredCode: "expired-code"
    case .tooManyRequests: "too-many-requests"
    case .emptyBatch: "empty-batch"
    case .tooManyEvents: "too-many-events"
    case .tooLarge: "too-large"
    case .brokenChain: "broken-chain"
    case .unreadableEvent: "unreadable-event"
    case .eventOfAnother: "event-of-another"
    case .gap: "gap"
    case .fork: "fork"
    case .receiptOfAnother: "receipt-of-another"
    case .pageOfAnother: "page-of-another"
    case .notForThisHost: "not-for-this-host"
    case .expiredFeed: "expired-feed"
    case .feed(let refusal): refusal.name
    }
  }
}
