import Crypto
import FoundationEssentials
import Ledger

/// The one-time code with which a station introduces itself: sixteen symbols, eighty random bits.
///
/// The code never travels. Both ends prove that they know it, so that the station can trust the
/// host's key and the host the station's, over any link, with nobody comparing 64 digits.
package struct EnrolmentCode: Hashable, Sendable, CustomStringConvertible {
  package static let symbolCount = 16
  private static let symbolsPerGroup = 4
  /// Crockford's base 32: no letter that is read as a digit.
  private static let alphabet = Array("0123456789ABCDEFGHJKMNPQRSTVWXYZ".utf8)

  private let symbols: [UInt8]

  /// Draws a new code.
  package static func make(using generator: inout some RandomNumberGenerator) -> EnrolmentCode {
    EnrolmentCode(
      symbols: (0..<symbolCount).map { _ in
        alphabet[Int.random(in: 0..<alphabet.count, using: &generator)]
      })
  }

  private init(symbols: [UInt8]) {
    self.symbols = symbols
  }

  /// Reads a code as a person types it: in either case, with or without dashes and spaces, with
  /// the letters O, I and L for the digits that they look like.
  package init(_ text: some StringProtocol) throws(ExchangeError) {
    let letters = text.uppercased().utf8.filter { $0 != UInt8(ascii: "-") && $0 != 0x20 }
    let symbols = letters.map { letter in
      switch letter {
      case UInt8(ascii: "O"): UInt8(ascii: "0")
      case UInt8(ascii: "I"), UInt8(ascii: "L"): UInt8(ascii: "1")
      default: letter
      }
    }
    guard symbols.count == Self.symbolCount, symbols.allSatisfy(Self.alphabet.contains) else {
      throw .badCode
    }
    self.symbols = symbols
  }

  /// For example `7KQX-2M4P-A9TD-WZ3H`.
  package var description: String {
    stride(from: 0, to: symbols.count, by: Self.symbolsPerGroup)
      .map { String(decoding: symbols[$0..<($0 + Self.symbolsPerGroup)], as: UTF8.self) }
      .joined(separator: "-")
  }

  /// What both ends derive from the code.
  package var secret: EnrolmentSecret {
    EnrolmentSecret(symbols: symbols)
  }
}

/// What is derived from a code: a name to find its invitation by, and a key to prove it with.
package struct EnrolmentSecret: Hashable, Sendable {
  package static let idByteCount = 8
  package static let keyByteCount = 32

  /// Tells one code from another, and nothing of the code.
  package let id: [UInt8]
  package let key: [UInt8]

  /// Takes what a host has kept, or gives `nil` where the sizes are wrong.
  package init?(id: [UInt8], key: [UInt8]) {
    guard id.count == Self.idByteCount, key.count == Self.keyByteCount else { return nil }
    self.id = id
    self.key = key
  }

  fileprivate init(symbols: [UInt8]) {
    func derive(_ purpose: String, _ byteCount: Int) -> [UInt8] {
      HKDF<SHA256>.deriveKey(
        inputKeyMaterial: SymmetricKey(data: symbols), info: Data(purpose.utf8),
        outputByteCount: byteCount
      ).withUnsafeBytes { Array($0) }
    }
    id = derive("lienthong.enrolment.id.1", Self.idByteCount)
    key = derive("lienthong.enrolment.key.1", Self.keyByteCount)
  }

  static let proofByteCount = 32

  /// Proves that one knows the code, over a message (HMAC-SHA-256).
  func proof(over message: [UInt8]) -> [UInt8] {
    Array(HMAC<SHA256>.authenticationCode(for: message, using: SymmetricKey(data: key)))
  }

  /// Compares in constant time.
  func isProof(_ proof: [UInt8], over message: [UInt8]) -> Bool {
    HMAC<SHA256>.isValidAuthenticationCode(
      proof, authenticating: message, using: SymmetricKey(data: key))
  }
}
