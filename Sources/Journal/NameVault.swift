internal import Crypto
import FoundationEssentials

/// Seals patrons' names, and what else may name one, at rest (AES-256-GCM).
///
/// Each text is bound to the card number or the operation that it belongs to, so that none can be
/// put in another's place.
package struct NameVault: Sendable {
  private let key: SymmetricKey

  package init(_ file: KeyFile) {
    key = SymmetricKey(data: file.bytes)
  }

  func seal(_ text: String, boundTo owner: String) throws -> Data {
    let box = try AES.GCM.seal(Data(text.utf8), using: key, authenticating: Data(owner.utf8))
    guard let combined = box.combined else { throw CryptoKitError.incorrectParameterSize }
    return combined
  }

  /// The text, or `nil` where it was sealed with another key, for another owner, or was changed.
  func open(_ sealed: Data, boundTo owner: String) -> String? {
    guard let box = try? AES.GCM.SealedBox(combined: sealed),
      let text = try? AES.GCM.open(box, using: key, authenticating: Data(owner.utf8))
    else { return nil }
    return String(decoding: text, as: UTF8.self)
  }
}
