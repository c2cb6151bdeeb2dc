import Circulation
import Labels
import Ledger
package import Rotation

extension GroupRegistry {
  /// Adds a term up over the group, in one consistent state of the books; where none is named, the
  /// last that a library has closed, or today's.
  ///
  /// A library that has closed the term is in it as it then stood; of another one all that has come
  /// since its last closing is, and what its shelves hold is not known yet. Reads every movement
  /// once, in order, so that time goes with the items and memory does not; several that ask at once
  /// share one sum.
  ///
  /// The first sum for which every library has closed the term is kept as the group's closing; but
  /// where a station was left out of which something may still come, not before
  /// ``ClosingGrace/days`` days have passed since the term's last day.
  package func reconciliation(of asked: Term? = nil) async throws -> GroupReconciliation {
    let now = nowMilliseconds()
    let (state, kept) = try await store.read { books in
      let latest = try asked == nil ? books.closings().map(\.term).max() : nil
      guard let term = asked ?? latest ?? Self.term(atMilliseconds: now) else {
        throw RegistryError.damaged("the host's clock")
      }
      return (
        try TermState(of: term, on: SchoolDay(unixMilliseconds: now), in: books),
        try books.groupClosingHash(of: term)
      )
    }
    return try await sums.sum(of: state, keeping: kept) { try await addUp(state) }
  }

  @concurrent
  private func addUp(_ state: TermState) async throws -> GroupReconciliation {
    let group = try await store.read { try Self.sum(of: state.term, on: state.day, in: $0) }
    guard group.closing == nil, let text = try? group.completeText() else { return group }
    let closing = GroupClosing(term: state.term, text: text, keptMilliseconds: nowMilliseconds())
    do {
      return group.closed(with: try await store.write { try $0.keep(closing) })
    } catch let error as RegistryError where error.isForWantOfRoom {
      // Reading goes on; what could not be kept is tried again by the next who asks.
      return group
    }
  }

  private static func sum(
    of term: Term, on day: SchoolDay, in books: any RegistryReader
  ) throws -> GroupReconciliation {
    let frame = try TermFrame(of: term, in: books)
    let kinds = KindReader(books)
    var summer = TermSummer(frame, kinds: kinds)
    var parts = StationParts(of: frame, kinds: kinds)
    try books.forEachMovement { row in
      try summer.add(row)
      try parts.add(row)
    }
    let sum = try summer.finish()
    return GroupReconciliation(
      reconciliation: sum,
      differences: try books.differences(sum.open, in: sum, summer.items, frame),
      brokenTrails: try books.differences(sum.brokenTrails, in: sum, summer.items, frame),
      statements: try books.statements(of: frame, in: sum, parts.finish()),
      closedTerms: Set(try books.closings().map(\.term)).sorted(by: >), leftOut: frame.leftOut,
      closing: try books.groupClosing(of: term),
      openUntil: try ClosingGrace.end(for: frame, on: day, in: books))
  }

  /// The term that a day falls in by the usual calendar, or the next one between two.
  private static func term(atMilliseconds now: Int64) -> Term? {
    let day = SchoolDay(unixMilliseconds: now)
    let year = SchoolYear(containing: day)
    let semesters = SchoolCalendar.standard(for: year).semesters
    let index = semesters.firstIndex { $0.last >= day } ?? max(semesters.count - 1, 0)
    return Term(year: year, semester: index + 1)
  }
}

/// How long a term that waits for nobody stays open for a station that was left out.
package enum ClosingGrace {
  /// Days after the term's last day: time enough to put another machine in a revoked one's place.
  package static let days = 60

  /// From when on the term is closed without them; `nil` where it is, or nothing can come.
  fileprivate static func end(
    for frame: TermFrame, on day: SchoolDay, in books: any RegistryReader
  ) throws -> SchoolDay? {
    guard frame.leftOut.contains(where: { !$0.isSure }),
      let last = try books.lastDay(of: frame.term)
    else { return nil }
    let end = SchoolDay(number: last.number + days)
    return day < end ? end : nil
  }
}

extension RegistryReader {
  /// Names what is listed, under the name that a library's statement gave it first.
  fileprivate func differences(
    _ verdicts: [Verdict], in sum: Reconciliation, _ items: [Int64: ItemID], _ frame: TermFrame
  ) throws -> [GroupDifference] {
    let named = verdicts.compactMap { verdict in items[verdict.key].map { (verdict, $0) } }
    let titles = try titles(of: named.map(\.1), frame)
    return named.map { verdict, item in
      let listings = frame.listings[item] ?? []
      let first = listings.map(\.open.difference).min { $0.since < $1.since }
      let told = listings.flatMap { listing in
        listing.open.difference.references.compactMap { EventMark($0) }.map {
          EventReference(
            station: frame.scopes[listing.station].station, epoch: $0.epoch, sequence: $0.sequence)
        }
      }
      let events = verdict.references.compactMap(frame.event)
      let known = Set(events)
      return GroupDifference(
        difference: OpenDifference(
          item: item, since: first?.since ?? sum.term,
          firstHeading: first?.firstHeading ?? verdict.heading, heading: verdict.heading,
          library: sum.library(of: verdict).map { sum.libraries[$0] },
          references: verdict.references),
        title: titles[item] ?? "", place: verdict.place,
        events: events + told.filter { !known.contains($0) },
        breaks: verdict.breaks.compactMap(frame.event))
    }
  }

  private func titles(of items: [ItemID], _ frame: TermFrame) throws -> [ItemID: String] {
    guard !items.isEmpty else { return [:] }
    let held = try holdings(of: items).compactMap { $0?.holding }
    let titles = try self.titles(of: Array(Set(held.map(\.record))), describedBy: .all)
    let told = frame.listings.compactMapValues { $0.first { !$0.open.title.isEmpty }?.open.title }
    return Dictionary(
      held.compactMap { holding in titles[holding.record].map { (holding.item, $0) } }
    ) { $1 }.merging(told) { known, _ in known }
  }

  fileprivate func statements(
    of frame: TermFrame, in sum: Reconciliation, _ parts: [String: Reconciliation]
  ) throws -> [GroupStatement] {
    let reader = try SignatureReader(self)
    return try frame.scopes.compactMap { scope in
      guard let closing = scope.closing, let statement = scope.statement else { return nil }
      return GroupStatement(
        scope, closing, statement, try signatures(under: closing.closing.hash), by: reader,
        in: parts[scope.station.text] ?? sum)
    }
  }
}
