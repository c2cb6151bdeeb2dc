package import Circulation
package import Labels
package import Ledger

/// An item as a screen shows it.
package struct ItemSummary: Hashable, Sendable {
  package let item: ItemID
  package let title: String
  package let author: String?
  package let kind: MaterialKind
  package let isOnSiteOnly: Bool
  package let place: Place
  /// The day on which it is due, while it is on loan.
  package let due: SchoolDay?
  package let isOverdue: Bool
  package let renewals: Int
  /// As last noted; `nil` where nobody has noted it.
  package let condition: NotedCondition?
}

/// A patron as the librarian's screen shows one, after the card was scanned.
package struct PatronSummary: Hashable, Sendable {
  package let patron: Patron
  package let name: String
  /// What the patron has, soonest due first.
  package let loans: [ItemSummary]
  package let itemLimit: Int

  /// The name by which a child is called: the last word of a Vietnamese name.
  package var firstName: String {
    name.split(whereSeparator: \.isWhitespace).last.map(String.init) ?? ""
  }
}

/// What a scanned code turned out to be.
package enum Recognition: Hashable, Sendable {
  case patron(PatronSummary)
  case item(ItemSummary)
  /// Items of several libraries carry the number.
  case choice([ItemSummary])
  /// A title by its ISBN, with its copies here.
  case title(BibliographicRecord, copies: [ItemSummary])
  case box(BoxNumber)
  case command(Command)
  /// Nothing here, but copies of other libraries of the group carry the label.
  case elsewhere([ItemSummary], label: Label)
  /// A well-formed label of nobody and nothing known here.
  case stranger(Label)
  case unreadable(text: String, LabelError)
}

/// An act that is on disk.
package struct Outcome: Hashable, Sendable {
  package let event: Event
  /// The same operation had been recorded before; nothing was done twice.
  package let isRepeat: Bool
  package let item: ItemSummary?
  package let patron: PatronSummary?
}

/// A station at a glance.
package struct DeskState: Hashable, Sendable {
  package let station: StationID
  package let libraryName: String
  package let today: SchoolDay
  package let isOpenToday: Bool
  package let head: Position
  /// Events that the host has not acknowledged yet.
  package let pendingCount: Int64
  package let balances: [Place: Int]
  package let patronCount: Int
  package let classes: [SchoolClass]
  package let overdueCount: Int
  package let readingsToday: Int
  package let warnings: [DeskWarning]
}
