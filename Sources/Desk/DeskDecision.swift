import Circulation
import Journal
import Labels
import Ledger

/// Turns a request into a fact, or refuses it, from what the journal holds at that moment.
struct DeskDecision: Sendable {
  let library: LibraryCode
  let settings: DeskSettings
  let overrideRight: OverrideRight
  let lookup: DeskLookup
  let today: SchoolDay
  let unixMilliseconds: Int64

  func fact(for request: DeskRequest, in transaction: JournalTransaction) throws -> Fact {
    let view = transaction.view
    switch request {
    case .checkout(let item, let card, let reason):
      let patron = try lookup.patron(card, in: view)
      let holding = try lookup.item(item, in: view)
      return try checkout(holding, to: patron, overrideReason: reason, in: transaction)
    case .checkoutOfSet(let item, let card, let set):
      let patron = try lookup.patron(card, in: view)
      let holding = try lookup.item(item, in: view)
      return try checkout(holding, to: patron, ofSet: set, in: transaction)
    case .checkin(let item):
      let holding = try lookup.item(item, in: view)
      try refuseWhenNotReturnable(holding, to: library)
      try refuseWhenBoxedUp(holding, in: view)
      return .checkin(move(holding, to: .shelf(library)))
    case .renew(let item, let reason):
      let holding = try lookup.item(item, in: view)
      return try renew(holding, overrideReason: reason, in: transaction)
    case .readOnSite(let item, let kind, let schoolClass, let count):
      return try reading(of: item, kind, by: schoolClass, count: count, in: view)
    case .reportLost(let item):
      return .lost(try losing(try lookup.item(item, in: view)))
    case .reportFound(let item):
      return .found(try finding(try lookup.item(item, in: view)))
    case .undo, .note, .registerFound, .replaceLabel, .replaceCard:
      return try correction(for: request, in: transaction)
    }
  }

  /// Refuses an operation's name that was recorded for something else.
  func check(_ request: DeskRequest, isWhat fact: Fact, in view: JournalView) throws {
    let isSame: Bool
    switch (request, fact) {
    case (.checkout(let text, let card, _), .checkout(let checkout)),
      (.checkoutOfSet(let text, let card, _), .checkout(let checkout)):
      let borrower = try view.card(behind: checkout.borrower.commitment)
      let asking = try lookup.patron(card, in: view).card
      isSame = try asking == borrower && names(text, checkout.move.item, in: view)
    case (.renew(let text, _), .renewal(let renewal)):
      isSame = try names(text, renewal.move.item, in: view)
    case (.checkin(let text), .checkin(let move)),
      (.reportLost(let text), .lost(let move)),
      (.reportFound(let text), .found(let move)):
      isSame = try names(text, move.item, in: view)
    case (.readOnSite(let text, let kind, let schoolClass, let count), .onSiteReading(let fact)):
      let isItem = try text.map { try names($0, fact.item, in: view) } ?? (fact.item == nil)
      isSame =
        isItem && fact.count == count && fact.schoolClass?.text == schoolClass
        && (text != nil || kind == fact.kind)
    default:
      isSame = try isSameCorrection(request, fact, in: view)
    }
    guard isSame else { throw JournalError.operationReused }
  }

  func names(_ text: String, _ item: ItemID?, in view: JournalView) throws -> Bool {
    do {
      return try lookup.item(text, in: view).item == item
    } catch DeskError.ambiguousItem(let items) {
      return items.contains { $0 == item }
    }
  }
}

// MARK: - Loans

extension DeskDecision {
  private func checkout(
    _ holding: Holding, to patron: Patron, overrideReason: String?,
    in transaction: JournalTransaction
  ) throws -> Fact {
    let view = transaction.view
    try refuseWhenBlocked(patron, in: view)
    try refuseWhenNotHere(holding, at: library)
    try refuseWhenBoxedUp(holding, in: view)
    let year = SchoolYear(containing: today)
    let commitment = try transaction.commitment(of: patron.card, in: year)
    let record = try lookup.record(of: holding, in: view)
    let request = CheckoutRequest(
      item: holding.item, record: record, patron: patron,
      loans: try view.loans(of: patron.card), day: today)
    let refusals =
      try refusalOfSecondLoan(holding, to: patron, in: view)
      + settings.policy.refusals(of: request)
    let override = try override(
      refusals, for: patron.kind, reason: overrideReason, in: transaction)
    let period = settings.policy.period(of: record, for: patron.kind)
    let borrower = Borrower(
      commitment: commitment, kind: patron.kind, schoolClass: patron.schoolClass)
    return .checkout(
      Checkout(
        move: move(holding, to: .patron(library)), borrower: borrower,
        due: due(period, from: today),
        override: override))
  }

  /// Textbooks for the year: neither the number of loans nor one that is overdue stands against it.
  private func checkout(
    _ holding: Holding, to patron: Patron, ofSet id: String, in transaction: JournalTransaction
  ) throws -> Fact {
    let view = transaction.view
    guard let set = try view.titleSets().first(where: { $0.id == id }) else {
      throw DeskError.noSuchSet(id)
    }
    try refuseWhenBlocked(patron, in: view)
    try refuseWhenNotHere(holding, at: library)
    try refuseWhenBoxedUp(holding, in: view)
    if let refusal = try refusalOfSecondLoan(holding, to: patron, in: view).first { throw refusal }
    guard set.records.contains(holding.record.text) else { throw Refusal.notInSet(holding.item) }
    let record = try lookup.record(of: holding, in: view)
    guard settings.policy.period(of: record, for: patron.kind) != .onSiteOnly else {
      throw Refusal.onSiteOnly(holding.item)
    }
    guard try !view.titles(onLoanTo: patron).contains(holding.record) else {
      throw Refusal.hasTitleAlready(holding.item)
    }
    let commitment = try transaction.commitment(
      of: patron.card, in: SchoolYear(containing: today))
    return .checkout(
      Checkout(
        move: move(holding, to: .patron(library)),
        borrower: Borrower(
          commitment: commitment, kind: patron.kind, schoolClass: patron.schoolClass),
        due: due(.schoolYear, from: today)))
  }

