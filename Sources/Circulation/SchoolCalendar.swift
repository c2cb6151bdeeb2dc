/// A school year, named by the calendar year in which it starts: 2026 is 2026–2027.
package struct SchoolYear: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// The year of its September.
  package let start: Int

  package init(start: Int) {
    self.start = start
  }

  /// The school year that a day belongs to; a new one begins on 1 August, when classes are made.
  package init(containing day: SchoolDay) {
    let (year, month, _) = day.components
    start = month >= 8 ? year : year - 1
  }

  package static func < (left: Self, right: Self) -> Bool {
    left.start < right.start
  }

  package var description: String {
    "\(start)-\(start + 1)"
  }
}

/// One of a school year's two terms, both days included.
package struct Semester: Hashable, Sendable {
  package let first: SchoolDay
  package let last: SchoolDay

  package init(first: SchoolDay, last: SchoolDay) {
    self.first = first
    self.last = last
  }
}

/// The days on which a school's library is open, and its terms.
package struct SchoolCalendar: Hashable, Sendable {
  /// In order of time; usually two.
  package var semesters: [Semester]
  package var closedWeekdays: Set<Weekday>
  package var closedDays: Set<SchoolDay>

  package init(
    semesters: [Semester], closedWeekdays: Set<Weekday>, closedDays: Set<SchoolDay>
  ) {
    self.semesters = semesters
    self.closedWeekdays = closedWeekdays
    self.closedDays = closedDays
  }

  package func isOpen(_ day: SchoolDay) -> Bool {
    !closedWeekdays.contains(day.weekday) && !closedDays.contains(day)
  }

  /// Whether the calendar was made for a day's school year.
  ///
  /// One that has run out still tells the closed weekdays, but knows neither terms nor holidays.
  package func covers(_ day: SchoolDay) -> Bool {
    let year = SchoolYear(containing: day)
    return semesters.contains {
      SchoolYear(containing: $0.first) <= year && year <= SchoolYear(containing: $0.last)
    }
  }

  /// How far a due date may be moved while looking for an open day.
  ///
  /// A calendar that is closed for longer than this is a mistake in its set-up; the due date then
  /// stays where it was rather than running away.
  package static let longestClosureDays = 120

  /// The day itself when the library is open, else the next day on which it is.
  package func openDay(onOrAfter day: SchoolDay) -> SchoolDay {
    for step in 0...Self.longestClosureDays where isOpen(day.adding(days: step)) {
      return day.adding(days: step)
    }
    return day
  }

  /// The day itself when the library is open, else the last day before it on which it was.
  package func openDay(onOrBefore day: SchoolDay) -> SchoolDay {
    for step in 0...Self.longestClosureDays where isOpen(day.adding(days: -step)) {
      return day.adding(days: -step)
    }
    return day
  }

  /// The last day of the term that a day falls in, or of the next term between two.
  package func endOfSemester(from day: SchoolDay) -> SchoolDay? {
    semesters.first { $0.last >= day }?.last
  }

  /// The last day of the last term that has not ended before a day.
  package func endOfYear(from day: SchoolDay) -> SchoolDay? {
    semesters.last.flatMap { $0.last >= day ? $0.last : nil }
  }
}

extension SchoolCalendar {
  /// The ministry's usual frame for a school year, as it stands until a school sets its own.
  ///
  /// Terms as in the plan for 2025–2026 (opens 5 September; the first term ends before 18 January,
  /// the second before 31 May); weekends, the holidays of fixed date and the days around Tết
  /// closed.
  package static func standard(for year: SchoolYear) -> SchoolCalendar {
    let next = year.start + 1
    let semesters = [
      semester(from: (year.start, 9, 5), to: (next, 1, 17)),
      semester(from: (next, 1, 18), to: (next, 5, 30)),
    ].compactMap(\.self)
    let fixed = [(year.start, 9, 2), (next, 1, 1), (next, 4, 30), (next, 5, 1)]
      .compactMap { try? SchoolDay(year: $0.0, month: $0.1, day: $0.2) }
    return SchoolCalendar(
      semesters: semesters, closedWeekdays: [.saturday, .sunday],
      closedDays: Set(fixed).union(tetBreak(in: next)))
  }

  private static func semester(
    from first: (Int, Int, Int), to last: (Int, Int, Int)
  ) -> Semester? {
    guard let first = try? SchoolDay(year: first.0, month: first.1, day: first.2),
      let last = try? SchoolDay(year: last.0, month: last.1, day: last.2)
    else { return nil }
    return Semester(first: first, last: last)
  }

  /// The first day of Tết by the Vietnamese lunar calendar (UTC+7), as month and day.
  private static let tet: [Int: (month: Int, day: Int)] = [
    2025: (1, 29), 2026: (2, 17), 2027: (2, 6), 2028: (1, 26), 2029: (2, 13), 2030: (2, 2),
    2031: (1, 23), 2032: (2, 11), 2033: (1, 31), 2034: (2, 19), 2035: (2, 8),
  ]

  /// Three days before Tết to five days after its first day.
  private static func tetBreak(in year: Int) -> [SchoolDay] {
    guard let date = tet[year],
      let day = try? SchoolDay(year: year, month: date.month, day: date.day)
    else { return [] }
    return (-3...5).map { day.adding(days: $0) }
  }
}
