package import Labels

/// Why a document can't be printed, and what a person can do about it.
package enum PrintingError: Error, Hashable, Sendable {
  /// A text that no code of the kind holds; the detail is the library's.
  case badCode(String)
  /// The text needs a larger code than a printed slip may have.
  case codeTooLarge(version: Int, limit: Int)
  /// The document would have more pages than one may have.
  case tooLong(pages: Int, limit: Int)
  /// Drawing failed; the detail is the library's.
  case failed(String)

  /// The error's name: stable, for programs.
  package var name: String {
    switch self {
    case .badCode: "bad-code"
    case .codeTooLarge: "code-too-large"
    case .tooLong: "document-too-long"
    case .failed: "printing-failed"
    }
  }

  /// What went wrong and what to do next.
  package func advice(in language: Language) -> String {
    switch (self, language) {
    case (.badCode(let detail), .vietnamese):
      "Không vẽ được mã (\(detail)). Hãy báo người quản trị."
    case (.badCode(let detail), .english):
      "A code can't be drawn (\(detail)). Tell the administrator."
    case (.codeTooLarge, .vietnamese): "Phiếu cần mã quá lớn. Hãy chia sách sang hai thùng."
    case (.codeTooLarge, .english): "The slip needs too large a code. Divide it over two boxes."
    case (.tooLong(_, let limit), .vietnamese):
      "Tài liệu dài quá \(limit) trang. Hãy lấy tệp CSV, hoặc chia sách sang hai thùng."
    case (.tooLong(_, let limit), .english):
      "This has more than \(limit) pages. Take the CSV file, or divide the books over two boxes."
    case (.failed(let detail), .vietnamese):
      "Không tạo được PDF (\(detail)). Hãy thử lại; nếu vẫn lỗi, báo người quản trị."
    case (.failed(let detail), .english):
      "The PDF can't be made (\(detail)). Try again; if it fails again, tell the administrator."
    }
  }
}
