package import Circulation
import FoundationEssentials
import GRDB
package import Labels
package import Ledger

/// All that a station keeps of one patron, for whoever asks what that is.
package struct PatronData: Hashable, Sendable {
  package let patron: Patron
  package let name: String
  /// Barcodes that stand for the patron beside the card.
  package let otherCards: [String]
  package let consents: [Consent]
  /// Loans and renewals that can still be linked to the patron, in order of time.
  package let acts: [PatronAct]
}

/// One act in a patron's record.
package struct PatronAct: Hashable, Sendable {
  package let event: Event
  package let title: String?
  /// Why a rule was overridden, where one was.
  package let reason: String?
}

extension JournalView {
  /// Gathers what is kept of a patron.
  package func data(of card: CardNumber) throws -> PatronData {
    guard let patron = try patron(card) else { throw PrivacyError.unknownCard }
    let otherCards = try String.fetchAll(
      database, sql: "SELECT barcode FROM aliases WHERE card = ? ORDER BY barcode",
      arguments: [patron.card.text])
    return PatronData(
      patron: patron, name: try name(of: patron.card) ?? "", otherCards: otherCards,
      consents: try consents(of: patron.card),
      acts: try events(of: patron.card).map { try act($0) })
  }

  private func act(_ event: Event) throws -> PatronAct {
    var title: String?
    if let item = event.fact.move?.item, let holding = try holding(item) {
      title = try record(holding.record)?.title
    }
    return PatronAct(
      event: event, title: title, reason: try overrideReason(of: event.operation))
  }

  /// The events in which a patron is the borrower, while the salts that link them are kept.
  func events(of card: CardNumber) throws -> [Event] {
    let commitments = Set(
      try Data.fetchAll(
        database, sql: "SELECT commitment FROM salts WHERE card = ?", arguments: [card.text]
      ).compactMap { PatronCommitment(bytes: $0) })
    guard !commitments.isEmpty else { return [] }
    var events: [Event] = []
    let cursor = try Data.fetchCursor(
      database, sql: "SELECT bytes FROM events ORDER BY epoch, sequence")
    while let bytes = try cursor.next() {
      let event = try Event(encoded: bytes)
      if let borrower = event.fact.borrower, commitments.contains(borrower) {
        events.append(event)
      }
    }
    return events
  }
}

extension Fact {
  /// The commitment to the patron whom the fact is about.
  fileprivate var borrower: PatronCommitment? {
    switch self {
    case .checkout(let checkout): checkout.borrower.commitment
    case .renewal(let renewal): renewal.commitment
    default: nil
    }
  }
}
