import Crypto
import FoundationEssentials
import Ledger

/// The Ed25519 key (RFC 8032) with which a station signs its batches, or a host its receipts.
package struct SigningKey: Sendable {
  /// Bytes of a private key as it is kept.
  package static let byteCount = 32

  private let key: Curve25519.Signing.PrivateKey

  package init() {
    key = Curve25519.Signing.PrivateKey()
  }

  /// Takes the 32 bytes of a key file.
  package init(bytes: [UInt8]) throws(ExchangeError) {
    do {
      key = try Curve25519.Signing.PrivateKey(rawRepresentation: bytes)
    } catch {
      throw .badKey
    }
  }

  /// The key that others hold a signature against.
  package var verifyingKey: VerifyingKey {
    VerifyingKey(key.publicKey)
  }

  /// Bytes that are derived from the key for one purpose, by HKDF with SHA-256 (RFC 5869).
  func derivedBytes(for purpose: String, count: Int) -> [UInt8] {
    HKDF<SHA256>.deriveKey(
      inputKeyMaterial: SymmetricKey(data: key.rawRepresentation), info: Data(purpose.utf8),
      outputByteCount: count
    ).withUnsafeBytes { Array($0) }
  }

  func signature(for message: [UInt8]) throws(ExchangeError) -> [UInt8] {
    do {
      return Array(try key.signature(for: message))
    } catch {
      throw .badKey
    }
  }
}

/// The public half of a key, which the other side pins: 64 hexadecimal digits in text.
package struct VerifyingKey: Hashable, Sendable, CustomStringConvertible {
  package static let byteCount = 32

  package let bytes: [UInt8]

  fileprivate init(_ key: Curve25519.Signing.PublicKey) {
    bytes = Array(key.rawRepresentation)
  }

  /// Takes exactly 32 bytes.
  package init(bytes: some Collection<UInt8>) throws(ExchangeError) {
    guard bytes.count == Self.byteCount else { throw .badKey }
    self.bytes = Array(bytes)
  }

  /// Reads 64 hexadecimal digits in either case.
  package init(_ text: some StringProtocol) throws(ExchangeError) {
    guard let bytes = Hex.bytes(of: text) else { throw .badKey }
    try self.init(bytes: bytes)
  }

  package var description: String { Hex.text(of: bytes) }

  func isValidSignature(_ signature: some Collection<UInt8>, for message: [UInt8]) -> Bool {
    guard let key = try? Curve25519.Signing.PublicKey(rawRepresentation: bytes) else {
      return false
    }
    return key.isValidSignature(Data(signature), for: message)
  }
}
