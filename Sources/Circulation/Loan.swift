package import Labels

/// An item in a patron's hands: since when, until when, and how often it was renewed.
package struct Loan: Hashable, Sendable {
  package let item: ItemID
  package let kind: MaterialKind
  package let due: SchoolDay
  package let renewals: Int

  package init(item: ItemID, kind: MaterialKind, due: SchoolDay, renewals: Int) {
    self.item = item
    self.kind = kind
    self.due = due
    self.renewals = renewals
  }

  /// Overdue from the day after the due date.
  package func isOverdue(on day: SchoolDay) -> Bool {
    due < day
  }
}
