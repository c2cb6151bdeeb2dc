import Circulation
import FoundationEssentials
import GRDB
package import Labels
package import Ledger

/// That a child, or a parent for the child, has agreed to one version of the text about the data.
///
/// From seven years on both are asked (Personal Data Protection Law and NĐ 356/2025).
package struct Consent: Hashable, Sendable {
  /// Who has agreed.
  package enum Giver: String, CaseIterable, Sendable {
    case patron, parent
  }

  package let version: String
  package let giver: Giver
  package let givenMilliseconds: Int64
  package let withdrawnMilliseconds: Int64?

  /// Bytes of UTF-8 that a version's name may have.
  package static let longestVersion = 40
}

/// Why something about one patron's data can't be done, and what to do next.
package enum PrivacyError: Error, Hashable, Sendable {
  case unknownCard
  /// The patron still has items; who has them must be known until they are back.
  case openLoans(Int)
  case badVersion
  case noSuchConsent

  /// The error's name: stable, for programs.
  package var name: String {
    switch self {
    case .unknownCard: "unknown-card"
    case .openLoans: "open-loans"
    case .badVersion: "bad-version"
    case .noSuchConsent: "no-such-consent"
    }
  }

  /// What went wrong and what to do next, for the person at the screen.
  package func advice(in language: Language) -> String {
    switch (self, language) {
    case (.unknownCard, .vietnamese): "Chưa có thẻ này. Hãy quét lại thẻ."
    case (.unknownCard, .english): "No patron has this card. Scan it again."
    case (.openLoans(let count), .vietnamese):
      "Bạn đọc còn mượn \(count) cuốn. Hãy nhận trả hoặc ghi mất trước, rồi xóa."
    case (.openLoans(let count), .english):
      "The patron has \(count) on loan. Take them back or record them as lost, then erase."
    case (.badVersion, .vietnamese):
      "Hãy ghi phiên bản của bản đồng ý, như 2026-09, trong \(Consent.longestVersion) ký tự."
    case (.badVersion, .english):
      "Give the version of the text, such as 2026-09, within \(Consent.longestVersion) bytes."
    case (.noSuchConsent, .vietnamese): "Chưa có đồng ý nào như vậy để rút lại."
    case (.noSuchConsent, .english): "There is no such consent to withdraw."
    }
  }
}

extension Journal {
  /// Records that somebody has agreed to a version, once for each operation's name.
  ///
  /// Saying it again under another name changes nothing but its end.
  package func recordConsent(
    of card: CardNumber, to version: String, by giver: Consent.Giver, as operation: OperationID
  ) async throws {
    guard (1...Consent.longestVersion).contains(version.utf8.count) else {
      throw PrivacyError.badVersion
    }
    let now = clock.now().wallMilliseconds
    let vault = vault
    _ = try await write { database in
      try OtherAct.consent.once(operation, in: database) {
        let view = JournalView(database: database, vault: vault)
        guard let card = try view.patron(card)?.card else { throw PrivacyError.unknownCard }
        try database.execute(
          sql: """
            INSERT INTO consents (card, version, giver, given) VALUES (?, ?, ?, ?)
            ON CONFLICT (card, version, giver) DO UPDATE SET withdrawn = NULL
            """,
          arguments: [card.text, VietnameseText.composed(version), giver.rawValue, now])
        return database.changesCount
      }
    }
  }

  /// Records that a consent was taken back, once for each operation's name; that it had been given
  /// stays known.
  package func withdrawConsent(
    of card: CardNumber, to version: String, by giver: Consent.Giver, as operation: OperationID
  ) async throws {
    let now = clock.now().wallMilliseconds
    let vault = vault
    _ = try await write { database in
      try OtherAct.consent.once(operation, in: database) {
        let view = JournalView(database: database, vault: vault)
        guard let card = try view.patron(card)?.card else { throw PrivacyError.unknownCard }
        try database.execute(
          sql: """
            UPDATE consents SET withdrawn = ?
            WHERE card = ? AND version = ? AND giver = ? AND withdrawn IS NULL
            """,
          arguments: [now, card.text, VietnameseText.composed(version), giver.rawValue])
        guard database.changesCount == 1 else { throw PrivacyError.noSuchConsent }
        return 1
      }
    }
  }
}

extension JournalView {
  /// What has been agreed to for a patron, in order of time.
  package func consents(of card: CardNumber) throws -> [Consent] {
    let rows = try Row.fetchAll(
      database, sql: "SELECT * FROM consents WHERE card = ? ORDER BY given, version, giver",
      arguments: [card.text])
    return try rows.map { row in
      guard let giver = Consent.Giver(rawValue: row["giver"]) else {
        throw JournalError.damaged("a consent's row")
      }
      return Consent(
        version: row["version"], giver: giver, givenMilliseconds: row["given"],
        withdrawnMilliseconds: row["withdrawn"])
    }
  }
}
