package import Circulation
package import Labels

/// A copy of a register, with every field checked.
package struct ItemLine: Hashable, Sendable {
  /// What all copies of a title have in common in a register.
  package struct Title: Hashable, Sendable {
    package let title: String
    package let author: String?
    package let publisher: String?
    package let year: Int?
    package let kind: MaterialKind
    package let grade: Int?
    package let isOnSiteOnly: Bool
    package let isbn: String?

    package init(
      title: String, author: String?, publisher: String?, year: Int?, kind: MaterialKind,
      grade: Int?, isOnSiteOnly: Bool, isbn: String?
    ) {
      self.title = title
      self.author = author
      self.publisher = publisher
      self.year = year
      self.kind = kind
      self.grade = grade
      self.isOnSiteOnly = isOnSiteOnly
      self.isbn = isbn
    }
  }

  package let line: Int
  package let item: ItemID
  package let title: Title
  /// What the row says that the title is about; nothing where the list doesn't tell.
  package let subjects: Subjects

  /// Reads a row of a library's register, naming the first field that is wrong.
  ///
  /// The date on which a copy was registered is checked and not kept.
  package init(
    _ row: ListRow, of table: ListTable, at library: LibraryCode, labels: LabelReader
  ) throws(RowProblem) {
    let reader = RowReader(table: table, row: row)
    line = row.line
    try reader.refuseStray()
    item = try Self.item(reader, library, labels)
    guard let title = try reader.words(.title) else { throw reader.problem(.title, .missing) }
    self.title = Title(
      title: title, author: try reader.words(.author), publisher: try reader.words(.publisher),
      year: try reader.number(.year, in: 1_000...9_999, else: .badYear),
      kind: try Self.kind(reader, prefix: item.accession.prefix),
      grade: try reader.number(.grade, in: 1...12, else: .badGrade),
      isOnSiteOnly: ["x", "co", "yes", "1"].contains(
        VietnameseText.folded(reader.text(.onSiteOnly))),
      isbn: try Self.isbn(reader))
    subjects = try Self.subjects(reader)
    try reader.checkDate(.date)
  }

  private static func item(
    _ reader: RowReader, _ library: LibraryCode, _ labels: LabelReader
  ) throws(RowProblem) -> ItemID {
    let text = reader.text(.accession)
    guard !text.isEmpty else { throw reader.problem(.accession, .missing) }
    switch labels.read(ScannedCode(text: text)) {
    case .item(.id(let item)): return item
    case .item(.accession(let number)): return ItemID(library: library, accession: number)
    default: throw reader.problem(.accession, .badNumber)
    }
  }

  private static func subjects(_ reader: RowReader) throws(RowProblem) -> Subjects {
    guard let text = try reader.words(.subjects) else { return .none }
    guard let subjects = Subjects(list: text) else {
      throw reader.problem(.subjects, .badSubjects)
    }
    return subjects
  }

  /// What the list says, or what the register's prefix usually stands for.
  private static func kind(
    _ reader: RowReader, prefix: String
  ) throws(RowProblem) -> MaterialKind {
    let text = reader.text(.materialKind)
    if text.isEmpty { return kinds[prefix.lowercased()] ?? .children }
    guard let kind = kinds[VietnameseText.folded(text)] else {
      throw reader.problem(.materialKind, .badKind)
    }
    return kind
  }

  private static let kinds: [String: MaterialKind] = [
    "sgk": .textbook, "sach giao khoa": .textbook, "gk": .textbook, "textbook": .textbook,
    "snv": .teacherBook, "sach nghiep vu": .teacherBook, "nv": .teacherBook,
    "stk": .reference, "tk": .reference, "sach tham khao": .reference, "reference": .reference,
    "tn": .children, "stn": .children, "sach thieu nhi": .children, "thieu nhi": .children,
    "children": .children, "truyen": .children,
    "btc": .periodical, "bao tap chi": .periodical, "bao, tap chi": .periodical,
    "bao": .periodical, "tap chi": .periodical, "periodical": .periodical,
    "ta": .picture, "tranh anh": .picture, "bd": .map, "ban do": .map,
    "bdia": .disc, "bang dia": .disc,
  ]

  private static func isbn(_ reader: RowReader) throws(RowProblem) -> String? {
    let digits = reader.text(.isbn).filter { $0 != "-" && $0 != " " }
    if digits.isEmpty { return nil }
    guard let isbn = try? ISBN(digits) else { throw reader.problem(.isbn, .badISBN) }
    return isbn.text
  }
}
