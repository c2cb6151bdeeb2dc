/// Loan rules and a school calendar as a person reads, keeps and edits them.
///
/// A station's own settings have it among other things, and the group's defaults are one. Nothing
/// in it is trusted: `checked(noting:)` holds it against what a library can work by.
package struct PolicyDocument: Hashable, Sendable, Codable {
  /// By kind of patron: `pupil`, `teacher`, `staff`.
  package var patrons: [String: Patrons]
  /// Without one the ministry's usual frame holds.
  package var calendar: Calendar?

  package init(patrons: [String: Patrons], calendar: Calendar?) {
    self.patrons = patrons
    self.calendar = calendar
  }

  /// The rules for a kind of patron.
  package struct Patrons: Hashable, Sendable, Codable {
    package var itemLimit: Int
    package var blocksWhenOverdue: Bool
    /// Who may lend against the rules: `librarian`, `administrator` or `nobody`.
    package var overriddenBy: String
    package var usual: Rule
    /// By kind of material, such as `SGK`; the others have the usual rule.
    package var kinds: [String: Rule]
  }

  /// For how long, and how often again.
  package struct Rule: Hashable, Sendable, Codable {
    /// `7 days`, `semester`, `school-year`, `until 2027-05-28` or `on-site`.
    package var period: String
    package var renewals: Int
    package var countsTowardsLimit: Bool
    /// Items of one kind at once; without it only the patron's limit holds.
    package var itemLimit: Int?
  }

  /// The terms and the days on which the library is closed.
  package struct Calendar: Hashable, Sendable, Codable {
    package var semesters: [Term]
    /// Such as `saturday`.
    package var closedWeekdays: [String]
    /// Dates as `YYYY-MM-DD`.
    package var closedDays: [String]
  }

  /// A term, both days included, as `YYYY-MM-DD`.
  package struct Term: Hashable, Sendable, Codable {
    package var first: String
    package var last: String
  }
}

extension PolicyDocument {
  /// What holds in schools that have said nothing else.
  package static let standard = PolicyDocument(.standard, calendar: nil)

  /// Writes rules down.
  package init(_ policy: LoanPolicy, calendar: SchoolCalendar?) {
    patrons = Dictionary(
      uniqueKeysWithValues: PatronKind.allCases.map { kind in
        (kind.rawValue, Patrons(policy.policy(for: kind)))
      })
    self.calendar = calendar.map { Calendar($0) }
  }

  /// Every field by its path, as text.
  package var fields: [String: String] {
    var fields: [String: String] = [:]
    for (kind, policy) in patrons {
      let path = "patrons.\(kind)"
      fields["\(path).itemLimit"] = "\(policy.itemLimit)"
      fields["\(path).blocksWhenOverdue"] = "\(policy.blocksWhenOverdue)"
      fields["\(path).overriddenBy"] = policy.overriddenBy
      fields["\(path).usual"] = policy.usual.summary
      for (name, rule) in policy.kinds { fields["\(path).kinds.\(name)"] = rule.summary }
    }
    guard let calendar else { return fields }
    fields["calendar.closedWeekdays"] = calendar.closedWeekdays.joined(separator: ", ")
    for day in calendar.closedDays { fields["calendar.closedDays.\(day)"] = "closed" }
    for (index, term) in calendar.semesters.enumerated() {
      fields["calendar.semesters[\(index)]"] = "\(term.first) – \(term.last)"
    }
    return fields
  }
}

extension PolicyDocument.Patrons {
  package init(_ policy: PatronPolicy) {
    itemLimit = policy.itemLimit
    blocksWhenOverdue = policy.blocksWhenOverdue
    overriddenBy = policy.overriddenBy.rawValue
    usual = PolicyDocument.Rule(policy.usualRule)
    kinds = Dictionary(
      uniqueKeysWithValues: policy.rules.map {
        ($0.key.rawValue, PolicyDocument.Rule($0.value))
      })
  }
}

extension PolicyDocument.Rule {
  package init(_ rule: LoanRule) {
    period = rule.period.text
    renewals = rule.renewalLimit
    countsTowardsLimit = rule.countsTowardsLimit
    itemLimit = rule.itemLimit
  }

  fileprivate var summary: String {
    [
      period, "renewals \(renewals)", countsTowardsLimit ? nil : "not counted",
      itemLimit.map { "at most \($0)" },
    ].compactMap(\.self).joined(separator: ", ")
  }
}

extension PolicyDocument.Calendar {
  package init(_ calendar: SchoolCalendar) {
    semesters = calendar.semesters.map {
      PolicyDocument.Term(first: "\($0.first)", last: "\($0.last)")
    }
    closedWeekdays = Weekday.allCases.filter(calendar.closedWeekdays.contains).map(\.rawValue)
    closedDays = calendar.closedDays.sorted().map(\.description)
  }
}
