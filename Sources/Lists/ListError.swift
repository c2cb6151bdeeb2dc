package import Labels

/// Why a file as a whole can't be read as a list.
package enum ListError: Error, Hashable, Sendable {
  case empty
  case tooLarge(limitBytes: Int)
  case tooManyRows(limit: Int)
  case tooManyColumns(line: Int, limit: Int)
  case fieldTooLong(line: Int, limitBytes: Int)
  /// A quotation mark opens on the line and never closes.
  case unclosedQuote(line: Int)
  /// A workbook or a picture, not a text.
  case notText
  /// No column was recognised that tells people or books.
  case unknownColumns([String])

  /// The error's name: stable, for programs.
  package var name: String {
    switch self {
    case .empty: "empty-list"
    case .tooLarge: "list-too-large"
    case .tooManyRows: "too-many-rows"
    case .tooManyColumns: "too-many-columns"
    case .fieldTooLong: "list-field-too-long"
    case .unclosedQuote: "unclosed-quote"
    case .notText: "not-a-text-list"
    case .unknownColumns: "unknown-columns"
    }
  }

  /// What went wrong and what to do next.
  package func advice(in language: Language) -> String {
    switch language {
    case .vietnamese: vietnameseAdvice
    case .english: englishAdvice
    }
  }

  private var vietnameseAdvice: String {
    switch self {
    case .empty: "Tệp không có dòng nào. Hãy kiểm tra tệp đã lưu."
    case .tooLarge(let limit): "Tệp lớn quá \(limit / 1_048_576) MB. Hãy chia thành nhiều tệp."
    case .tooManyRows(let limit): "Tệp có quá \(limit) dòng. Hãy chia thành nhiều tệp."
    case .tooManyColumns(let line, let limit):
      "Dòng \(line) có quá \(limit) cột. Hãy kiểm tra dấu ngăn cột."
    case .fieldTooLong(let line, let limit): "Dòng \(line) có ô dài quá \(limit) byte."
    case .unclosedQuote(let line): "Dòng \(line) có dấu ngoặc kép mở mà không đóng."
    case .notText: "Đây không phải tệp CSV. Trong Excel hãy chọn Lưu thành, CSV UTF-8."
    case .unknownColumns:
      "Không nhận ra cột nào. Một trong \(ListLimits.headingRows) dòng đầu cần có tiêu đề "
        + "Họ và tên, Lớp; hoặc Số ĐKCB, Nhan đề."
    }
  }

  private var englishAdvice: String {
    switch self {
    case .empty: "The file has no rows. Check what was saved."
    case .tooLarge(let limit): "The file is larger than \(limit / 1_048_576) MB. Split it."
    case .tooManyRows(let limit): "The file has more than \(limit) rows. Split it."
    case .tooManyColumns(let line, let limit):
      "Row \(line) has more than \(limit) columns. Check what separates them."
    case .fieldTooLong(let line, let limit): "Row \(line) has a field of more than \(limit) bytes."
    case .unclosedQuote(let line): "Row \(line) opens a quotation mark that never closes."
    case .notText: "This is no CSV file. In Excel choose Save as, CSV UTF-8."
    case .unknownColumns:
      "No column was recognised. One of the first \(ListLimits.headingRows) rows needs the "
        + "headings Name and Class, or Accession number and Title."
    }
  }
}
