/// Rules and a calendar that a library can work by.
package struct CheckedPolicy: Hashable, Sendable {
  package var policy: LoanPolicy
  /// `nil` means the ministry's usual frame for each year.
  package var calendar: SchoolCalendar?
}

extension PolicyDocument {
  /// Checks the document as a whole, adding everything that is wrong with it.
  package func checked(noting problems: inout [SettingsProblem]) -> CheckedPolicy {
    var reader = PolicyReader()
    let checked = reader.policy(self)
    problems += reader.problems
    return checked
  }

  /// Checks the document as a whole, naming everything that is wrong with it.
  package func checked() throws(BadSettings) -> CheckedPolicy {
    var problems: [SettingsProblem] = []
    let policy = checked(noting: &problems)
    guard problems.isEmpty else { throw BadSettings(problems: problems) }
    return policy
  }
}

/// Reads a document field by field, and goes on where one is wrong.
private struct PolicyReader {
  var problems: [SettingsProblem] = []

  /// What a person may set, in one place.
  private enum Range {
    static let itemLimit = 0...100
    static let days = 1...366
    static let renewals = 0...20
    static let closedDays = 400
  }

  mutating func policy(_ document: PolicyDocument) -> CheckedPolicy {
    let terms = document.calendar.map { calendar($0) }
    let policy = LoanPolicy(
      pupil: patrons(.pupil, of: document), teacher: patrons(.teacher, of: document),
      staff: patrons(.staff, of: document))
    for name in document.patrons.keys.sorted() where PatronKind(rawValue: name) == nil {
      note("patrons", .unknownName(name))
    }
    let checked = CheckedPolicy(policy: policy, calendar: terms)
    checkEnds(of: checked)
    return checked
  }

  private mutating func note(_ field: String, _ rule: SettingsProblem.Rule) {
    problems.append(SettingsProblem(field: field, rule: rule))
  }

  private mutating func number(
    _ value: Int, in range: ClosedRange<Int>, _ field: String
  ) -> Int {
    if !range.contains(value) { note(field, .outOfRange(range)) }
    return value
  }

  private mutating func patrons(
    _ kind: PatronKind, of document: PolicyDocument
  ) -> PatronPolicy {
    let field = "patrons.\(kind.rawValue)"
    guard let written = document.patrons[kind.rawValue] else {
      note(field, .missing)
      return LoanPolicy.standard.policy(for: kind)
    }
    var rules: [MaterialKind: LoanRule] = [:]
    for (name, rule) in written.kinds.sorted(by: { $0.key < $1.key }) {
      guard let material = MaterialKind(rawValue: name) else {
        note("\(field).kinds", .unknownName(name))
        continue
      }
      rules[material] = self.rule(rule, "\(field).kinds.\(name)")
    }
    let right = OverrideRight(rawValue: written.overriddenBy)
    if right == nil { note("\(field).overriddenBy", .unknownName(written.overriddenBy)) }
    return PatronPolicy(
      itemLimit: number(written.itemLimit, in: Range.itemLimit, "\(field).itemLimit"),
      blocksWhenOverdue: written.blocksWhenOverdue,
      usualRule: rule(written.usual, "\(field).usual"), rules: rules,
      overriddenBy: right ?? .librarian)
  }

  private mutating func rule(_ written: PolicyDocument.Rule, _ field: String) -> LoanRule {
    let period = LoanPeriod(written.period)
    switch period {
    case nil: note("\(field).period", .badPeriod(written.period))
    case .days(let count): _ = number(count, in: Range.days, "\(field).period")
    default: break
    }
    return LoanRule(
      period: period ?? .onSiteOnly,
      renewalLimit: number(written.renewals, in: Range.renewals, "\(field).renewals"),
      countsTowardsLimit: written.countsTowardsLimit,
      itemLimit: written.itemLimit.map { number($0, in: Range.itemLimit, "\(field).itemLimit") })
  }

  private mutating func calendar(_ written: PolicyDocument.Calendar) -> SchoolCalendar {
    var weekdays: Set<Weekday> = []
    for name in written.closedWeekdays {
      if let day = Weekday(rawValue: name) {
        weekdays.insert(day)
      } else {
        note("calendar.closedWeekdays", .unknownName(name))
      }
    }
    if weekdays.count == Weekday.allCases.count { note("calendar.closedWeekdays", .neverOpen) }
    if written.closedDays.count > Range.closedDays {
      note("calendar.closedDays", .tooManyDays(limit: Range.closedDays))
    }
    let days = written.closedDays.prefix(Range.closedDays).compactMap {
      day($0, "calendar.closedDays")
    }
    return SchoolCalendar(
      semesters: terms(written.semesters), closedWeekdays: weekdays, closedDays: Set(days))
  }

  private mutating func terms(_ written: [PolicyDocument.Term]) -> [Semester] {
    var terms: [Semester] = []
    for (index, term) in written.enumerated() {
      let field = "calendar.semesters[\(index)]"
      guard let first = day(term.first, "\(field).first"),
        let last = day(term.last, "\(field).last")
      else { continue }
      if first > last || terms.last.map({ $0.last >= first }) ?? false {
        note(field, .termsOutOfOrder)
      }
      terms.append(Semester(first: first, last: last))
    }
    if written.isEmpty { note("calendar.semesters", .noTerm) }
    return terms
  }

  private mutating func day(_ text: String, _ field: String) -> SchoolDay? {
    if let day = try? SchoolDay(text) { return day }
    note(field, .badDate(text))
    return nil
  }

  /// A due date never falls on a closed day, so a fixed end must not either.
  private mutating func checkEnds(of checked: CheckedPolicy) {
    for kind in PatronKind.allCases {
      let policy = checked.policy.policy(for: kind)
      let named = policy.rules.sorted { $0.key.rawValue < $1.key.rawValue }
        .map { ("kinds.\($0.key.rawValue)", $0.value) }
      for (name, rule) in [("usual", policy.usualRule)] + named {
        guard case .until(let day) = rule.period else { continue }
        let calendar = checked.calendar ?? .standard(for: SchoolYear(containing: day))
        guard !calendar.isOpen(day) else { continue }
        note("patrons.\(kind.rawValue).\(name).period", .endsOnClosedDay("\(day)"))
      }
    }
  }
}
