import Crypto
import Foundation
import Ledger

/// The public key to which what travels to a host on a stick is encrypted (X25519): 64 hexadecimal
/// digits in text.
package struct StickKey: Hashable, Sendable, CustomStringConvertible {
  package static let byteCount = 32

  package let bytes: [UInt8]

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
}

/// Encrypts to a host, and decrypts there, by HPKE (RFC 9180) with X25519, SHA-256 and
/// ChaCha20-Poly1305.
enum StickSeal {
  private static let suite = HPKE.Ciphersuite.Curve25519_SHA256_ChachaPoly
  /// What the encryption is for; part of every key that is derived.
  private static let purpose = Data("lienthong.stick.1".utf8)

  /// Encrypts; gives the encapsulated key and what only the host can read.
  static func seal(
    _ content: [UInt8], authenticating head: [UInt8], to key: StickKey
  ) throws(ExchangeError) -> (encapsulated: [UInt8], ciphertext: [UInt8]) {
    do {
      let recipient = try Curve25519.KeyAgreement.PublicKey(rawRepresentation: key.bytes)
      var sender = try HPKE.Sender(recipientKey: recipient, ciphersuite: suite, info: purpose)
      let ciphertext = try sender.seal(Data(content), authenticating: Data(head))
      return (Array(sender.encapsulatedKey), Array(ciphertext))
    } catch {
      throw .badKey
    }
  }

  /// Decrypts what was encrypted to the host whose signing key this is.
  static func open(
    _ ciphertext: ArraySlice<UInt8>, encapsulated: ArraySlice<UInt8>,
    authenticating head: [UInt8], with key: SigningKey
  ) throws(ExchangeError) -> [UInt8] {
    let agreement = try key.agreementKey
    do {
      var recipient = try HPKE.Recipient(
        privateKey: agreement, ciphersuite: suite, info: purpose,
        encapsulatedKey: Data(encapsulated))
      return Array(try recipient.open(Data(ciphertext), authenticating: Data(head)))
    } catch {
      throw .notForThisHost
    }
  }
}

extension SigningKey {
  /// The key to which stations encrypt what they send to this host on a stick.
  ///
  /// It is made from the host's only key, so that every copy of the host's folder has it.
  package var stickKey: StickKey {
    get throws(ExchangeError) {
      try StickKey(bytes: agreementKey.publicKey.rawRepresentation)
    }
  }

  fileprivate var agreementKey: Curve25519.KeyAgreement.PrivateKey {
    get throws(ExchangeError) {
      let derived = derivedBytes(for: "lienthong.stick-key.1", count: StickKey.byteCount)
      do {
        return try Curve25519.KeyAgreement.PrivateKey(rawRepresentation: derived)
      } catch {
        throw .badKey
      }
    }
  }
}
