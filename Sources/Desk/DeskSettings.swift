package import Circulation
import FoundationEssentials
package import Journal
package import Labels

/// What a library sets for its desk: the loan policy, the calendar, how its numbers look.
package struct DeskSettings: Hashable, Sendable {
  package var policy: LoanPolicy
  /// The school's own calendar; `nil` means the ministry's usual frame for each year.
  package var calendar: SchoolCalendar?
  /// The local offset from UTC in minutes.
  package var offsetMinutes: Int
  package var labels: LabelReader

  package init(
    policy: LoanPolicy = .standard, calendar: SchoolCalendar? = nil,
    offsetMinutes: Int = SchoolDay.vietnamOffsetMinutes, labels: LabelReader = LabelReader()
  ) {
    self.policy = policy
    self.calendar = calendar
    self.offsetMinutes = offsetMinutes
    self.labels = labels
  }

  /// The calendar that holds on a day.
  package func calendar(on day: SchoolDay) -> SchoolCalendar {
    calendar ?? .standard(for: SchoolYear(containing: day))
  }
}

extension DeskSettings {
  private enum Name {
    static let policy = "policy"
    static let calendar = "calendar"
    static let offsetMinutes = "utc-offset-minutes"
    static let accessionGrammar = "accession-grammar"
  }

  /// Reads the settings of a station; what was never set is as usual in Vietnamese schools.
  package init(of journal: Journal) async throws {
    let texts = try await journal.read { view in
      try [Name.policy, Name.calendar, Name.offsetMinutes, Name.accessionGrammar]
        .map { try view.setting($0) }
    }
    self.init()
    let decoder = JSONDecoder()
    if let text = texts[0] {
      policy = try decoder.decode(LoanPolicy.self, from: Data(text.utf8))
    }
    if let text = texts[1] {
      calendar = try decoder.decode(SchoolCalendar.self, from: Data(text.utf8))
    }
    if let minutes = texts[2].flatMap({ Int($0) }) { offsetMinutes = minutes }
    if let text = texts[3] { labels.accessionGrammar = try AccessionGrammar(text) }
  }

  /// Keeps the settings with the station.
  package func save(to journal: Journal) async throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys]
    let policyText = String(decoding: try encoder.encode(policy), as: UTF8.self)
    try await journal.set(Name.policy, to: policyText)
    if let calendar {
      let text = String(decoding: try encoder.encode(calendar), as: UTF8.self)
      try await journal.set(Name.calendar, to: text)
    }
    try await journal.set(Name.offsetMinutes, to: "\(offsetMinutes)")
    try await journal.set(Name.accessionGrammar, to: "\(labels.accessionGrammar)")
  }
}
