package import Circulation

/// The sum of a term for one library, kind and home.
///
/// `opening + received + registered + found − sent − withdrawn − lost` is what the books expect;
/// held against it stands what was counted.
package struct StockRow: Hashable, Sendable {
  /// The numbers of the libraries in the reconciliation's list.
  package let library: Int
  package let kind: MaterialKind
  package let home: Int
  package internal(set) var opening = 0
  package internal(set) var received = 0
  package internal(set) var registered = 0
  package internal(set) var found = 0
  package internal(set) var sent = 0
  package internal(set) var withdrawn = 0
  package internal(set) var lost = 0
  /// Items seen here, and items that are here on loan and were not seen.
  package internal(set) var counted = 0
  /// Of the items that the books have here, those that were not counted here.
  package internal(set) var notCounted: [Heading: Int] = [:]
  /// Of the items counted here, those that the books don't have here.
  package internal(set) var strangers = 0

  init(library: Int, kind: MaterialKind, home: Int) {
    self.library = library
    self.kind = kind
    self.home = home
  }

  /// What the books expect here.
  package var expected: Int {
    opening + received + registered + found - sent - withdrawn - lost
  }

  /// Above zero where more was counted than the books expect.
  package var difference: Int { counted - expected }

  /// Whether the difference is the sum of its items.
  package var addsUp: Bool {
    difference == strangers - notCounted.values.reduce(0, +)
  }
}

/// What one library sent to another in a term, and what of it came.
package struct Traffic: Hashable, Sendable {
  package let from: Int
  package let to: Int
  package internal(set) var sent = 0
  /// Received by the library that it was sent to.
  package internal(set) var received = 0
  /// Received by a third library.
  package internal(set) var misdirected = 0
  /// On the way since an earlier term.
  package internal(set) var onTheWayBefore = 0
  /// Lost, withdrawn or sent again before anybody received it.
  package internal(set) var ended = 0

  init(from: Int, to: Int) {
    self.from = from
    self.to = to
  }

  /// What is on the way at the end of the term.
  package var onTheWay: Int { onTheWayBefore + sent - received - misdirected - ended }
}
