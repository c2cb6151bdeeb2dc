package import Circulation
import Exchange
import Labels
package import Ledger
import Rotation

/// Why a term does not wait for a station.
package enum LeftOutReason: Hashable, Sendable {
  /// Its last key was revoked, and no other machine has taken its place.
  case revoked
  /// It began on this day, after the term had ended: nothing of it is of the term.
  case begunLater(SchoolDay)
}

/// A station that a term does not wait for.
package struct LeftOutStation: Hashable, Sendable {
  package let station: StationID
  package let reason: LeftOutReason
  /// Nothing of the term can come from it any more: it began later by the host's clock too.
  ///
  /// A machine may yet take a revoked one's place, and a clock alone never decides.
  package let isSure: Bool
}

/// Which of a station's events are of a term, and what it has said of it.
struct StationScope: Sendable {
  let station: StationID
  /// The last event before the term; nothing where the books begin with it.
  let after: EventMark?
  /// The last event of the term; nothing where it is not closed.
  let through: EventMark?
  let closing: KeptClosing?
  let statement: TermStatement?
  /// Set where the term does not wait for the station.
  let leftOut: LeftOutStation?

  func isInTerm(_ mark: EventMark) -> Bool { after.map { mark > $0 } ?? true }
  func isOver(_ mark: EventMark) -> Bool { through.map { mark > $0 } ?? false }
}

extension StationScope {
  /// Works out a station's part of a term from all that it has closed, in order.
  ///
  /// Of a term that it has not closed it is what came after the closing before, and up to the next;
  /// nothing where the station began later.
  init(
    of station: StationID, in term: Term, _ closings: [KeptClosing], leftOut: LeftOutStation?,
    reading statement: (KeptClosing) throws -> TermStatement?
  ) rethrows {
    let closed = closings.last { $0.term == term }
    if let closed, let said = try statement(closed) {
      self.init(
        station: station, after: said.after, through: said.through, closing: closed,
        statement: said, leftOut: nil)
      return
    }
    if case .begunLater = leftOut?.reason {
      self.init(
        station: station, after: nil, through: .beforeAll, closing: nil, statement: nil,
        leftOut: leftOut)
      return
    }
    let before = closings.last { $0.term < term }
    let next = closed ?? closings.first { $0.term > term }
    self.init(
      station: station, after: before?.event.mark, through: next?.event.mark, closing: nil,
      statement: nil, leftOut: leftOut)
  }
}

extension EventMark {
  /// Before a station's first event.
  fileprivate static let beforeAll = EventMark(epoch: .first, sequence: 0)
}

extension RegistryReader {
  /// Why a term need not wait for a station, in each epoch of its life; `nil` where it must.
  ///
  /// A station that has closed the term or an earlier one is of it. One that has not is of a later
  /// term where both its first and its last event came after the term's last day, by the host's
  /// clock where a contact tells, else by its own. A revoked one is left out where what it closed
  /// the term with can't be read.
  func reasonToLeaveOut(
    _ station: StationID, _ epochs: [EnrolledStation], of term: Term, endingOn last: SchoolDay?,
    _ closings: [KeptClosing]
  ) throws -> LeftOutStation? {
    let closed = closings.last { $0.term == term }
    if let closed, try text(of: closed) != nil { return nil }
    if let last, closed == nil, !closings.contains(where: { $0.term < term }) {
      let told = epochs.filter { $0.cursor.sequence > 0 }.sorted {
        $0.cursor.epoch < $1.cursor.epoch
      }
      if let first = try told.first.flatMap({ try day(of: 1, in: $0) }),
        let latest = try told.last.flatMap({ try day(of: $0.cursor.sequence, in: $0) }),
        first.day > last, latest.day > last
      {
        return LeftOutStation(
          station: station, reason: .begunLater(first.day), isSure: first.isSure && latest.isSure)
      }
    }
    let latest = epochs.max { $0.cursor.epoch < $1.cursor.epoch }
    return latest?.closing?.end == .revoked
      ? LeftOutStation(station: station, reason: .revoked, isSure: false) : nil
  }

  /// The earliest day that an event can be of, and whether the host's clock says so.
  private func day(
    of sequence: Int64, in station: EnrolledStation
  ) throws -> (day: SchoolDay, isSure: Bool)? {
    let reference = EventReference(
      station: station.enrolment.station, epoch: station.cursor.epoch, sequence: sequence)
    guard let moment = try event(reference)?.moment else { return nil }
    let told = try interval(of: reference, at: moment)?.earliest
    return (SchoolDay(unixMilliseconds: told ?? moment.wallMilliseconds), told != nil)
  }

  /// The last day of a term, by the group's calendar where it has that year, else by the usual one.
  func lastDay(of term: Term) throws -> SchoolDay? {
    let own = try policies(limit: 1).first?.document.flatMap { try? $0.checked() }?.calendar
    let year = { (day: SchoolDay) in SchoolYear(containing: day) }
    let semesters = own?.semesters.filter { year($0.first) == term.year } ?? []
    let all = semesters.isEmpty ? SchoolCalendar.standard(for: term.year).semesters : semesters
    return all.indices.contains(term.semester - 1) ? all[term.semester - 1].last : nil
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
