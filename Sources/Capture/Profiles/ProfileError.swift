package import Labels

/// Why a profile can't be used.
package struct ProfileError: Error, Hashable, Sendable {
  /// The rule that a profile breaks.
  package enum Reason: Hashable, Sendable {
    case unreadable
    case tooLarge
    case noYAML(String)
    case unknownKey(String)
    case badValue(key: String)
    case missing(key: String)
  }

  package let file: String
  package let reason: Reason

  package init(file: String, reason: Reason) {
    self.file = file
    self.reason = reason
  }

  /// What is wrong and what to do about it.
  package func advice(in language: Language) -> String {
    switch (reason, language) {
    case (.unreadable, .vietnamese): "\(file): không đọc được. Hãy kiểm tra quyền của tệp."
    case (.unreadable, .english): "\(file): can't be read. Check who may read it."
    case (.tooLarge, .vietnamese):
      "\(file): lớn quá \(CaptureLimits.maximumProfileBytes) byte. Đây có phải hồ sơ không?"
    case (.tooLarge, .english):
      "\(file): has more than \(CaptureLimits.maximumProfileBytes) bytes. Is it a profile?"
    case (.noYAML(let detail), .vietnamese): "\(file): không phải YAML (\(detail)). Hãy sửa lại."
    case (.noYAML(let detail), .english): "\(file): is no YAML (\(detail)). Correct it."
    case (.unknownKey(let key), .vietnamese): "\(file): không có mục \(key). Hãy sửa hoặc xoá đi."
    case (.unknownKey(let key), .english): "\(file): there is no key \(key). Correct or remove it."
    case (.badValue(let key), .vietnamese): "\(file): giá trị của \(key) không đúng. Hãy sửa lại."
    case (.badValue(let key), .english): "\(file): the value of \(key) can't be used. Correct it."
    case (.missing(let key), .vietnamese): "\(file): thiếu mục \(key). Hãy thêm vào."
    case (.missing(let key), .english): "\(file): the key \(key) is missing. Add it."
    }
  }
}
