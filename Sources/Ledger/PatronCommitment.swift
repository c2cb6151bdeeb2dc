internal import Crypto
package import Labels

/// What the chain knows of a patron: a salted hash of the card number, cut to 128 bits.
///
/// Without the salt, which stays at the station and is made anew for each school year, nobody can
/// tell whose it is; with the salt erased, not even the station can, while every hash of the chain
/// still holds. To the host it is a card without a name.
package struct PatronCommitment: Hashable, Sendable, CustomStringConvertible {
  package static let byteCount = 16
  /// Bytes of a salt.
  package static let saltByteCount = 16

  private let value: OperationID

  /// Takes exactly sixteen bytes, or gives `nil`.
  package init?(bytes: some Collection<UInt8>) {
    guard let value = OperationID(bytes: bytes) else { return nil }
    self.value = value
  }

  /// Commits to a card number under a salt.
  package init(to card: CardNumber, salt: [UInt8]) {
    var hasher = SHA256()
    hasher.update(data: Array("lienthong.patron.1".utf8))
    hasher.update(data: [UInt8(clamping: salt.count)])
    hasher.update(data: salt)
    hasher.update(data: Array(card.text.utf8))
    value = OperationID(leading: hasher.finalize())
  }

  package var bytes: [UInt8] { value.bytes }

  package var description: String { Hex.text(of: bytes) }
}
