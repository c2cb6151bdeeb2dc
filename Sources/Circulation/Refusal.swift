package import Labels

/// Why the desk stops an act before it happens: one case for each rule.
///
/// A refusal is an answer, not a failure. The librarian may override the ones that
/// `isOverridable` names, with a reason that is recorded.
package enum Refusal: Error, Hashable, Sendable {
  case alreadyOnLoan(ItemID, toSamePatron: Bool)
  case notOnLoan(ItemID)
  case alreadyOnShelf(ItemID)
  case onSiteOnly(ItemID)
  case overdueLoans(count: Int)
  case itemLimitReached(limit: Int)
  /// The patron has all that the policy allows of the item's kind of material.
  case kindLimitReached(limit: Int)
  case renewalLimitReached(limit: Int)
  /// The loan lasts as long as its period allows already.
  case renewalGainsNothing(ItemID)
  case inBox(ItemID, box: BoxNumber)
  case atAnotherLibrary(ItemID, library: LibraryCode)
  case withdrawn(ItemID)
  case alreadyMissing(ItemID)
  case notMissing(ItemID)
  case unknownItem(String)
  case unknownCard
  /// The group's coordinator has blocked the card.
  case cardBlocked
  case overrideWithoutReason
  /// No act of this station has the name.
  case nothingToUndo
  case alreadyUndone
  /// Something happened to the item after the act.
  case movedSince(ItemID)
  /// An act that has an opposite of its own, such as a registration.
  case notUndoable
  case alreadyRegistered(ItemID)
  /// The new label or card is somebody's already.
  case labelInUse(String)
  /// The item's title is not one of the set that is handed out.
  case notInSet(ItemID)
  /// The patron has another copy of the set's title already.
  case hasTitleAlready(ItemID)
  case noStockTaking
  case stockTakingPaused
  case stockTakingClosed
  /// The policy gives this override to somebody else, or to nobody.
  case overrideNotAllowed(needed: OverrideRight)

  /// The rule's name: stable, for programs, tables and translations.
  package var rule: String {
    switch self {
    case .alreadyOnLoan: "already-on-loan"
    case .notOnLoan: "not-on-loan"
    case .alreadyOnShelf: "already-on-shelf"
    case .onSiteOnly: "on-site-only"
    case .overdueLoans: "overdue-loans"
    case .itemLimitReached: "item-limit-reached"
    case .kindLimitReached: "kind-limit-reached"
    case .renewalLimitReached: "renewal-limit-reached"
    case .renewalGainsNothing: "renewal-gains-nothing"
    case .inBox: "in-box"
    case .atAnotherLibrary: "at-another-library"
    case .withdrawn: "withdrawn"
    case .alreadyMissing: "already-missing"
    case .notMissing: "not-missing"
    case .unknownItem: "unknown-item"
    case .unknownCard: "unknown-card"
    case .cardBlocked: "card-blocked"
    case .overrideWithoutReason: "override-without-reason"
    case .nothingToUndo: "nothing-to-undo"
    case .alreadyUndone: "already-undone"
    case .movedSince: "moved-since"
    case .notUndoable: "not-undoable"
    case .alreadyRegistered: "already-registered"
    case .labelInUse: "label-in-use"
    case .notInSet: "not-in-set"
    case .hasTitleAlready: "has-title-already"
    case .noStockTaking: "no-stock-taking"
    case .stockTakingPaused: "stock-taking-paused"
    case .stockTakingClosed: "stock-taking-closed"
    case .overrideNotAllowed: "override-not-allowed"
    }
  }

  /// Whether a librarian may do it all the same and give a reason.
  package var isOverridable: Bool {
    switch self {
    case .onSiteOnly, .overdueLoans, .itemLimitReached, .kindLimitReached, .renewalLimitReached:
      true
    case .alreadyOnLoan(_, let toSamePatron): !toSamePatron
    case .renewalGainsNothing, .notOnLoan, .alreadyOnShelf, .inBox, .atAnotherLibrary, .withdrawn,
      .alreadyMissing,
      .notMissing, .unknownItem, .unknownCard, .cardBlocked, .overrideWithoutReason,
      .overrideNotAllowed,
      .nothingToUndo, .alreadyUndone, .movedSince, .notUndoable, .alreadyRegistered, .labelInUse,
      .notInSet, .hasTitleAlready, .noStockTaking, .stockTakingPaused, .stockTakingClosed:
      false
    }
  }
}
