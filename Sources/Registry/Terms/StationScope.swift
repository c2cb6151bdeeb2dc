import Labels
import Ledger
import Rotation

/// Which of a station's events are of a term, and what it has said of it.
struct StationScope: Sendable {
  let station: StationID
  /// The last event before the term; nothing where the books begin with it.
  let after: EventMark?
  /// The last event of the term; nothing where it is not closed.
  let through: EventMark?
  let closing: KeptClosing?
  let statement: TermStatement?

  func isInTerm(_ mark: EventMark) -> Bool { after.map { mark > $0 } ?? true }
  func isOver(_ mark: EventMark) -> Bool { through.map { mark > $0 } ?? false }
}

extension StationScope {
  /// Works out a station's part of a term from all that it has closed, in order.
  ///
  /// Of a term that it has not closed it is what came after the closing before, and up to the next.
  init(
    of station: StationID, in term: Term, _ closings: [KeptClosing],
    reading statement: (KeptClosing) throws -> TermStatement?
  ) rethrows {
    let closed = closings.last { $0.term == term }
    if let closed, let said = try statement(closed) {
      self.init(
        station: station, after: said.after, through: said.through, closing: closed,
        statement: said)
      return
    }
    let before = closings.last { $0.term < term }
    let next = closed ?? closings.first { $0.term > term }
    self.init(
      station: station, after: before?.event.mark, through: next?.event.mark, closing: nil,
      statement: nil)
  }
}

/// What a closed term's statement lists of an item.
struct StatementListing: Sendable {
  let station: Int
  let open: TermStatement.Open
  /// The item was seen at the library in this term, though its books have it elsewhere.
  let isStranger: Bool
  /// The library's books have the item there, and nobody saw it.
  let isMissing: Bool

  init(_ open: TermStatement.Open, of scope: StationScope, station: Int) {
    self.station = station
    self.open = open
    let difference = open.difference
    let isFresh = difference.references.contains {
      EventMark($0).map(scope.isInTerm) ?? false
    }
    switch difference.heading {
    case .elsewhere, .unexpected, .seenTwice, .seenWhileOnLoan:
      (isStranger, isMissing) = (isFresh, false)
    case .missing: (isStranger, isMissing) = (false, true)
    case .notKnownYet:
      (isStranger, isMissing) = (false, difference.library == scope.station.library)
    default: (isStranger, isMissing) = (false, false)
    }
  }
}
