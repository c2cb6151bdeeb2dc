import Circulation
import Labels
import Ledger
import Registry

/// Names and times in one language, for all of the host's pages.
struct HostWords: Sendable {
  let language: Language
  /// The section `terms` of `words.json`: kinds, rulings, roles and the like.
  let terms: [String: String]

  func term(_ name: String) -> String { terms[name] ?? name }

  func role(_ role: HostRole) -> String { term("role-\(role.rawValue)") }

  func kind(_ name: String) -> String { terms["kind-\(name)"] ?? name }

  func ruling(_ ruling: Ruling) -> String { term("ruling-\(ruling.rawValue)") }

  func act(_ act: AuditEntry.Act) -> String { term("act-\(act.rawValue)") }

  /// A kind of material by its code; that of a title that nobody has described has none.
  func material(_ code: String) -> String { terms["material-\(code)"] ?? term("material-unknown") }

  func schoolClass(_ name: String) -> String { name.isEmpty ? term("no-class") : name }

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

  /// A place by its name in tables; what is no place is given as it is.
  func place(named name: String?) -> String {
    guard let name else { return term("nowhere") }
    return Place(name).map { place($0) } ?? name
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

  /// How far a station's clock is off, to the second, or `nil` where nothing tells.
  func offset(_ contact: KeptContact?) -> String? {
    guard let contact else { return nil }
    let way = contact.wayMilliseconds
    let offset = contact.offsetMilliseconds
    // What the way may have taken says nothing of the clock.
    if abs(offset) <= way + 1_000 { return language == .vietnamese ? "đúng" : "right" }
    let amount = span(abs(offset))
    switch (offset > 0, language) {
    case (true, .vietnamese): return "nhanh \(amount)"
    case (true, .english): return "\(amount) ahead"
    case (false, .vietnamese): return "chậm \(amount)"
    case (false, .english): return "\(amount) behind"
    }
  }

  private func span(_ milliseconds: Int64) -> String {
    let seconds = milliseconds / 1_000
    switch (seconds, language) {
    case (0..<120, .vietnamese): return "\(seconds) giây"
    case (0..<120, .english): return "\(seconds) s"
    case (120..<7_200, .vietnamese): return "\(seconds / 60) phút"
    case (120..<7_200, .english): return "\(seconds / 60) min"
    case (7_200..<172_800, .vietnamese): return "\(seconds / 3_600) giờ"
    case (7_200..<172_800, .english): return "\(seconds / 3_600) h"
    case (_, .vietnamese): return "\(seconds / 86_400) ngày"
    case (_, .english): return "\(seconds / 86_400) days"
    }
  }

  /// A moment as Vietnamese schools write it, in their time: `14:05 15/09/2026`.
  func moment(_ unixMilliseconds: Int64) -> String {
    let day = SchoolDay(unixMilliseconds: unixMilliseconds)
    let offset = Int64(SchoolDay.vietnamOffsetMinutes) * 60_000
    let minutes = (unixMilliseconds + offset - Int64(day.number) * 86_400_000) / 60_000
    return "\(Self.twoDigits(minutes / 60)):\(Self.twoDigits(minutes % 60)) \(day.vietnameseText)"
  }

  private static func twoDigits(_ number: Int64) -> String {
    number < 10 ? "0\(number)" : "\(number)"
  }
}
