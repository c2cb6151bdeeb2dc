import Circulation
package import Labels

/// What a list is of.
package enum ListKind: String, CaseIterable, Sendable {
  case patrons, items
}

/// What a column tells, as far as a library needs it.
package enum ListColumn: String, CaseIterable, Sendable {
  case name, familyName, givenName, schoolClass, card, patronKind, birthDate
  case accession, title, author, publisher, year, materialKind, grade, isbn, subjects
  case onSiteOnly, date

  /// Headings by which a column is recognised, without marks and in lower case.
  private var headings: [String] {
    switch self {
    case .name: ["ho va ten", "ho ten", "ho va ten hoc sinh", "ten hoc sinh", "name", "full name"]
    case .familyName: ["ho dem", "ho va ten dem", "ho lot", "ho", "surname", "last name"]
    case .givenName: ["ten", "given name", "first name"]
    case .schoolClass: ["lop", "ten lop", "class"]
    case .card: ["so the", "ma the", "the", "ma ban doc", "card", "card number"]
    case .patronKind: ["doi tuong", "loai ban doc", "chuc vu", "kind", "role"]
    case .birthDate: ["ngay sinh", "ngay thang nam sinh", "date of birth", "birth date", "dob"]
    case .accession:
      [
        "so dkcb", "dkcb", "so dang ky ca biet", "so dang ky", "so dk", "accession number",
        "accession",
      ]
    case .title: ["nhan de", "ten sach", "ten tai lieu", "nhan de sach", "title"]
    case .author: ["tac gia", "ten tac gia", "author"]
    case .publisher: ["nha xuat ban", "nxb", "noi xuat ban", "publisher"]
    case .year: ["nam xb", "nam xuat ban", "nam", "year"]
    case .materialKind: ["loai", "loai sach", "loai tai lieu", "kho", "kind", "type"]
    case .grade: ["khoi", "khoi lop", "lop", "grade"]
    case .isbn: ["isbn", "ma isbn"]
    case .subjects:
      ["chu de", "mon", "mon hoc", "de muc", "mon hoc chu de", "subject", "subjects"]
    case .onSiteOnly: ["doc tai cho", "chi doc tai cho", "on site only"]
    case .date: ["ngay vao so", "ngay nhap", "ngay", "date"]
    }
  }

  private static func columns(of kind: ListKind) -> [ListColumn] {
    switch kind {
    case .patrons:
      [.name, .familyName, .givenName, .schoolClass, .card, .patronKind, .birthDate]
    case .items:
      [
        .accession, .title, .author, .publisher, .year, .materialKind, .grade, .isbn, .subjects,
        .onSiteOnly, .date,
      ]
    }
  }

  /// What each heading stands for in a list of a kind; the first of two that mean the same counts.
  ///
  /// Class lists often have one merged heading for the whole name over two columns. A spreadsheet
  /// saves it over the first; the family name stands below it, and the given name under nothing.
  static func guess(_ headings: [String], of kind: ListKind) -> [ListColumn?] {
    var columns = guessSingly(headings, of: kind)
    if let whole = columns.firstIndex(of: .name), whole + 1 < headings.count,
      headings[whole + 1].isEmpty, !columns.contains(.familyName), !columns.contains(.givenName)
    {
      columns[whole] = .familyName
      columns[whole + 1] = .givenName
    }
    return columns
  }

  private static func guessSingly(_ headings: [String], of kind: ListKind) -> [ListColumn?] {
    var free = Set(columns(of: kind))
    return headings.map { heading in
      let folded = plain(heading)
      let column = columns(of: kind).first { free.contains($0) && $0.headings.contains(folded) }
      if let column { free.remove(column) }
      return column
    }
  }

  private static func plain(_ heading: String) -> String {
    let letters = VietnameseText.folded(heading).map { $0.isLetter || $0.isNumber ? $0 : " " }
    return String(letters).split(separator: " ").joined(separator: " ")
  }
}

extension ListColumn {
  /// The heading that a column is known by, for a list that doesn't have it.
  package func words(in language: Language) -> String {
    switch language {
    case .vietnamese: vietnameseWords
    case .english: englishWords
    }
  }

  private var vietnameseWords: String {
    switch self {
    case .name: "Họ và tên"
    case .familyName: "Họ đệm"
    case .givenName: "Tên"
    case .schoolClass: "Lớp"
    case .card: "Số thẻ"
    case .patronKind: "Đối tượng"
    case .birthDate: "Ngày sinh"
    case .accession: "Số ĐKCB"
    case .title: "Nhan đề"
    case .author: "Tác giả"
    case .publisher: "Nhà xuất bản"
    case .year: "Năm xuất bản"
    case .materialKind: "Loại"
    case .grade: "Khối"
    case .isbn: "ISBN"
    case .subjects: "Chủ đề"
    case .onSiteOnly: "Đọc tại chỗ"
    case .date: "Ngày vào sổ"
    }
  }

  private var englishWords: String {
    switch self {
    case .name: "Name"
    case .familyName: "Surname"
    case .givenName: "Given name"
    case .schoolClass: "Class"
    case .card: "Card number"
    case .patronKind: "Role"
    case .birthDate: "Date of birth"
    case .accession: "Accession number"
    case .title: "Title"
    case .author: "Author"
    case .publisher: "Publisher"
    case .year: "Year"
    case .materialKind: "Kind"
    case .grade: "Grade"
    case .isbn: "ISBN"
    case .subjects: "Subjects"
    case .onSiteOnly: "On site only"
    case .date: "Date"
    }
  }
}
