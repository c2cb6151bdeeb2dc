package import Exchange
package import Journal
package import Ledger

/// The keys that sign what a station sends, one for each epoch of its life, in its folder.
package struct StationKeys: Sendable {
  private let folder: DataFolder

  package init(folder: DataFolder) {
    self.folder = folder
  }

  /// The key of an epoch that has begun.
  ///
  /// Never makes one: a key that was lost has to be noticed. An epoch that another machine lived
  /// through has its key there.
  /// - Throws: `UplinkError.lacksKey` where the folder has no such key.
  package func key(of epoch: Epoch) throws -> SigningKey {
    let file: KeyFile
    do throws(JournalError) {
      file = try KeyFile(path: folder.signingKey(of: epoch), creating: false)
    } catch .badKeyFile where epoch > .first {
      throw UplinkError.lacksKey(epoch)
    }
    return try SigningKey(bytes: file.bytes)
  }

  /// The key of an epoch that is about to begin; made when it is first asked for, so that a try
  /// that was cut short goes on with the same one.
  func prepare(_ epoch: Epoch) throws -> SigningKey {
    try SigningKey(bytes: KeyFile(path: folder.signingKey(of: epoch), creating: true).bytes)
  }

  /// The key that this machine asks to be enrolled with under a code: the same one each time, so
  /// that the command may be repeated.
  func enrolmentKey(for code: EnrolmentCode) throws -> SigningKey {
    try SigningKey(bytes: KeyFile(path: enrolmentPath(code), creating: true).bytes)
  }

  /// Makes an enrolment's key that of an epoch.
  func installEnrolmentKey(for code: EnrolmentCode, as epoch: Epoch) throws {
    try KeyFile(path: enrolmentPath(code), creating: false)
      .copy(to: folder.signingKey(of: epoch))
  }

  private func enrolmentPath(_ code: EnrolmentCode) -> String {
    folder.enrolmentKey(named: Hex.text(of: code.secret.id))
  }
}
