import Circulation
import Desk
import Labels
import Ledger

/// Where an item is, in a few words for the person who holds it.
enum PlaceWords {
  static func text(of item: ItemSummary, in language: Language) -> String {
    switch language {
    case .vietnamese: vietnamese(item)
    case .english: english(item)
    }
  }

  private static func vietnamese(_ item: ItemSummary) -> String {
    switch item.place {
    case .shelf(let library): "Trên giá ở thư viện \(library)"
    case .patron(let library):
      item.due.map {
        "\(item.isOverdue ? "Đang mượn, quá hạn từ" : "Đang mượn, hạn trả") \($0.vietnameseText)"
      } ?? "Bạn đọc ở thư viện \(library) đang mượn"
    case .box(let box): "Trong thùng \(box)"
    case .missing: "Đang ghi là mất"
    case .withdrawn: "Đã thanh lý"
    case .outside: "Chưa đăng ký"
    }
  }

  private static func english(_ item: ItemSummary) -> String {
    switch item.place {
    case .shelf(let library): "On the shelf at library \(library)"
    case .patron(let library):
      item.due.map {
        "\(item.isOverdue ? "On loan, overdue since" : "On loan, due") \($0.vietnameseText)"
      } ?? "On loan from library \(library)"
    case .box(let box): "In box \(box)"
    case .missing: "Recorded as missing"
    case .withdrawn: "Withdrawn"
    case .outside: "Not registered"
    }
  }
}
