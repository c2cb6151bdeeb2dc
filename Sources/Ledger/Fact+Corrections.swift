package import Circulation
package import Labels

/// An act is taken back: what was before it is so again, and both stay on record.
package struct Undo: Hashable, Sendable {
  /// What comes back.
  package enum Subject: Hashable, Sendable {
    /// The item goes back to where it was, with the loan that it then had.
    case item(ItemMove, loan: OpenLoan?)
    /// The readings are not counted.
    case reading(OnSiteReading)
  }

  /// The operation of the act that is taken back.
  package let operation: OperationID
  package let subject: Subject

  package init(operation: OperationID, subject: Subject) {
    self.operation = operation
    self.subject = subject
  }

  package var move: ItemMove? {
    if case .item(let move, _) = subject { move } else { nil }
  }
}

/// What a librarian saw at an item.
///
/// What is written about it in words may name a child, so it stays at the station, sealed.
package struct ItemNote: Hashable, Sendable {
  package let item: ItemID
  /// The state that it is in from now on; `nil` where only words were noted.
  package let condition: NotedCondition?

  package init(item: ItemID, condition: NotedCondition?) {
    self.item = item
    self.condition = condition
  }
}

/// An item that nobody here had registered lies on the desk.
///
/// It is registered without a title. Where another station has it in its books, the host moves it
/// to the finder's shelf and notes the difference.
package struct Discovery: Hashable, Sendable {
  package let item: ItemID
  /// The library on whose shelf it then stands.
  package let library: LibraryCode

  package init(item: ItemID, library: LibraryCode) {
    self.item = item
    self.library = library
  }
}

/// A new label or card stands for what an older one stood for; both are good from now on.
package enum LabelReplacement: Hashable, Sendable {
  /// The new label's text: an item's identifier or the digits of an older system.
  case item(ItemID, label: String)
  /// The card's number stays at the station, as all card numbers do.
  case card(PatronCommitment)
}
