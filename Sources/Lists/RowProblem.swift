import Circulation
package import Labels

/// What is wrong with one field of one row, so that it can be put right in the spreadsheet.
package struct RowProblem: Error, Hashable, Sendable {
  /// The first rule that a field breaks.
  package enum Reason: Hashable, Sendable {
    case missing
    /// A field under no heading; fields have slipped, or a heading is missing.
    case stray
    case tooLong(limitCharacters: Int)
    /// A TCVN3 or VNI font's text that was saved as if it were Unicode.
    case legacyFont
    /// A question mark where a letter with marks was.
    case lostLetters
    /// Marks that turn the writing direction, and others that can't be seen.
    case hiddenCharacters
    /// Signs that don't belong in a name.
    case strangeCharacters
    case badClass
    case badKind
    case badCard
    /// The same card or number stands on another line.
    case duplicate(line: Int)
    /// The card or the number is somebody else's in the station.
    case inUse
    case noSuchDate
    /// A date whose year has fewer than four digits.
    case shortYear
    case badYear
    case badGrade
    case badNumber
    case badISBN
    case badSubjects
    /// No free card number is left.
    case noCardLeft
  }

  package let line: Int
  package let place: FieldPlace
  /// The start of what the field has.
  package let excerpt: String
  package let reason: Reason

  package init(line: Int, place: FieldPlace, text: String, reason: Reason) {
    self.line = line
    self.place = place
    excerpt = String(text.prefix(ListLimits.excerptCharacters))
    self.reason = reason
  }

  /// Where the field stands, for a terminal: in both languages where they differ.
  package var column: String {
    let words = Language.allCases.map { place.words(in: $0) }
    return Set(words).count == 1 ? words[0] : words.joined(separator: " / ")
  }

  /// The reason's name: stable, for programs.
  package var name: String {
    switch reason {
    case .missing: "missing"
    case .stray: "stray-field"
    case .tooLong: "too-long"
    case .legacyFont: "legacy-font"
    case .lostLetters: "lost-letters"
    case .hiddenCharacters: "hidden-characters"
    case .strangeCharacters: "strange-characters"
    case .badClass: "bad-class"
    case .badKind: "bad-kind"
    case .badCard: "bad-card"
    case .duplicate: "duplicate"
    case .inUse: "in-use"
    case .noSuchDate: "no-such-date"
    case .shortYear: "short-year"
    case .badYear: "bad-year"
    case .badGrade: "bad-grade"
    case .badNumber: "bad-number"
    case .badISBN: "bad-isbn"
    case .badSubjects: "bad-subjects"
    case .noCardLeft: "no-card-left"
    }
  }

  /// What is wrong and what to do, without the line and the column.
  package func words(in language: Language) -> String {
    switch language {
    case .vietnamese: vietnameseWords
    case .english: englishWords
    }
  }

  private var vietnameseWords: String {
    switch reason {
    case .missing: "Ô này để trống. Hãy điền vào."
    case .stray:
      "Ô này không có tiêu đề cột. Hãy xem các ô của dòng có bị lệch không, hoặc đặt tên cho cột."
    case .tooLong(let limit): "Dài quá \(limit) ký tự. Hãy viết gọn lại."
    case .legacyFont: "Chữ theo bảng mã cũ (TCVN3 hoặc VNI). Hãy chuyển sang Unicode."
    case .lostLetters: "Chữ có dấu đã thành dấu hỏi (?). Hãy lưu lại từ Excel bằng CSV UTF-8."
    case .hiddenCharacters: "Có ký tự ẩn hoặc đổi chiều chữ. Hãy gõ lại ô này."
    case .strangeCharacters: "Có ký tự không dùng trong tên. Hãy gõ lại ô này."
    case .badClass: "Lớp phải như 3B."
    case .badKind: "Không rõ loại. Hãy ghi như Học sinh, Giáo viên; SGK, STK."
    case .badCard: "Số thẻ không đúng. Hãy để trống để cấp thẻ mới."
    case .duplicate(let line): "Trùng với dòng \(line)."
    case .inUse: "Số này đang dùng cho bạn đọc hoặc sách khác."
    case .noSuchDate: "Không có ngày này. Hãy ghi như 31/12/2026."
    case .shortYear: "Năm phải đủ bốn chữ số. Hãy ghi như 05/09/2018."
    case .badYear: "Năm phải như 2019."
    case .badGrade: "Khối lớp phải từ 1 đến 12."
    case .badNumber: "Số đăng ký phải như TK.00123."
    case .badISBN: "ISBN không đúng. Hãy kiểm tra hoặc để trống."
    case .badSubjects:
      "Nhiều chủ đề hoặc dài quá. Hãy ghi tối đa \(Subjects.most) chủ đề, cách nhau bằng dấu phẩy."
    case .noCardLeft: "Đã hết số thẻ để cấp."
    }
  }

  private var englishWords: String {
    switch reason {
    case .missing: "This field is empty. Fill it in."
    case .stray:
      "This field has no heading. See whether fields of the row have slipped, or name the column."
    case .tooLong(let limit): "Longer than \(limit) characters. Shorten it."
    case .legacyFont: "The text is of an old font (TCVN3 or VNI). Convert it to Unicode."
    case .lostLetters: "Letters have become question marks. Save it from Excel as CSV UTF-8."
    case .hiddenCharacters: "It has hidden characters or turns the writing. Type it again."
    case .strangeCharacters: "It has signs that no name has. Type it again."
    case .badClass: "Write the class like 3B."
    case .badKind: "The kind is not known. Write pupil or teacher; SGK or STK."
    case .badCard: "The card number is wrong. Leave it empty to give out a new card."
    case .duplicate(let line): "The same as on row \(line)."
    case .inUse: "This number is in use for another patron or item."
    case .noSuchDate: "There is no such day. Write it like 31/12/2026."
    case .shortYear: "The year needs four digits. Write the date like 05/09/2018."
    case .badYear: "Write the year like 2019."
    case .badGrade: "The grade must be from 1 to 12."
    case .badNumber: "Write the accession number like TK.00123."
    case .badISBN: "The ISBN is wrong. Check it or leave it empty."
    case .badSubjects:
      "Too many subjects, or one is too long. Write \(Subjects.most) at most, with commas between."
    case .noCardLeft: "No card number is left to give out."
    }
  }
}
