import Circulation
import Exchange
package import Labels
import Ledger
package import Rotation

/// A library's signature under a statement, and what the host makes of it.
package struct StatementSignature: Hashable, Sendable {
  package let library: LibraryCode
  /// Items that it says it has not received.
  package let exceptions: [ItemID]
  package let verdict: SignedManifest.Verdict

  package var isValid: Bool { verdict == .valid }
}

/// Holds signatures under statements against the keys that libraries' stations have told the host
/// of, in requests signed with the key that is pinned to their epoch.
struct SignatureReader: Sendable {
  private let keys: [LibraryCode: SlipKeyring]

  init(_ books: any RegistryReader) throws {
    keys = try books.slipKeys().reduce(into: [:]) { keyrings, known in
      var keyring = SlipKeyring()
      for key in known.value { try keyring.add(key, of: known.key) }
      keyrings[known.key] = keyring
    }
  }

  /// What a station has signed its own statement with.
  func verdict(on closing: TermClosing, of library: LibraryCode) -> SignedManifest.Verdict {
    verdict(on: closing.signature, for: closing.hash.signedBytes(without: []), of: library)
  }

  /// Each library's signature once, in order: the one that is good, where several were told of.
  func signatures(_ told: [KeptSignature], besides library: LibraryCode) -> [StatementSignature] {
    let all = told.map(\.signature).filter { $0.library != library }.map { signature in
      StatementSignature(
        library: signature.library, exceptions: signature.exceptions,
        verdict: verdict(
          on: signature.signature,
          for: signature.hash.signedBytes(without: signature.exceptions), of: signature.library))
    }
    return Dictionary(grouping: all, by: \.library).values.compactMap { signatures in
      signatures.first(where: \.isValid) ?? signatures.first
    }.sorted { $0.library < $1.library }
  }

  private func verdict(
    on signature: [UInt8], for message: [UInt8], of library: LibraryCode
  ) -> SignedManifest.Verdict {
    keys[library]?.verdict(on: signature, for: message, of: library) ?? .unknownLibrary
  }
}

extension SignedManifest.Verdict {
  /// What is said of a signature under a statement.
  package func words(in language: Language) -> String {
    switch (self, language) {
    case (.valid, .vietnamese): "chữ ký đúng"
    case (.valid, .english): "signature is good"
    case (.wrong, .vietnamese): "chữ ký không đúng"
    case (.wrong, .english): "signature is wrong"
    case (.unknownLibrary, .vietnamese): "chưa kiểm được chữ ký: trạm chưa báo khóa"
    case (.unknownLibrary, .english): "signature not checked: the station has not told its key"
    }
  }
}
