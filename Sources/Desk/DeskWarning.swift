import Circulation
import Journal
package import Labels
import Ledger

/// What somebody has to look after at a station that goes on working all the same.
package enum DeskWarning: String, CaseIterable, Hashable, Sendable {
  /// The machine's clock is before what has happened already: no battery, or a wrong hand.
  case clockSuspect = "clock-suspect"
  /// The school's own calendar knows nothing of this school year.
  case calendarLapsed = "calendar-lapsed"
  /// Nobody can sign in as an administrator.
  case noAdministrator = "no-administrator"

  /// A clock that was put right by so much is no wrong clock.
  private static let toleratedMilliseconds: Int64 = 3_600_000
  /// 1 July 2026, when this program was not written yet; no true clock shows less.
  private static let firstCredibleMilliseconds: Int64 = 1_782_864_000_000

  static func all(
    at now: Int64, _ today: SchoolDay, _ settings: DeskSettings, in view: JournalView,
    epoch: Epoch
  ) throws -> [DeskWarning] {
    var warnings: [DeskWarning] = []
    let last = try view.lastEvent(of: epoch)?.moment.wallMilliseconds ?? 0
    if now < max(last - toleratedMilliseconds, firstCredibleMilliseconds) {
      warnings.append(.clockSuspect)
    }
    if let calendar = settings.calendar, !calendar.covers(today) {
      warnings.append(.calendarLapsed)
    }
    if try !view.hasAdministrator() { warnings.append(.noAdministrator) }
    return warnings
  }

  /// What is wrong and what to do, for the librarian.
  package func words(in language: Language) -> String {
    switch (self, language) {
    case (.clockSuspect, .vietnamese):
      "Đồng hồ máy có vẻ sai. Hãy chỉnh ngày giờ; hạn trả ghi lúc này có thể sai."
    case (.clockSuspect, .english):
      "The clock looks wrong. Set date and time; due dates given now may be wrong."
    case (.calendarLapsed, .vietnamese):
      "Lịch của trường chưa có năm học này. Hãy nhập lịch mới ở trang Cài đặt."
    case (.calendarLapsed, .english):
      "The school's calendar ends before this school year. Enter a new one in the settings."
    case (.noAdministrator, .vietnamese):
      "Chưa có người quản trị. Hãy chạy: lienthong station account set"
    case (.noAdministrator, .english):
      "There is no administrator yet. Run: lienthong station account set"
    }
  }
}
