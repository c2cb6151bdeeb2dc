package import Desk
package import Exchange
package import Journal
package import Labels
import Ledger
import Rotation

/// The key that signs a station's slips, in its folder, and those of the group's other libraries,
/// in its store.
///
/// It is not the key of the exchange, which changes with every epoch: a slip that lies in a box for
/// a term is still good then.
package struct SlipKeys: Sendable {
  private let journal: Journal

  private static let setting = "slip-keys"

  package init(journal: Journal) {
    self.journal = journal
  }

  /// This station's key; made when it is first asked for.
  package func key() throws -> SigningKey {
    try SigningKey(bytes: KeyFile(path: journal.folder.slipKey, creating: true).bytes)
  }

  /// The keys of the group, this station's own among them: its boxes may come back unopened.
  ///
  /// Those that somebody has trusted here come first, then those that the host tells of; a library
  /// that has more than a keyring takes keeps the first ones.
  package func keyring() async throws -> SlipKeyring {
    var keyring = try await trusted()
    try keyring.add(key().verifyingKey, of: journal.station.library)
    for (station, bytes) in try await journal.read({ try $0.groupSlipKeys() }) {
      try? keyring.add(VerifyingKey(bytes: bytes), of: station.library)
    }
    return keyring
  }

  /// Trusts a key of another library from now on; nothing is ever taken back.
  package func trust(_ key: VerifyingKey, of library: LibraryCode) async throws {
    var keyring = try await trusted()
    try keyring.add(key, of: library)
    try await journal.set(Self.setting, to: keyring.text)
  }

  private func trusted() async throws -> SlipKeyring {
    try SlipKeyring(try await journal.read { try $0.setting(Self.setting) } ?? "")
  }

  /// What the desk signs and verifies with.
  package var signer: SlipSigner {
    SlipSigner(
      sign: { message in try key().slipSignature(for: message) },
      verifier: {
        let keyring = try await keyring()
        return { library, message, signature in
          keyring.verdict(on: signature, for: message, of: library)
        }
      })
  }
}
