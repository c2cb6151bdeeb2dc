/// Who may lend to a kind of patron against the rules.
package enum OverrideRight: String, CaseIterable, Sendable {
  /// The librarian, and so the administrator too.
  case librarian
  case administrator
  case nobody

  /// Says whether somebody with this right may go against rules that ask for another.
  package func covers(_ needed: OverrideRight) -> Bool {
    switch (self, needed) {
    case (.nobody, _), (_, .nobody), (.librarian, .administrator): false
    case (.librarian, .librarian), (.administrator, _): true
    }
  }
}

/// What one kind of patron may do with one kind of material.
package struct LoanRule: Hashable, Sendable {
  package var period: LoanPeriod
  package var renewalLimit: Int
  /// Whether such a loan counts towards the patron's limit; a year's textbooks do not.
  package var countsTowardsLimit: Bool
  /// Items of one kind that a patron may have at once; `nil` where only the patron's limit holds.
  package var itemLimit: Int?

  package init(
    period: LoanPeriod, renewalLimit: Int, countsTowardsLimit: Bool = true, itemLimit: Int? = nil
  ) {
    self.period = period
    self.renewalLimit = renewalLimit
    self.countsTowardsLimit = countsTowardsLimit
    self.itemLimit = itemLimit
  }
}

/// A library's rules for one kind of patron.
package struct PatronPolicy: Hashable, Sendable {
  package var itemLimit: Int
  package var blocksWhenOverdue: Bool
  /// The rule where no kind of material has one of its own.
  package var usualRule: LoanRule
  package var rules: [MaterialKind: LoanRule]
  package var overriddenBy: OverrideRight

  package init(
    itemLimit: Int, blocksWhenOverdue: Bool, usualRule: LoanRule,
    rules: [MaterialKind: LoanRule], overriddenBy: OverrideRight = .librarian
  ) {
    self.itemLimit = itemLimit
    self.blocksWhenOverdue = blocksWhenOverdue
    self.usualRule = usualRule
    self.rules = rules
    self.overriddenBy = overriddenBy
  }

  package func rule(for kind: MaterialKind) -> LoanRule {
    rules[kind] ?? usualRule
  }
}

/// A library's loan policy: rules by kind of patron.
package struct LoanPolicy: Hashable, Sendable {
  package var pupil: PatronPolicy
  package var teacher: PatronPolicy
  package var staff: PatronPolicy

  package init(pupil: PatronPolicy, teacher: PatronPolicy, staff: PatronPolicy) {
    self.pupil = pupil
    self.teacher = teacher
    self.staff = staff
  }

  package func policy(for kind: PatronKind) -> PatronPolicy {
    switch kind {
    case .pupil: pupil
    case .teacher: teacher
    case .staff: staff
    }
  }
}

extension LoanPolicy {
  /// What most primary schools publish: pupils 2 items for 7 days, teachers 10 for a term,
  /// textbooks and teachers' books for the year, periodicals in the library only.
  package static let standard: LoanPolicy = {
    let bookOfTheYear = LoanRule(
      period: .schoolYear, renewalLimit: 0, countsTowardsLimit: false)
    let special: [MaterialKind: LoanRule] = [
      .textbook: bookOfTheYear, .teacherBook: bookOfTheYear,
      .periodical: LoanRule(period: .onSiteOnly, renewalLimit: 0),
    ]
    let adult = PatronPolicy(
      itemLimit: 10, blocksWhenOverdue: true,
      usualRule: LoanRule(period: .semester, renewalLimit: 1), rules: special)
    let pupil = PatronPolicy(
      itemLimit: 2, blocksWhenOverdue: true,
      usualRule: LoanRule(period: .days(7), renewalLimit: 1), rules: special)
    return LoanPolicy(pupil: pupil, teacher: adult, staff: adult)
  }()
}

extension SchoolCalendar {
  /// The day on which an item lent today is due, or `nil` when it may not leave the library.
  ///
  /// A due date never falls on a closed day. A number of days is moved on to the next open day;
  /// the end of a term is moved back, since after it nobody is there to take the book. Outside
  /// the terms of this calendar, fixed ends give way to 7 days.
  package func dueDay(for period: LoanPeriod, from day: SchoolDay) -> SchoolDay? {
    switch period {
    case .days(let count):
      openDay(onOrAfter: day.adding(days: count))
    case .semester:
      fixedEnd(endOfSemester(from: day), from: day)
    case .schoolYear:
      fixedEnd(endOfYear(from: day), from: day)
    case .until(let end):
      fixedEnd(end, from: day)
    case .onSiteOnly:
      nil
    }
  }

  private func fixedEnd(_ end: SchoolDay?, from day: SchoolDay) -> SchoolDay {
    let fallback = openDay(onOrAfter: day.adding(days: 7))
    guard let end else { return fallback }
    let due = openDay(onOrBefore: end)
    return due < day ? fallback : due
  }
}
