import Circulation
import Labels

extension DeskSettings {
  /// Checks a document as a whole, naming everything that is wrong with it.
  package init(_ document: SettingsDocument) throws(BadSettings) {
    var reader = SettingsReader()
    let settings = reader.settings(document)
    guard reader.problems.isEmpty else { throw BadSettings(problems: reader.problems) }
    self = settings
  }
}

/// Reads a document field by field, and goes on where one is wrong.
private struct SettingsReader {
  var problems: [SettingsProblem] = []

  /// What a person may set, in one place.
  private enum Range {
    static let offsetMinutes = -14 * 60...14 * 60
    static let itemLimit = 0...100
    static let days = 1...366
    static let renewals = 0...20
    static let closedDays = 400
  }

  mutating func settings(_ document: SettingsDocument) -> DeskSettings {
    var settings = DeskSettings()
    if document.version != SettingsDocument.knownVersion { note("version", .unknownVersion) }
    settings.offsetMinutes = number(
      document.offsetMinutes, in: Range.offsetMinutes, "offsetMinutes")
    settings.labels = labels(document.labels)
    settings.calendar = document.calendar.map { calendar($0) }
    settings.policy = LoanPolicy(
      pupil: patrons(.pupil, of: document), teacher: patrons(.teacher, of: document),
      staff: patrons(.staff, of: document))
    for name in document.patrons.keys.sorted() where PatronKind(rawValue: name) == nil {
      note("patrons", .unknownName(name))
    }
    checkEnds(of: settings)
    return settings
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

  private mutating func labels(_ written: SettingsDocument.Labels) -> LabelReader {
    var reader = LabelReader()
    reader.code39HasCheckCharacter = written.code39HasCheckCharacter
    do {
      reader.accessionGrammar = try AccessionGrammar(written.accessionGrammar)
    } catch {
      note("labels.accessionGrammar", .badGrammar(written.accessionGrammar))
    }
    return reader
  }

  private mutating func patrons(
    _ kind: PatronKind, of document: SettingsDocument
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

  private mutating func rule(_ written: SettingsDocument.Rule, _ field: String) -> LoanRule {
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

  private mutating func calendar(_ written: SettingsDocument.Calendar) -> SchoolCalendar {
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

  private mutating func terms(_ written: [SettingsDocument.Term]) -> [Semester] {
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
  private mutating func checkEnds(of settings: DeskSettings) {
    for kind in PatronKind.allCases {
      let policy = settings.policy.policy(for: kind)
      let named = policy.rules.sorted { $0.key.rawValue < $1.key.rawValue }
        .map { ("kinds.\($0.key.rawValue)", $0.value) }
      for (name, rule) in [("usual", policy.usualRule)] + named {
        guard case .until(let day) = rule.period, !settings.calendar(on: day).isOpen(day) else {
          continue
        }
        note("patrons.\(kind.rawValue).\(name).period", .endsOnClosedDay("\(day)"))
      }
    }
  }
}
