import Circulation
import Labels
import Ledger

extension ExchangeError {
  /// What went wrong with a one-time code, for the person who has just typed it.
  func codeAdvice(in language: Language) -> String {
    switch (self, language) {
    case (.badCode, .vietnamese):
      "Đây không phải mã: cần mười sáu chữ và số như 7KQX-2M4P-A9TD-WZ3H. Hãy gõ lại."
    case (.wrongCode, .vietnamese):
      "Không có lời mời nào mang mã này. Hãy so với mã mà lienthong host invite đã in, và thư viện "
        + "được mời."
    case (.usedCode, .vietnamese):
      "Mã này một máy khác đã dùng. Hãy xin người điều phối mã mới: lienthong host invite"
    case (.expiredCode, .vietnamese):
      "Mã đã hết hạn. Hãy xin người điều phối mã mới: lienthong host invite"
    case (.badCode, .english):
      "This is not a code: sixteen letters and digits such as 7KQX-2M4P-A9TD-WZ3H. Type it again."
    case (.wrongCode, .english):
      "No invitation has this code. Compare it with what lienthong host invite printed, and the "
        + "library that it was made for."
    case (.usedCode, .english):
      "The code was used by another machine. Ask the coordinator for a new one: lienthong host "
        + "invite"
    case (.expiredCode, .english):
      "The code has expired. Ask the coordinator for a new one: lienthong host invite"
    default: name
    }
  }

  /// What is wrong with a feed or with a file on a stick, for the person who took it in.
  func feedAdvice(in language: Language) -> String {
    switch (self, language) {
    case (.feed(let refusal), _): refusal.advice(in: language)
    case (.notForThisHost, .vietnamese):
      "Thư này gửi cho thư viện chủ trì khác, hoặc đã bị hỏng. Hãy ghi lại tại trạm: "
        + "lienthong stick send"
    case (.notForThisHost, .english):
      "This letter is for another host, or it was damaged. Write it again at the station: "
        + "lienthong stick send"
    case (.expiredFeed(let milliseconds), .vietnamese):
      "Bản tin đã hết hạn ngày \(Self.day(milliseconds).vietnameseText) theo đồng hồ của trạm. Hãy "
        + "xem lại đồng hồ, hoặc gửi lại cho thư viện chủ trì để nhận bản tin mới."
    case (.expiredFeed(let milliseconds), .english):
      "The feed expired on \(Self.day(milliseconds)) by the station's clock. Look at the clock, or "
        + "send to the host again to get a new one."
    default: name
    }
  }

  private static func day(_ milliseconds: Int64) -> SchoolDay {
    SchoolDay(unixMilliseconds: milliseconds, offsetMinutes: 0)
  }
}
