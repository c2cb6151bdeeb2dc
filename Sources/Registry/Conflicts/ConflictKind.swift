import Circulation
import Ledger

/// What kind of disagreement a conflict is; the raw value is the name in tables and receipts.
package enum ConflictKind: String, CaseIterable, Sendable {
  /// Lent while the books had it with a reader already.
  case onLoanTwice = "on-loan-twice"
  /// Taken back while the books had it with no reader.
  case returnedNotLent = "returned-not-lent"
  /// Taken out of a box while the books had it in none.
  case receivedNotSent = "received-not-sent"
  /// Moved from any other place where the books did not have it.
  case movedFromElsewhere = "moved-from-elsewhere"
  case unknownItem = "unknown-item"
  case registeredTwice = "registered-twice"
  /// Renewed by a card that did not have it: one that the books don't know, or that was erased.
  ///
  /// More can't be known of erased cards. A station tells nobody whose link it erased, and a token
  /// that is new to the host is what every first loan brings.
  case renewedByAnother = "renewed-by-another"
  /// Lent to a card that the group has blocked, or renewed by one; its station may not know yet.
  case cardBlocked = "card-blocked"
  /// Two histories under the same number: a disk was copied or restored.
  case chainFork = "chain-fork"
  /// Recorded at a time that can't have been.
  case clockImpossible = "clock-impossible"
  /// Applied before its station's key was revoked, and later than the last event that is trusted.
  case afterRevocation = "after-revocation"
  /// A fact of a later version of this program.
  case unrecognisedFact = "unrecognised-fact"

  /// Tells what kind a discrepancy is, given the fact that it was found in.
  init(_ discrepancy: Discrepancy, in fact: Fact) {
    self =
      switch discrepancy {
      case .unknownItem: .unknownItem
      case .registeredTwice: .registeredTwice
      case .renewedByAnother: .renewedByAnother
      case .unrecognisedFact: .unrecognisedFact
      case .movedFromElsewhere(_, let claimed, let actual):
        Self.misplaced(by: fact, claimed: claimed, actual: actual)
      }
  }

  private static func misplaced(by fact: Fact, claimed: Place, actual: Place) -> ConflictKind {
    switch (fact, actual) {
    case (.checkout, .patron): .onLoanTwice
    case (.checkin, .patron): .movedFromElsewhere
    case (.checkin, _): .returnedNotLent
    case (.box(.received), .box): .movedFromElsewhere
    case (.box(.received), _): .receivedNotSent
    default: .movedFromElsewhere
    }
  }

  /// What a person may decide about a conflict of this kind.
  package var rulings: [Ruling] {
    switch self {
    case .onLoanTwice, .returnedNotLent, .receivedNotSent, .movedFromElsewhere,
      .renewedByAnother:
      [.eventHolds, .booksHold, .labelLost, .dismissed]
    case .unknownItem: [.acceptedAsFound, .labelLost, .dismissed]
    case .registeredTwice: [.booksHold, .labelLost, .dismissed]
    case .cardBlocked, .chainFork, .clockImpossible, .afterRevocation, .unrecognisedFact:
      [.dismissed]
    }
  }

  /// Whether the order of an item's acts is all that it hangs on.
  var comesFromHistory: Bool { isAboutPlace || self == .unknownItem || self == .registeredTwice }

  /// Whether a cataloguer may decide it: what registers and labels are about.
  package var isForCataloguers: Bool { self == .unknownItem || self == .registeredTwice }

  /// Whether it is about where an item is.
  var isAboutPlace: Bool { rulings.contains(.eventHolds) }
}

/// What was decided about a conflict.
package enum Ruling: String, CaseIterable, Sendable {
  /// The event that raised it is right: the item is where that says.
  case eventHolds = "event-holds"
  /// The books as they were before are right: the item is where they had it.
  case booksHold = "books-hold"
  /// A label is lost, or two copies carry the same one: a new one is to be printed.
  case labelLost = "label-lost"
  /// An item that nobody has registered is taken into the books where it was found.
  case acceptedAsFound = "accepted-as-found"
  /// Nothing is to be done, for the reason that is given.
  case dismissed
  /// The decision before is taken back, and the conflict is open again.
  case reopened
  /// Looked at again, the books bear the event out, or a later act has settled it.
  case noLongerHolds = "no-longer-holds"

  /// Whether a reason must be given.
  package var needsReason: Bool { self == .dismissed }
}

/// Names one conflict of the group.
package struct ConflictID: Hashable, Sendable {
  package let event: EventReference
  /// The name of its kind.
  package let name: String

  package init(event: EventReference, name: String) {
    self.event = event
    self.name = name
  }
}

extension Conflict {
  package var id: ConflictID { ConflictID(event: event, name: name) }

  /// `nil` for a kind of a later version of this program.
  package var kind: ConflictKind? { ConflictKind(rawValue: name) }
}

/// A conflict, when it was noted, and what was decided last.
package struct ListedConflict: Hashable, Sendable {
  package let conflict: Conflict
  /// The host's wall clock, in milliseconds since 1970.
  package let notedMilliseconds: Int64
  /// `nil` while it is open.
  package let ruling: Ruling?

  package init(conflict: Conflict, notedMilliseconds: Int64, ruling: Ruling?) {
    self.conflict = conflict
    self.notedMilliseconds = notedMilliseconds
    self.ruling = ruling
  }
}

/// Which conflicts are asked for.
package struct ConflictFilter: Hashable, Sendable {
  /// Whether a conflict has been decided.
  package enum State: String, CaseIterable, Sendable {
    case open, settled, all
  }

  package var state: State
  package var kind: ConflictKind?
  /// The library whose station raised it, by its code.
  package var library: String?

  package init(state: State = .open, kind: ConflictKind? = nil, library: String? = nil) {
    self.state = state
    self.kind = kind
    self.library = library
  }
}

/// A decision: signed by an account, numbered in the order of the group, and never rewritten.
///
/// Stations get it with the feed: what comes after a number is new.
package struct Decision: Hashable, Sendable {
  /// From 1, without a gap; one that has a greater number was made later.
  package let number: Int64
  /// The host's wall clock, in milliseconds since 1970.
  package let atMilliseconds: Int64
  package let account: String
  package let conflict: ConflictID
  package let item: String?
  package let ruling: Ruling
  /// In the words of who decided; empty where none were needed.
  package let reason: String

  /// Characters that a reason may have.
  package static let longestReason = 300
}
