import Labels
import Ledger

extension Fact {
  /// The token of the card that an act lends to or renews by.
  var cardToken: PatronCommitment? {
    switch self {
    case .checkout(let checkout): checkout.borrower.commitment
    case .renewal(let renewal): renewal.commitment
    default: nil
    }
  }
}

extension RegistryReader {
  /// The tokens of a library's cards that may borrow nothing.
  func blockedCards(of library: LibraryCode) throws -> Set<PatronCommitment> {
    let told = try feedValues(of: FeedKind.card, library: library)
    var blocked: Set<PatronCommitment> = []
    for (name, value) in told {
      let content = try? FeedContent(FeedEntry(name: name, value: value))
      if case .card(let token, _, isBlocked: true)? = content { blocked.insert(token) }
    }
    return blocked
  }

  /// Notes which acts of a run were by blocked cards.
  func noteBlockedCards(in events: [Event], _ effects: inout BatchEffects) throws {
    guard let library = events.first?.station.library,
      events.contains(where: { $0.fact.cardToken != nil })
    else { return }
    let blocked = try blockedCards(of: library)
    guard !blocked.isEmpty else { return }
    for event in events where event.fact.cardToken.map(blocked.contains) ?? false {
      effects.noteBlockedCard(in: event)
    }
  }
}
