import Labels
import Ledger

/// The words of the coordinator's page in one language.
struct HostWords: Sendable {
  let language: Language

  var otherLanguage: Language { language == .vietnamese ? .english : .vietnamese }

  /// The fixed words, by the names that the template uses.
  var all: [String: String] {
    switch language {
    case .vietnamese:
      [
        "title": "Thư viện chủ trì", "stations": "Các trạm", "station": "Trạm",
        "library": "Thư viện", "events": "Sự kiện đã nhận", "epoch": "Kỳ",
        "contact": "Liên lạc gần nhất", "readings": "Lượt đọc tại chỗ", "places": "Sách ở đâu",
        "place": "Nơi", "items": "Bản sách", "total": "Tổng số đã đăng ký",
        "conflicts": "Việc cần xem lại", "none": "Không có gì cần xem lại.",
        "event": "Sự kiện", "what": "Vấn đề", "item": "Bản sách", "claimed": "Trạm ghi",
        "actual": "Sổ chung ghi", "other": "English", "noStations": "Chưa có trạm nào ghi danh.",
      ]
    case .english:
      [
        "title": "Host library", "stations": "Stations", "station": "Station",
        "library": "Library", "events": "Events received", "epoch": "Epoch",
        "contact": "Last contact", "readings": "On-site readings", "places": "Where the books are",
        "place": "Place", "items": "Items", "total": "Registered in all",
        "conflicts": "To be looked at", "none": "Nothing needs a look.", "event": "Event",
        "what": "What", "item": "Item", "claimed": "The station says",
        "actual": "The group's books say", "other": "Tiếng Việt",
        "noStations": "No station is enrolled yet.",
      ]
    }
  }

  func place(_ place: Place) -> String {
    switch (place, language) {
    case (.outside, .vietnamese): "Ngoài sổ"
    case (.outside, .english): "Outside"
    case (.shelf(let library), .vietnamese): "Trên giá, \(library)"
    case (.shelf(let library), .english): "On the shelf, \(library)"
    case (.patron(let library), .vietnamese): "Bạn đọc mượn, \(library)"
    case (.patron(let library), .english): "On loan, \(library)"
    case (.box(let box), .vietnamese): "Trong thùng \(box)"
    case (.box(let box), .english): "In box \(box)"
    case (.missing(let library), .vietnamese): "Mất, \(library)"
    case (.missing(let library), .english): "Missing, \(library)"
    case (.withdrawn(let library), .vietnamese): "Đã thanh lý, \(library)"
    case (.withdrawn(let library), .english): "Withdrawn, \(library)"
    }
  }

  func conflict(_ name: String) -> String {
    guard language == .vietnamese else { return name }
    return switch name {
    case "unknown-item": "Bản sách chưa đăng ký"
    case "registered-twice": "Đăng ký hai lần"
    case "moved-from-elsewhere": "Chuyển từ nơi không có sách"
    case "renewed-by-another": "Người khác gia hạn"
    default: name
    }
  }

  func ago(_ moment: Int64?, now: Int64) -> String {
    guard let moment else { return language == .vietnamese ? "chưa lần nào" : "never" }
    let minutes = max(0, now - moment) / 60_000
    switch (minutes, language) {
    case (0, .vietnamese): return "vừa xong"
    case (0, .english): return "just now"
    case (1..<120, .vietnamese): return "\(minutes) phút trước"
    case (1..<120, .english): return "\(minutes) min ago"
    case (120..<2_880, .vietnamese): return "\(minutes / 60) giờ trước"
    case (120..<2_880, .english): return "\(minutes / 60) h ago"
    case (_, .vietnamese): return "\(minutes / 1_440) ngày trước"
    case (_, .english): return "\(minutes / 1_440) days ago"
    }
  }
}
