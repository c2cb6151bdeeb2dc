package import Labels

/// One thing that is wrong with a settings document, and where.
package struct SettingsProblem: Hashable, Sendable {
  /// The rule that is broken.
  package enum Rule: Hashable, Sendable {
    case unknownVersion
    /// A text that is no document of this form at all.
    case notADocument
    case outOfRange(ClosedRange<Int>)
    case missing
    case unknownName(String)
    case badPeriod(String)
    case badDate(String)
    case badGrammar(String)
    /// A term ends before it begins, or begins before the one before it has ended.
    case termsOutOfOrder
    case noTerm
    /// No weekday is left on which the library is open.
    case neverOpen
    case tooManyDays(limit: Int)
    /// A fixed end falls on a day on which the library is closed.
    case endsOnClosedDay(String)
  }

  /// The field, such as `patrons.pupil.usual.period`.
  package let field: String
  package let rule: Rule

  package init(field: String, rule: Rule) {
    self.field = field
    self.rule = rule
  }

  package func advice(in language: Language) -> String {
    switch language {
    case .vietnamese: "\(field): \(vietnamese)"
    case .english: "\(field): \(english)"
    }
  }

  private var vietnamese: String {
    switch rule {
    case .unknownVersion: "bản cài đặt này do chương trình khác ghi; hãy xuất lại ở trạm này"
    case .notADocument: "không phải bản quy định; hãy sửa từ bản đang có"
    case .outOfRange(let range):
      "phải từ \(range.lowerBound) đến \(range.upperBound)"
    case .missing: "bị thiếu"
    case .unknownName(let name): "không có tên \(name.prefix(40))"
    case .badPeriod(let text):
      "không hiểu “\(text.prefix(40))”; hãy ghi 7 days, semester, school-year, on-site hoặc "
        + "until 2027-05-28"
    case .badDate(let text): "không có ngày “\(text.prefix(40))”; hãy ghi như 2027-05-28"
    case .badGrammar(let text): "không hiểu mẫu số “\(text.prefix(40))”; hãy ghi như L.9"
    case .termsOutOfOrder: "các học kỳ phải nối nhau theo thời gian, ngày đầu trước ngày cuối"
    case .noTerm: "lịch cần ít nhất một học kỳ"
    case .neverOpen: "thư viện phải mở ít nhất một ngày trong tuần"
    case .tooManyDays(let limit): "nhiều nhất \(limit) ngày nghỉ"
    case .endsOnClosedDay(let day): "hạn \(day) rơi vào ngày nghỉ; hãy chọn ngày thư viện mở"
    }
  }

  private var english: String {
    switch rule {
    case .unknownVersion: "written by another program; export it again at this station"
    case .notADocument: "this is no such document; begin with the one that is there"
    case .outOfRange(let range):
      "must be from \(range.lowerBound) to \(range.upperBound)"
    case .missing: "is missing"
    case .unknownName(let name): "there is no \(name.prefix(40))"
    case .badPeriod(let text):
      "“\(text.prefix(40))” is none of: 7 days, semester, school-year, on-site, until 2027-05-28"
    case .badDate(let text): "there is no day “\(text.prefix(40))”; write it like 2027-05-28"
    case .badGrammar(let text): "“\(text.prefix(40))” is no pattern of numbers; write it like L.9"
    case .termsOutOfOrder: "terms must follow each other, each beginning before it ends"
    case .noTerm: "a calendar needs a term"
    case .neverOpen: "the library must be open on a weekday"
    case .tooManyDays(let limit): "at most \(limit) closed days"
    case .endsOnClosedDay(let day): "\(day) is a closed day; choose one on which you are open"
    }
  }
}

/// A settings document that can't be used: all that is wrong with it, so that one look is enough.
package struct BadSettings: Error, Hashable, Sendable {
  package let problems: [SettingsProblem]

  package init(problems: [SettingsProblem]) {
    self.problems = problems
  }

  package func advice(in language: Language) -> String {
    problems.map { $0.advice(in: language) }.joined(separator: "\n")
  }
}
