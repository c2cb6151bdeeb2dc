/// For how long an item is lent.
package enum LoanPeriod: Hashable, Sendable {
  /// So many days from today, moved on to the next open day.
  case days(Int)
  /// To the end of the term.
  case semester
  /// To the end of the school year.
  case schoolYear
  /// To a fixed day.
  case until(SchoolDay)
  /// Read in the library only.
  case onSiteOnly
}

extension LoanPeriod {
  /// The period as settings have it: `7 days`, `semester`, `school-year`, `until 2027-05-28`,
  /// `on-site`.
  package var text: String {
    switch self {
    case .days(let count): "\(count) days"
    case .semester: "semester"
    case .schoolYear: "school-year"
    case .until(let day): "until \(day)"
    case .onSiteOnly: "on-site"
    }
  }

  /// Reads what `text` writes, or gives `nil`.
  package init?(_ text: some StringProtocol) {
    let words = text.split(separator: " ")
    switch (words.first, words.count) {
    case ("semester", 1): self = .semester
    case ("school-year", 1): self = .schoolYear
    case ("on-site", 1): self = .onSiteOnly
    case ("until", 2):
      guard let day = try? SchoolDay(words[1]) else { return nil }
      self = .until(day)
    case (let count?, 2) where words[1] == "days" || words[1] == "day":
      guard let days = Int(count) else { return nil }
      self = .days(days)
    default: return nil
    }
  }
}
