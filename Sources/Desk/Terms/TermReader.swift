import Circulation
import Journal
import Labels
import Ledger
import Rotation

/// Adds terms up in one consistent state of the journal.
struct TermReader: Sendable {
  let library: LibraryCode
  let offsetMinutes: Int
  let calendar: @Sendable (SchoolDay) -> SchoolCalendar

  /// The term that a day falls in, or the next one between two.
  func term(on day: SchoolDay) -> Term? {
    let year = SchoolYear(containing: day)
    let semesters = calendar(day).semesters
    let index = semesters.firstIndex { $0.last >= day } ?? max(semesters.count - 1, 0)
    return Term(year: year, semester: index + 1)
  }

  /// The term to show where none is asked for: the one after the last that was closed, or today's.
  func usualTerm(_ records: TermRecords, on day: SchoolDay) -> Term? {
    guard let last = records.last?.closing.term else { return term(on: day) }
    let next =
      last.semester == Term.semesters.upperBound
      ? Term(year: SchoolYear(start: last.year.start + 1), semester: 1)
      : Term(year: last.year, semester: last.semester + 1)
    return [term(on: day), next].compactMap(\.self).max()
  }

  /// Adds a term up: one that is closed as it stood then, another one as it stands now.
  func sum(_ term: Term, _ records: TermRecords, in view: JournalView) throws -> TermSum {
    let closed = records.closing(of: term)
    let previous = records.closings.values
      .filter { $0.closing.term < term }.max { $0.mark < $1.mark }
    var books = TermBooks(of: library)
    var hasBegun = false
    try view.forEachEvent { event in
      if let closed, EventMark(event) >= closed.mark { return false }
      if !hasBegun, begins(term, with: event, after: previous) {
        books.beginTerm()
        hasBegun = true
      }
      books.apply(event)
      return true
    }
    if !hasBegun { books.beginTerm() }
    let counts = try view.termCounts(after: books.after).compactMap { count in
      asOf(books.accounts, count, isOver: closed != nil)
    }
    return try books.sum(term, counts: counts, previous: open(previous, records))
  }

  /// Whether a term begins with an event: the first after the closing of the one before, or the
  /// first on a day of the term.
  private func begins(_ term: Term, with event: Event, after previous: ClosedTerm?) -> Bool {
    if let previous { return EventMark(event) > previous.mark }
    let day = SchoolDay(
      unixMilliseconds: event.moment.wallMilliseconds, offsetMinutes: offsetMinutes)
    guard let first = firstDay(of: term) else { return true }
    return day >= first
  }

  func firstDay(of term: Term) -> SchoolDay? {
    guard let middle = try? SchoolDay(year: term.year.start, month: 10, day: 1) else { return nil }
    let semesters = calendar(middle).semesters
    return semesters.indices.contains(term.semester - 1)
      ? semesters[term.semester - 1].first : nil
  }

  /// A stock-taking as the events of the term have it; one that a closed term did not go by is left
  /// out.
  private func asOf(_ accounts: Accounts, _ count: TermCount, isOver: Bool) -> TermCount? {
    let isClosed = accounts.stockCounts[count.session] != nil
    if isOver, !isClosed { return nil }
    return TermCount(
      session: count.session, range: count.range, opened: count.opened, isClosed: isClosed,
      seen: count.seen)
  }

  private func open(
    _ previous: ClosedTerm?, _ records: TermRecords
  ) throws -> [OpenDifference] {
    guard let previous else { return [] }
    return try statement(of: previous, records).open.map(\.difference)
  }

  /// A closed term's statement, read back.
  func statement(of closed: ClosedTerm, _ records: TermRecords) throws -> TermStatement {
    guard let text = records.text(of: closed) else {
      throw JournalError.damaged("statement of term \(closed.closing.term)")
    }
    return try TermStatement(text)
  }
}
