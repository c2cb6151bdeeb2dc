internal import Crypto
import FoundationEssentials
import Labels

/// Seals patrons' names at rest (AES-256-GCM), each bound to its card number.
package struct NameVault: Sendable {
  private let key: SymmetricKey

  package init(_ file: KeyFile) {
    key = SymmetricKey(data: file.bytes)
  }

  func seal(_ name: String, of card: CardNumber) throws -> Data {
    let box = try AES.GCM.seal(
      Data(name.utf8), using: key, authenticating: Data(card.text.utf8))
    guard let combined = box.combined else { throw CryptoKitError.incorrectParameterSize }
    return combined
  }

  /// The name, or `nil` where it was sealed with another key or was changed.
  func open(_ sealed: Data, of card: CardNumber) -> String? {
    guard let box = try? AES.GCM.SealedBox(combined: sealed),
      let name = try? AES.GCM.open(box, using: key, authenticating: Data(card.text.utf8))
    else { return nil }
    return String(decoding: name, as: UTF8.self)
  }
}
