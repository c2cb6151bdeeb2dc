package import Circulation
package import Journal
import Labels
package import Ledger

/// An act that somebody asks the desk for.
///
/// Cards and items are given as scanned or typed; the desk reads them.
package enum DeskRequest: Hashable, Sendable {
  /// `overrideReason` lends against a rule that may be overridden.
  case checkout(item: String, card: String, overrideReason: String?)
  /// Lends a copy of a set's title for the school year, one of each to everybody.
  case checkoutOfSet(item: String, card: String, set: String)
  case checkin(item: String)
  case renew(item: String, overrideReason: String?)
  /// Readings in the library: by an item, or by a kind of material.
  case readOnSite(item: String?, kind: MaterialKind?, schoolClass: String?, count: Int)
  case reportLost(item: String)
  case reportFound(item: String)
  /// Takes back the act of an operation, as long as nothing has happened to its item since.
  case undo(operation: OperationID)
  case note(item: String, condition: NotedCondition?, text: String?)
  /// Registers an item that is unknown here; without a library, the label or this one says whose.
  case registerFound(item: String, homeLibrary: String?)
  /// Makes a new label stand for an item beside its old one.
  case replaceLabel(item: String, label: String)
  /// Makes a new card stand for a patron beside the old one.
  case replaceCard(card: String, newCard: String)
}

extension Desk {
  /// Decides and records an act, and returns once it is on disk.
  ///
  /// - Throws: `Refusal` where a rule stops the act, `DeskError` where what was given can't be
  ///   used, `JournalError` where it could not be recorded. In each case nothing has happened.
  package func perform(_ request: DeskRequest, as operation: NamedOperation) async throws -> Outcome
  {
    let decision = DeskDecision(
      library: library, settings: settings, overrideRight: overrideRight, lookup: lookup,
      today: today, unixMilliseconds: journal.clock.now().wallMilliseconds)
    let lookup = lookup
    return try await journal.record(operation) { transaction in
      try decision.fact(for: request, in: transaction)
    } telling: { recorded, view in
      if recorded.isRepeat {
        try decision.check(request, isWhat: recorded.event.fact, in: view)
      }
      return try Self.outcome(of: recorded, in: view, by: lookup)
    }
  }

  private static func outcome(
    of recorded: Recorded, in view: JournalView, by lookup: DeskLookup
  ) throws -> Outcome {
    let fact = recorded.event.fact
    let item = fact.item
    var commitment: PatronCommitment?
    switch fact {
    case .checkout(let checkout): commitment = checkout.borrower.commitment
    case .renewal(let renewal): commitment = renewal.commitment
    case .labelReplaced(.card(let owner)): commitment = owner
    default: break
    }
    let card = try commitment.flatMap { try view.card(behind: $0) }
    return Outcome(
      event: recorded.event, isRepeat: recorded.isRepeat,
      item: try item.flatMap { try view.holding($0) }.map { try lookup.summary(of: $0, in: view) },
      patron: try card.flatMap { try lookup.patron($0, in: view) })
  }
}
