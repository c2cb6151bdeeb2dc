import Circulation
import Labels

/// A station's settings as a person reads, keeps and edits them: one document of JSON.
///
/// Nothing in it is trusted: `DeskSettings.init(_:)` checks it as a whole.
package struct SettingsDocument: Hashable, Sendable, Codable {
  /// The form of this document.
  package var version: Int
  /// The local offset from UTC in minutes.
  package var offsetMinutes: Int
  package var labels: Labels
  /// By kind of patron: `pupil`, `teacher`, `staff`.
  package var patrons: [String: Patrons]
  /// The school's own calendar; without one the ministry's usual frame holds.
  package var calendar: Calendar?

  package static let knownVersion = 1

  /// How the library's numbers are printed.
  package struct Labels: Hashable, Sendable, Codable {
    package var accessionGrammar: String
    package var code39HasCheckCharacter: Bool
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

extension SettingsDocument {
  /// Writes settings down.
  package init(_ settings: DeskSettings) {
    version = Self.knownVersion
    offsetMinutes = settings.offsetMinutes
    labels = Labels(
      accessionGrammar: "\(settings.labels.accessionGrammar)",
      code39HasCheckCharacter: settings.labels.code39HasCheckCharacter)
    patrons = Dictionary(
      uniqueKeysWithValues: PatronKind.allCases.map { kind in
        (kind.rawValue, Patrons(settings.policy.policy(for: kind)))
      })
    calendar = settings.calendar.map { Calendar($0) }
  }
}

extension SettingsDocument.Patrons {
  init(_ policy: PatronPolicy) {
    itemLimit = policy.itemLimit
    blocksWhenOverdue = policy.blocksWhenOverdue
    overriddenBy = policy.overriddenBy.rawValue
    usual = SettingsDocument.Rule(policy.usualRule)
    kinds = Dictionary(
      uniqueKeysWithValues: policy.rules.map {
        ($0.key.rawValue, SettingsDocument.Rule($0.value))
      })
  }
}

extension SettingsDocument.Rule {
  init(_ rule: LoanRule) {
    period = rule.period.text
    renewals = rule.renewalLimit
    countsTowardsLimit = rule.countsTowardsLimit
    itemLimit = rule.itemLimit
  }
}

extension SettingsDocument.Calendar {
  init(_ calendar: SchoolCalendar) {
    semesters = calendar.semesters.map {
      SettingsDocument.Term(first: "\($0.first)", last: "\($0.last)")
    }
    closedWeekdays = Weekday.allCases.filter(calendar.closedWeekdays.contains).map(\.rawValue)
    closedDays = calendar.closedDays.sorted().map(\.description)
  }
}
