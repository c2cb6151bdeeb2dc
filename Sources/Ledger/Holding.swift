package import Circulation
package import Labels
import Rotation

/// A loan that has not ended, as the chain knows it.
package struct OpenLoan: Hashable, Sendable {
  package let borrower: PatronCommitment
  package let checkedOutMilliseconds: Int64
  package let due: SchoolDay
  package let renewals: Int

  package init(
    borrower: PatronCommitment, checkedOutMilliseconds: Int64, due: SchoolDay, renewals: Int
  ) {
    self.borrower = borrower
    self.checkedOutMilliseconds = checkedOutMilliseconds
    self.due = due
    self.renewals = renewals
  }
}

/// What the ledger knows of one item: where it is, with whom, and after how many acts.
package struct Holding: Hashable, Sendable {
  package let item: ItemID
  package let record: RecordID
  package let place: Place
  package let loan: OpenLoan?
  /// The number of the last act: how many there are, those that have not come yet included.
  package let version: Int
  /// Acts before the last one that have not come yet.
  package let gaps: ActGaps

  package init(
    item: ItemID, record: RecordID, place: Place, loan: OpenLoan?, version: Int,
    gaps: ActGaps = ActGaps()
  ) {
    self.item = item
    self.record = record
    self.place = place
    self.loan = loan
    self.version = version
    self.gaps = gaps
  }
}

/// What an event says that the ledger can't bear out; the fact stands, and somebody must look.
package enum Discrepancy: Hashable, Sendable {
  case unknownItem(ItemID)
  case registeredTwice(ItemID)
  /// Moved from where it was not.
  case movedFromElsewhere(ItemID, claimed: Place, actual: Place)
  /// Renewed by somebody who did not have it.
  case renewedByAnother(ItemID)
  case unrecognisedFact(kind: Int)

  /// The discrepancy's name: stable, for tables and programs.
  package var name: String {
    switch self {
    case .unknownItem: "unknown-item"
    case .registeredTwice: "registered-twice"
    case .movedFromElsewhere: "moved-from-elsewhere"
    case .renewedByAnother: "renewed-by-another"
    case .unrecognisedFact: "unrecognised-fact"
    }
  }

  package var item: ItemID? {
    switch self {
    case .unknownItem(let item), .registeredTwice(let item),
      .movedFromElsewhere(let item, _, _), .renewedByAnother(let item):
      item
    case .unrecognisedFact: nil
    }
  }
}

/// An entry in custody's books: one item leaves one place and comes to one other.
package struct Posting: Hashable, Sendable {
  /// Where the ledger had the item, whatever the event claimed.
  package let from: Place
  package let to: Place

  package init(from: Place, to: Place) {
    self.from = from
    self.to = to
  }
}

/// What one event does to one item.
package struct ItemEffect: Hashable, Sendable {
  /// The item's state afterwards, or `nil` where the item is not registered.
  package let holding: Holding?
  /// The entry, or `nil` where custody does not change.
  package let posting: Posting?
  package let discrepancies: [Discrepancy]

  init(holding: Holding?, posting: Posting? = nil, discrepancies: [Discrepancy] = []) {
    self.holding = holding
    self.posting = posting
    self.discrepancies = discrepancies
  }
}

