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

  /// Reads the settings of a station; what was never set is as the group has it, or else as usual
  /// in Vietnamese schools.
  ///
  /// Where the group's rules contradict the station's own, the station's hold as they were kept.
  /// - Throws: `BadSettings` where what is kept is not what this program knows.
  package init(of journal: Journal) async throws {
    let (kept, group) = try await Self.kept(in: journal)
    let defaults = group?.document ?? .standard
    guard let kept else {
      let rules = try defaults.checked()
      self.init(policy: rules.policy, calendar: rules.calendar)
      return
    }
    if let settings = kept.settings(over: defaults) {
      self = settings
    } else {
      try self.init(kept.document)
    }
  }

  /// What a station has set itself, and the group's rules as the host last told them.
  static func kept(
    in journal: Journal
  ) async throws -> (settings: KeptSettings?, group: PublishedPolicy?) {
    let (text, group) = try await journal.read {
      (try $0.setting(Self.settingName), try $0.groupPolicy())
    }
    let kept = try text.map {
      try JSONDecoder().decode(KeptSettings.self, from: Data($0.utf8))
    }
    return (kept, group)
  }

  /// Keeps the settings with the station; under an operation's name, once.
  ///
  /// A rule that is as the group has it stays the group's, and follows it from now on.
  /// - Returns: whether they were kept this time.
  @discardableResult
  package func save(
    to journal: Journal, as operation: OperationID? = nil
  ) async throws -> Bool {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys]
    let group = try await journal.read { try $0.groupPolicy() }
    let bytes = try encoder.encode(KeptSettings(self, over: group?.document ?? .standard))
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
