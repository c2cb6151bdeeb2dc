package import Circulation
import FoundationEssentials
package import Journal
package import Labels
package import Ledger
import Synchronization

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
  private static let settingName = "desk"

  /// Reads the settings of a station; what was never set is as usual in Vietnamese schools.
  ///
  /// - Throws: `BadSettings` where what is kept is not what this program knows.
  package init(of journal: Journal) async throws {
    let text = try await journal.read { try $0.setting(Self.settingName) }
    guard let text else {
      self.init()
      return
    }
    let document = try JSONDecoder().decode(SettingsDocument.self, from: Data(text.utf8))
    try self.init(document)
  }

  /// Keeps the settings with the station; under an operation's name, once.
  ///
  /// - Returns: whether they were kept this time.
  @discardableResult
  package func save(
    to journal: Journal, as operation: OperationID? = nil
  ) async throws -> Bool {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys]
    let bytes = try encoder.encode(SettingsDocument(self))
    return try await journal.set(
      Self.settingName, to: String(decoding: bytes, as: UTF8.self), as: operation)
  }
}

/// The settings that hold now, shared by all who work with one desk.
final class CurrentSettings: Sendable {
  private let settings: Mutex<DeskSettings>

  init(_ settings: DeskSettings) {
    self.settings = Mutex(settings)
  }

  var value: DeskSettings {
    get { settings.withLock(\.self) }
    set { settings.withLock { $0 = newValue } }
  }
}
