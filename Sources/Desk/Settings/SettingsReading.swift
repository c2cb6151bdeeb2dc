package import Circulation
import Labels

extension DeskSettings {
  /// What a person may set besides the rules.
  private static let offsets = -14 * 60...14 * 60

  /// Checks a document as a whole, naming everything that is wrong with it.
  package init(_ document: SettingsDocument) throws(BadSettings) {
    var problems: [SettingsProblem] = []
    var settings = DeskSettings()
    if document.version != SettingsDocument.knownVersion {
      problems.append(SettingsProblem(field: "version", rule: .unknownVersion))
    }
    settings.offsetMinutes = document.offsetMinutes
    if !Self.offsets.contains(document.offsetMinutes) {
      problems.append(SettingsProblem(field: "offsetMinutes", rule: .outOfRange(Self.offsets)))
    }
    settings.labels.code39HasCheckCharacter = document.labels.code39HasCheckCharacter
    do {
      settings.labels.accessionGrammar = try AccessionGrammar(document.labels.accessionGrammar)
    } catch {
      problems.append(
        SettingsProblem(
          field: "labels.accessionGrammar", rule: .badGrammar(document.labels.accessionGrammar)))
    }
    let rules = document.rules.checked(noting: &problems)
    (settings.policy, settings.calendar) = (rules.policy, rules.calendar)
    guard problems.isEmpty else { throw BadSettings(problems: problems) }
    self = settings
  }
}