  private func renew(
    _ holding: Holding, overrideReason: String?, in transaction: JournalTransaction
  ) throws -> Fact {
    let view = transaction.view
    guard let loan = holding.loan else { throw Refusal.notOnLoan(holding.item) }
    guard let card = try view.card(behind: loan.borrower), let patron = try view.patron(card) else {
      throw Refusal.unknownCard
    }
    let record = try lookup.record(of: holding, in: view)
    let refusals = settings.policy.refusals(
      ofRenewing: Loan(
        item: holding.item, kind: record.kind, due: loan.due, renewals: loan.renewals),
      by: patron, having: try view.loans(of: card), on: today)
    let override = try override(
      refusals, for: patron.kind, reason: overrideReason, in: transaction)
    let period = settings.policy.period(of: record, for: patron.kind)
    let due = renewedDue(loan, for: period)
    guard due > loan.due else { throw Refusal.renewalGainsNothing(holding.item) }
    return .renewal(
      Renewal(
        move: move(holding, to: holding.place), commitment: loan.borrower, due: due,
        override: override))
  }

  /// An item in somebody's hands is lent again only after a checkin, or against the rule.
  private func refusalOfSecondLoan(
    _ holding: Holding, to patron: Patron, in view: JournalView
  ) throws -> [Refusal] {
    guard let loan = holding.loan else { return [] }
    let isSame = try view.card(behind: loan.borrower) == patron.card
    return [.alreadyOnLoan(holding.item, toSamePatron: isSame)]
  }

  /// The override to record, naming every rule that it goes against; or the first refusal where
  /// there is no ground for one.
  private func override(
    _ refusals: [Refusal], for kind: PatronKind, reason: String?,
    in transaction: JournalTransaction
  ) throws -> Override? {
    guard let first = refusals.first else { return nil }
    guard let reason else { throw first }
    if let final = refusals.first(where: { !$0.isOverridable }) { throw final }
    let needed = settings.policy.policy(for: kind).overriddenBy
    guard overrideRight.covers(needed) else { throw Refusal.overrideNotAllowed(needed: needed) }
    guard reason.contains(where: { !$0.isWhitespace }) else {
      throw Refusal.overrideWithoutReason
    }
    guard reason.utf8.count <= JournalTransaction.longestReason else {
      throw DeskError.reasonTooLong(limit: JournalTransaction.longestReason)
    }
    try transaction.keepReason(VietnameseText.composed(reason))
    return Override(rules: refusals.map(\.rule))
  }

  /// The due day; what may only be read here is lent, against the rule, to the next open day.
  private func due(_ period: LoanPeriod, from day: SchoolDay) -> SchoolDay {
    let calendar = settings.calendar(on: day)
    return calendar.dueDay(for: period, from: day)
      ?? calendar.openDay(onOrAfter: day.adding(days: 1))
  }

  /// The days are added to those that are left, so that renewing early costs nothing, and a renewal
  /// never shortens a loan; where the calendar has changed since, the old day may be closed by now.
  private func renewedDue(_ loan: OpenLoan, for period: LoanPeriod) -> SchoolDay {
    let calendar = settings.calendar(on: today)
    return max(
      calendar.openDay(onOrAfter: loan.due), due(period, from: max(today, loan.due)))
  }

  /// Refuses a card that the group's coordinator has blocked; nobody at the desk may override it.
  private func refuseWhenBlocked(_ patron: Patron, in view: JournalView) throws {
    if try view.isBlocked(patron.card, of: library) { throw Refusal.cardBlocked }
  }
}

// MARK: - Other acts

extension DeskDecision {
  private func reading(
    of text: String?, _ kind: MaterialKind?, by schoolClass: String?, count: Int,
    in view: JournalView
  ) throws -> Fact {
    let holding = try text.map { try lookup.item($0, in: view) }
    let recordKind = try holding.map { try lookup.record(of: $0, in: view).kind }
    guard let kind = recordKind ?? kind else { throw DeskError.kindMissing }
    guard OnSiteReading.counts.contains(count) else { throw DeskError.badCount(count) }
    let readers = try schoolClass.map { text in
      guard let value = SchoolClass(text) else { throw DeskError.badClass(text) }
      return value
    }
    return .onSiteReading(
      OnSiteReading(
        day: today, kind: kind, schoolClass: readers, count: count, item: holding?.item))
  }

  private func losing(_ holding: Holding) throws -> ItemMove {
    if case .missing = holding.place { throw Refusal.alreadyMissing(holding.item) }
    try refuseWhenNotHere(holding, at: library)
    return move(holding, to: .missing(library))
  }

  private func finding(_ holding: Holding) throws -> ItemMove {
    guard case .missing = holding.place else { throw Refusal.notMissing(holding.item) }
    return move(holding, to: .shelf(library))
  }

  func move(_ holding: Holding, to place: Place) -> ItemMove {
    ItemMove(item: holding.item, from: holding.place, to: place, seen: holding.version)
  }
}
