import Circulation
import Labels
import Ledger

extension Fact {
  /// What was done, in a few words for everybody at the desk.
  func words(in language: Language) -> String {
    switch language {
    case .vietnamese: vietnameseWords
    case .english: englishWords
    }
  }

  /// Until when the item is lent, where the fact lends it.
  var due: SchoolDay? {
    switch self {
    case .checkout(let checkout): checkout.due
    case .renewal(let renewal): renewal.due
    default: nil
    }
  }

  private var vietnameseWords: String {
    switch self {
    case .checkout(let checkout): "Đã cho mượn. Hạn trả \(checkout.due.vietnameseText)."
    case .renewal(let renewal): "Đã gia hạn đến \(renewal.due.vietnameseText)."
    case .checkin: "Đã nhận trả. Hãy cất sách lên giá."
    case .onSiteReading(let reading): "Đã ghi \(reading.count) lượt đọc tại chỗ."
    case .lost: "Đã ghi là mất."
    case .found: "Đã ghi là tìm thấy. Hãy cất sách lên giá."
    case .undone: "Đã rút lại. Mọi thứ như trước việc ấy."
    case .noted(let note) where note.condition == nil: "Đã ghi chú về cuốn này."
    case .noted: "Đã ghi tình trạng sách."
    case .discovered: "Đã ghi nhận tìm thấy, chưa rõ nhan đề. Hãy cất sách lên giá."
    case .labelReplaced: "Đã thay nhãn. Nhãn cũ vẫn dùng được."
    case .stockTaken: "Đã kết thúc kiểm kê."
    case .box(let fact): fact.vietnameseWords
    case .recordDescribed, .itemRegistered, .term, .link, .unrecognised: "Đã ghi."
    }
  }

  private var englishWords: String {
    switch self {
    case .checkout(let checkout): "Lent. Due \(checkout.due.vietnameseText)."
    case .renewal(let renewal): "Renewed until \(renewal.due.vietnameseText)."
    case .checkin: "Returned. Put the book on the shelf."
    case .onSiteReading(let reading):
      reading.count == 1 ? "1 reading counted." : "\(reading.count) readings counted."
    case .lost: "Recorded as lost."
    case .found: "Recorded as found. Put the book on the shelf."
    case .undone: "Taken back. All is as it was before."
    case .noted(let note) where note.condition == nil: "The note is kept."
    case .noted: "The condition is noted."
    case .discovered: "Recorded as found, its title unknown. Put the book on the shelf."
    case .labelReplaced: "Replaced. The old label is still good."
    case .stockTaken: "The stock-taking is closed."
    case .box(let fact): fact.englishWords
    case .recordDescribed, .itemRegistered, .term, .link, .unrecognised: "Recorded."
    }
  }
}
