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
  /// The signature is not that of the pinned key over these bytes.
  case badSignature
  /// The text or the bytes are not a key.
  case badKey
  /// Nobody has enrolled the station.
  case unknownStation(StationID)
  /// The station is enrolled for another epoch of its life.
  case wrongEpoch(expected: Epoch)
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
}

extension ExchangeError {
  /// The refusal's name: stable, for programs and for counting.
  package var name: String {
    switch self {
    case .badEncoding: "bad-encoding"
    case .wrongVersion: "wrong-version"
    case .unknownPayloadEncoding: "unknown-payload-encoding"
    case .badSignature: "bad-signature"
    case .badKey: "bad-key"
    case .unknownStation: "unknown-station"
    case .wrongEpoch: "wrong-epoch"
    case .emptyBatch: "empty-batch"
    case .tooManyEvents: "too-many-events"
    case .tooLarge: "too-large"
    case .brokenChain: "broken-chain"
    case .unreadableEvent: "unreadable-event"
    case .eventOfAnother: "event-of-another"
    case .gap: "gap"
    case .fork: "fork"
    case .receiptOfAnother: "receipt-of-another"
    }
  }
}
