package import Circulation

/// An event, by the number that the layer above keeps it under.
package struct EventReference: Hashable, Comparable, Sendable, CustomStringConvertible {
  package let number: Int64

  package init(_ number: Int64) {
    self.number = number
  }

  package static func < (one: Self, other: Self) -> Bool { one.number < other.number }

  package var description: String { "\(number)" }
}

/// What a term's events do to an item, as far as a reconciliation looks.
///
/// Libraries are numbers: their places in the reconciliation's list.
package enum TermMove: Hashable, Sendable {
  case registered(at: Int)
  case sent(from: Int, to: Int)
  case received(at: Int)
  case withdrawn(at: Int)
  case lost(at: Int)
  case found(at: Int)
}

/// A move and the event that says so.
package struct TermAct: Hashable, Sendable {
  package let move: TermMove
  package let reference: EventReference

  package init(_ move: TermMove, _ reference: EventReference) {
    self.move = move
    self.reference = reference
  }
}

/// Where the books have an item: on a library's shelves or with its patrons, or nowhere there.
package enum BooksPlace: Hashable, Sendable {
  case nowhere
  case at(Int)
  case onTheWay(from: Int, to: Int)
  case lost(at: Int)
  case withdrawn(at: Int)

  /// The library whose holdings the item is among.
  package var library: Int? {
    if case .at(let library) = self { library } else { nil }
  }
}

/// An item that was scanned at a stock-taking.
package struct Sighting: Hashable, Sendable {
  package let library: Int
  package let reference: EventReference

  package init(at library: Int, _ reference: EventReference) {
    self.library = library
    self.reference = reference
  }
}

/// One item's term: where the books had it, what happened, and where it was seen.
package struct ItemTerm: Hashable, Sendable {
  /// The number under which the layer above keeps the item.
  package var key: Int64
  package var home: Int
  package var kind: MaterialKind
  package var opening: BooksPlace
  /// In the order of the ledger.
  package var acts: [TermAct]
  package var sightings: [Sighting]
  /// Whether at the end the item is with a patron of the library where the books have it.
  package var isOnLoan: Bool
  /// Whether a finished stock-taking went over the shelves where the item would stand.
  package var wasLookedFor: Bool

  package init(
    key: Int64, home: Int, kind: MaterialKind, opening: BooksPlace, acts: [TermAct] = [],
    sightings: [Sighting] = [], isOnLoan: Bool = false, wasLookedFor: Bool = true
  ) {
    self.key = key
    self.home = home
    self.kind = kind
    self.opening = opening
    self.acts = acts
    self.sightings = sightings
    self.isOnLoan = isOnLoan
    self.wasLookedFor = wasLookedFor
  }
}

extension BooksPlace {
  /// Where the books have the item after a move, whether or not they had it where the move says.
  package func after(_ move: TermMove) -> BooksPlace {
    switch move {
    // A second registration changes nothing: the item is one item still.
    case .registered(let library): self == .nowhere ? .at(library) : self
    case .sent(let from, let to): .onTheWay(from: from, to: to)
    case .received(let library), .found(let library): .at(library)
    case .lost(let library): .lost(at: library)
    case .withdrawn(let library): .withdrawn(at: library)
    }
  }

  /// Whether a move begins where the books have the item.
  package func bearsOut(_ move: TermMove) -> Bool {
    switch (move, self) {
    case (.registered, .nowhere), (.found, .lost): true
    case (.sent(let from, _), .at(let library)): from == library
    case (.received(let at), .onTheWay(_, let to)): at == to
    case (.withdrawn(let at), .at(let library)), (.lost(let at), .at(let library)): at == library
    case (.withdrawn, .lost), (.lost, .onTheWay): true
    default: false
    }
  }
}