extension Event {
  /// Works out what the event does to its item, whose state before it is given.
  ///
  /// This one function makes a station's projection, the host's, and the replay that verifies
  /// either. A move from where the item was not is entered from where the ledger had it, so the
  /// books balance, and the discrepancy is told. An act on an item that was never registered
  /// changes nothing until somebody has looked; but what comes out of a box is here, whoever
  /// registered it. An act whose maker had seen acts that are not here yet leaves a gap for them;
  /// when they come, ``ItemHistory`` puts them in their place.
  package func effect(on holding: Holding?) -> ItemEffect {
    switch (fact, holding) {
    case (.itemRegistered(let registration), .none):
      return Self.registering(registration)
    case (.discovered(let discovery), .none):
      return Self.registering(
        ItemRegistration(
          item: discovery.item, record: .unknownTitle, library: discovery.library))
    case (.itemRegistered(let registration), .some(let holding))
    where holding.record == .unknownTitle:
      return Self.naming(holding, by: registration)
    case (.itemRegistered(let registration), .some):
      return ItemEffect(
        holding: holding, discrepancies: [.registeredTwice(registration.item)])
    case (.unrecognised(let kind, _), _):
      return ItemEffect(holding: holding, discrepancies: [.unrecognisedFact(kind: kind)])
    case (.box(.received(let finding)), .none):
      return Self.receiving(finding.move)
    case (_, .none):
      let unknown = fact.move.map { [Discrepancy.unknownItem($0.item)] } ?? []
      return ItemEffect(holding: nil, discrepancies: unknown)
    case (_, .some(let holding)):
      guard let move = fact.move else { return ItemEffect(holding: holding) }
      return moving(holding, by: move)
    }
  }

  private static func registering(_ registration: ItemRegistration) -> ItemEffect {
    let place = Place.shelf(registration.library)
    let holding = Holding(
      item: registration.item, record: registration.record, place: place, loan: nil, version: 1)
    return ItemEffect(holding: holding, posting: Posting(from: .outside, to: place))
  }

  /// Takes an item into the books that another library has registered.
  private static func receiving(_ move: ItemMove) -> ItemEffect {
    let holding = Holding(
      item: move.item, record: .unknownTitle, place: move.to, loan: nil, version: move.seen + 1,
      gaps: move.seen > 0 ? ActGaps().adding(1...move.seen) : ActGaps())
    return ItemEffect(holding: holding, posting: Posting(from: .outside, to: move.to))
  }

  /// What was found without a title gets one, and stays where it is.
  private static func naming(
    _ holding: Holding, by registration: ItemRegistration
  ) -> ItemEffect {
    let named = Holding(
      item: holding.item, record: registration.record, place: holding.place,
      loan: holding.loan,
      version: holding.gaps.contains(1) ? holding.version : holding.version + 1,
      gaps: holding.gaps.filling(1))
    return ItemEffect(holding: named)
  }

  private func moving(_ holding: Holding, by move: ItemMove) -> ItemEffect {
    let hasSeenMore = move.seen > holding.version
    var discrepancies: [Discrepancy] = []
    if holding.place != move.from, !hasSeenMore {
      discrepancies.append(
        .movedFromElsewhere(move.item, claimed: move.from, actual: holding.place))
    }
    if case .renewal(let renewal) = fact, holding.loan?.borrower != renewal.commitment {
      discrepancies.append(.renewedByAnother(move.item))
    }
    let next = Holding(
      item: holding.item, record: holding.record, place: move.to, loan: loan(after: holding),
      version: max(holding.version, move.seen + 1),
      gaps: hasSeenMore
        ? holding.gaps.adding((holding.version + 1)...move.seen)
        : holding.gaps.filling(move.seen + 1))
    let posting =
      holding.place == move.to ? nil : Posting(from: holding.place, to: move.to)
    return ItemEffect(holding: next, posting: posting, discrepancies: discrepancies)
  }

  private func loan(after holding: Holding) -> OpenLoan? {
    switch fact {
    case .checkout(let checkout):
      OpenLoan(
        borrower: checkout.borrower.commitment,
        checkedOutMilliseconds: moment.wallMilliseconds, due: checkout.due, renewals: 0)
    case .renewal(let renewal):
      OpenLoan(
        borrower: renewal.commitment,
        checkedOutMilliseconds: holding.loan?.checkedOutMilliseconds ?? moment.wallMilliseconds,
        due: renewal.due, renewals: (holding.loan?.renewals ?? 0) + 1)
    case .undone(let undo):
      if case .item(_, let loan) = undo.subject { loan } else { nil }
    case .checkin, .lost, .found, .discovered, .itemRegistered, .recordDescribed,
      .onSiteReading, .noted, .labelReplaced, .stockTaken, .box, .term, .link, .unrecognised:
      nil
    }
  }
}
