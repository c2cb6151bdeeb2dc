package import Circulation
package import Labels

/// Something that happened at a library: recorded, never refused, never changed.
package enum Fact: Hashable, Sendable {
  case recordDescribed(BibliographicRecord)
  case itemRegistered(ItemRegistration)
  case checkout(Checkout)
  case checkin(ItemMove)
  case renewal(Renewal)
  case onSiteReading(OnSiteReading)
  case lost(ItemMove)
  case found(ItemMove)
  case undone(Undo)
  case noted(ItemNote)
  case discovered(Discovery)
  case labelReplaced(LabelReplacement)
  case stockTaken(StockCount)
  /// A transfer box, or an item that goes into it or out of it.
  case box(BoxFact)
  /// A term that was added up and closed.
  case term(TermFact)
  /// The station's link to its host, which no book is moved by.
  case link(LinkFact)
  /// A fact of a later version of this program: kept and passed on as it came.
  case unrecognised(kind: Int, body: [UInt8])
}

/// An item's way from one place to one other.
package struct ItemMove: Hashable, Sendable {
  package let item: ItemID
  /// Where the station's ledger had the item.
  package let from: Place
  package let to: Place
  /// How many acts on this item the station knew of.
  ///
  /// Across stations, an act that had seen another one came after it; two that had not seen each
  /// other are in conflict.
  package let seen: Int

  package init(item: ItemID, from: Place, to: Place, seen: Int) {
    self.item = item
    self.from = from
    self.to = to
    self.seen = seen
  }
}

/// A copy enters a library's register.
package struct ItemRegistration: Hashable, Sendable {
  package let item: ItemID
  package let record: RecordID
  /// The library on whose shelf it then stands.
  package let library: LibraryCode

  package init(item: ItemID, record: RecordID, library: LibraryCode) {
    self.item = item
    self.record = record
    self.library = library
  }
}

/// Who borrows, without a name: what the host may know and count by.
package struct Borrower: Hashable, Sendable {
  package let commitment: PatronCommitment
  package let kind: PatronKind
  package let schoolClass: SchoolClass?

  package init(commitment: PatronCommitment, kind: PatronKind, schoolClass: SchoolClass?) {
    self.commitment = commitment
    self.kind = kind
    self.schoolClass = schoolClass
  }
}

/// An item is lent.
package struct Checkout: Hashable, Sendable {
  package let move: ItemMove
  package let borrower: Borrower
  package let due: SchoolDay
  /// The rules that were overridden, where there were any.
  package let override: Override?

  package init(move: ItemMove, borrower: Borrower, due: SchoolDay, override: Override? = nil) {
    self.move = move
    self.borrower = borrower
    self.due = due
    self.override = override
  }
}

/// A loan is prolonged.
package struct Renewal: Hashable, Sendable {
  /// From the patron to the patron: custody stays where it is.
  package let move: ItemMove
  package let commitment: PatronCommitment
  package let due: SchoolDay
  package let override: Override?

  package init(
    move: ItemMove, commitment: PatronCommitment, due: SchoolDay, override: Override? = nil
  ) {
    self.move = move
    self.commitment = commitment
    self.due = due
    self.override = override
  }
}

/// A librarian's decision to go against rules.
///
/// The reason is free text in which a child may be named, so it stays at the station, sealed; the
/// chain has the rules alone.
package struct Override: Hashable, Sendable {
  /// The names of all rules that stood against the act, as `Refusal.rule` gives them.
  package let rules: [String]

  /// How many rules an override may name.
  package static let mostRules = 16

  package init(rules: [String]) {
    self.rules = rules
  }
}

/// Books read in the library, counted by class and kind and never by name.
package struct OnSiteReading: Hashable, Sendable {
  package let day: SchoolDay
  package let kind: MaterialKind
  package let schoolClass: SchoolClass?
  package let count: Int
  /// The copy, where one was scanned.
  package let item: ItemID?

  /// How many readings one event may count.
  package static let counts = 1...1_000

  package init(
    day: SchoolDay, kind: MaterialKind, schoolClass: SchoolClass?, count: Int, item: ItemID? = nil
  ) {
    self.day = day
    self.kind = kind
    self.schoolClass = schoolClass
    self.count = count
    self.item = item
  }
}

extension Fact {
  /// The item's move, where the fact moves an item or acts on one in its place.
  package var move: ItemMove? {
    switch self {
    case .recordDescribed, .onSiteReading, .noted, .labelReplaced, .stockTaken, .term, .link,
      .unrecognised:
      nil
    case .itemRegistered(let registration):
      ItemMove(
        item: registration.item, from: .outside, to: .shelf(registration.library), seen: 0)
    case .checkout(let checkout): checkout.move
    case .renewal(let renewal): renewal.move
    case .checkin(let move), .lost(let move), .found(let move): move
    case .undone(let undo): undo.move
    case .box(let fact): fact.move
    case .discovered(let discovery):
      ItemMove(item: discovery.item, from: .outside, to: .shelf(discovery.library), seen: 0)
    }
  }

  /// The item that the fact is about, whether or not it moves.
  package var item: ItemID? {
    switch self {
    case .onSiteReading(let reading): reading.item
    case .noted(let note): note.item
    case .labelReplaced(.item(let item, _)): item
    default: move?.item
    }
  }

  /// The fact's name, for people and programs.
  package var name: String {
    switch self {
    case .recordDescribed: "record-described"
    case .itemRegistered: "item-registered"
    case .checkout: "checkout"
    case .checkin: "checkin"
    case .renewal: "renewal"
    case .onSiteReading: "on-site-reading"
    case .lost: "lost"
    case .found: "found"
    case .undone: "undone"
    case .noted: "noted"
    case .discovered: "discovered"
    case .labelReplaced: "label-replaced"
    case .stockTaken: "stock-taken"
    case .box(let fact): fact.name
    case .term(let fact): fact.name
    case .link(let fact): fact.name
    case .unrecognised(let kind, _): "unrecognised-\(kind)"
    }
  }
}
