package import Circulation
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
  package var patrons: [String: PolicyDocument.Patrons]
  /// The school's own calendar; without one the ministry's usual frame holds.
  package var calendar: PolicyDocument.Calendar?

  package static let knownVersion = 1

  /// How the library's numbers are printed.
  package struct Labels: Hashable, Sendable, Codable {
    package var accessionGrammar: String
    package var code39HasCheckCharacter: Bool
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
    let rules = PolicyDocument(settings.policy, calendar: settings.calendar)
    patrons = rules.patrons
    calendar = rules.calendar
  }

  /// The loan rules and the calendar, which a group may have defaults for.
  package var rules: PolicyDocument {
    get { PolicyDocument(patrons: patrons, calendar: calendar) }
    set { (patrons, calendar) = (newValue.patrons, newValue.calendar) }
  }
}
