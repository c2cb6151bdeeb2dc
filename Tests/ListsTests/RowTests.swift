import Circulation
import Labels
import Lists
import Testing

@Suite("Rows of lists")
struct RowTests {
  private func reason(patron row: String) throws -> RowProblem.Reason? {
    let text = "Họ tên;Lớp;Số thẻ;Đối tượng;Ngày sinh\n" + row
    let table = try ListTable(Array(text.utf8))
    let first = try #require(table.rows.first)
    do throws(RowProblem) {
      _ = try PatronLine(first, of: table)
      return nil
    } catch {
      return error.reason
    }
  }

  @Test(
    "takes names as they are in Vietnam",
    arguments: [
      "Nguyễn Thị Hoa;3B", "Y Moan Êban;lớp 3B;;Học sinh;5/9/2018", "Lê O'Hara-Nguyễn;3 b",
      "H’Hen Niê;5A1;;;2016-02-29", "Lê Văn Tám;;;Giáo viên", "Trâ\u{300}n An;1A",
    ])
  func taken(row: String) throws {
    #expect(try reason(patron: row) == nil)
  }

  @Test(
    "names what is wrong with a row",
    arguments: [
      (";3B", RowProblem.Reason.missing), ("NguyÔn V¨n §øc;3B", .legacyFont),
      ("Nguyeãn Vaên An;3B", .legacyFont), ("Nguy?n V?n An;3B", .lostLetters),
      ("TrÇn ThÞ Lª;3B", .legacyFont),
      ("<script>alert(1)</script>;3B", .strangeCharacters), ("Hoa 7;3B", .strangeCharacters),
      ("Hoa \u{202E}aoH;3B", .hiddenCharacters), ("Hoa\u{200B};3B", .hiddenCharacters),
      ("Ho\u{35F}\u{35F}a;3B", .strangeCharacters), ("Hoa;3/B", .badClass), ("Hoa;", .missing),
      ("Hoa;3B;P.TT1.00001", .badCard), ("Hoa;3B;;vua", .badKind),
      ("Hoa;3B;;;31/02/2018", .noSuchDate), ("Hoa;3B;;;29/02/2019", .noSuchDate),
      ("Hoa;3B;;;hôm qua", .noSuchDate), ("Hoa;3B;;;1/2/18", .shortYear),
      ("Hoa;3B;;;85-2-1", .shortYear), ("Hoa;3B;;;1/2/20018", .noSuchDate),
      ("Hoa;3B;;;2018/31/02", .noSuchDate), ("Hoa;3B;;;1//2018", .noSuchDate),
    ])
  func refused(row: String, reason expected: RowProblem.Reason) throws {
    #expect(try reason(patron: row) == expected)
  }

  @Test("refuses a name of five hundred characters, and repeats only its start")
  func longName() throws {
    let table = try ListTable(
      Array("Họ tên,Lớp\n\(String(repeating: "ă", count: 500)),3B".utf8))
    let row = try #require(table.rows.first)
    let problem = #expect(throws: RowProblem.self) { try PatronLine(row, of: table) }
    #expect(problem?.reason == .tooLong(limitCharacters: 100))
    #expect(problem?.excerpt.count == 60 && problem?.line == 2 && problem?.column == "Họ tên")
  }

  @Test("finds both parts of a name by the one heading that is merged over them")
  func mergedHeading() throws {
    let table = try ListTable(
      Array("Stt;Họ và tên;;Lớp\n1;Nguyễn Văn;An7;3B\n2;;;3B\n".utf8))
    #expect(table.columns == [nil, .familyName, .givenName, .schoolClass])
    let problems = table.rows.compactMap { row in
      #expect(throws: RowProblem.self) { try PatronLine(row, of: table) }
    }
    #expect(problems.map(\.column) == ["Họ và tên", "Họ và tên"])
    #expect(problems.map(\.reason) == [.strangeCharacters, .missing])
    #expect(problems.map(\.excerpt) == ["Nguyễn Văn An7", ""])
  }

  @Test(
    "refuses a row with a field under no heading, and names the column as a spreadsheet does",
    arguments: [
      ("Họ và tên;Lớp;;Thẻ\nLê An;3B;;\nLê Bình;3B;nam;", "cột C / column C", "nam"),
      ("Họ và tên;;;Lớp\nLê Thị;An;;3B\nLê;Thị;Bình;3B", "cột C / column C", "Bình"),
      ("Họ và tên;Tên;;Lớp\nLê Thị An;An;;3B\nLê Thị Ba;Ba;x;3B", "cột C / column C", "x"),
      ("Họ và tên;Lớp\nLê An;3B\nLê Bình;3B;\"\";5/9/2018", "cột D / column D", "5/9/2018"),
      ("Họ và tên;Lớp\nLê An;3B\nLê;Bình;", "cột C / column C", ""),
      ("Họ tên,Lớp\nAn,3B\nB,3B\(String(repeating: ",", count: 25))x", "cột AA / column AA", "x"),
    ])
  func stray(text: String, column: String, excerpt: String) throws {
    let table = try ListTable(Array(text.utf8))
    let rows = table.rows
    #expect(throws: Never.self) { try PatronLine(rows[0], of: table) }
    let problem = #expect(throws: RowProblem.self) { try PatronLine(rows[1], of: table) }
    #expect(problem?.column == column && problem?.excerpt == excerpt && problem?.reason == .stray)
  }

  @Test("refuses a register's row whose title has an unquoted comma", arguments: ["", "Tô Hoài"])
  func shifted(author: String) throws {
    let text = """
      Số ĐKCB,Nhan đề,Tác giả,NXB
      TK.00001,"Truyện, hay",Tô Hoài,
      TK.00002,Truyện, hay,\(author),
      """
    let table = try ListTable(Array(text.utf8))
    let library = try LibraryCode("TT1")
    let reasons = table.rows.map { row in
      do throws(RowProblem) {
        _ = try ItemLine(row, of: table, at: library, labels: LabelReader())
        return RowProblem.Reason?.none
      } catch {
        return error.reason
      }
    }
    #expect(reasons == [nil, .stray])
  }

  @Test("takes rows that all have a separator at their end")
  func trailingSeparators() throws {
    let table = try ListTable(Array("Họ và tên,Lớp\nLê An,3B,\nLê Bình,3B,\n".utf8))
    #expect(try table.rows.map { try PatronLine($0, of: table).name } == ["Lê An", "Lê Bình"])
  }

  @Test("names a column that the list lacks by words that would be recognised as its heading")
  func missingColumns() throws {
    for language in Language.allCases {
      for kind in [ListColumn.name, .accession] {
        let names = kind == .name ? Self.patronColumns : Self.itemColumns
        let headings = names.map { $0.words(in: language) }.joined(separator: ";")
        #expect(try ListTable(Array(headings.utf8)).columns == names)
      }
    }
    let table = try ListTable(Array("Họ tên\nLê An\n".utf8))
    let row = try #require(table.rows.first)
    let problem = #expect(throws: RowProblem.self) { try PatronLine(row, of: table) }
    #expect(problem?.place.words(in: .vietnamese) == "Lớp" && problem?.column == "Lớp / Class")
  }

  private static let patronColumns: [ListColumn] = [
    .name, .familyName, .givenName, .schoolClass, .card, .patronKind, .birthDate,
  ]
  private static let itemColumns: [ListColumn] = [
    .accession, .title, .author, .publisher, .year, .materialKind, .grade, .isbn, .subjects,
    .onSiteOnly, .date,
  ]

  @Test("reads what a title is about, and refuses more than a title may have")
  func subjects() throws {
    let many = (1...9).map { "môn \($0)" }.joined(separator: ", ")
    let text = "Số ĐKCB;Nhan đề;Môn\nTK.1;Toán 3;Toán, hình học\nTK.2;Văn;\nTK.3;X;\(many)\n"
    let table = try ListTable(Array(text.utf8))
    let library = try LibraryCode("TT1")
    let lines = try table.rows.prefix(2).map {
      try ItemLine($0, of: table, at: library, labels: LabelReader())
    }
    #expect(lines.map(\.subjects.list) == ["Toán, hình học", ""])
    let problem = #expect(throws: RowProblem.self) {
      try ItemLine(table.rows[2], of: table, at: library, labels: LabelReader())
    }
    #expect(problem?.reason == .badSubjects)
  }

  @Test("reads a register's row, and what its prefix stands for")
  func item() throws {
    let text =
      "Số ĐKCB,Nhan đề,Tác giả,NXB,Năm XB,Loại,Khối,ISBN,Ngày vào sổ\n"
      + "TK-00123,\"Truyện, \"\"hay\"\"\",Tô Hoài,Kim Đồng,2019,,3,978-604-2-11234-5,05/09/2025\n"
    let table = try ListTable(Array(text.utf8))
    #expect(table.kind == .items)
    let row = try #require(table.rows.first)
    let line = try ItemLine(row, of: table, at: LibraryCode("TT1"), labels: LabelReader())
    #expect(line.item.text == "TT1.TK.00123" && line.title.title == "Truyện, \"hay\"")
    #expect(line.title.kind == .reference && line.title.year == 2_019)
    #expect(line.title.isbn == "9786042112345" && line.title.grade == 3)
  }

  @Test(
    "names what is wrong with a register's row",
    arguments: [
      (",Nhan đề", RowProblem.Reason.missing), ("TK.00001,", .missing), ("???,Sách", .badNumber),
      ("TK.1,Sách,19x9", .badYear), ("TK.1,Sách,,Máy bay", .badKind), ("TK.1,Sách,,,13", .badGrade),
      ("TK.1,Sách,,,,123", .badISBN), ("TK.1,Sách,,,,,31/02/2020", .noSuchDate),
      ("TK.1,TruyÖn cæ tÝch", .legacyFont), ("TK.1,a\u{202E}b", .hiddenCharacters),
      ("TK.1,Truy?n Ki?u", .lostLetters), ("TK.1,??t r?ng", .lostLetters),
    ])
  func refusedItem(row: String, reason expected: RowProblem.Reason) throws {
    let text = "Số ĐKCB,Nhan đề,Năm,Loại,Khối,ISBN,Ngày\n" + row
    let table = try ListTable(Array(text.utf8))
    let first = try #require(table.rows.first)
    let problem = #expect(throws: RowProblem.self) {
      try ItemLine(first, of: table, at: LibraryCode("TT1"), labels: LabelReader())
    }
    #expect(problem?.reason == expected)
  }

  @Test(
    "leaves foreign titles alone",
    arguments: [
      "Les Misérables", "Jane Eyre – Charlotte Brontë", "Cô bé bán diêm © 2019", "«Dế Mèn»",
      "Vì sao? Vì ai?", "Mười vạn câu hỏi (vì sao?)", "1?", "“Ai?” – hỏi đáp",
    ])
  func foreignTitles(title: String) {
    #expect(!LegacyText.isSuspect(title) && !LegacyText.hasLostLetters(title))
  }

  @Test("has words in both languages for every problem")
  func words() {
    let reasons: [RowProblem.Reason] = [
      .missing, .stray, .tooLong(limitCharacters: 9), .legacyFont, .lostLetters,
      .hiddenCharacters, .strangeCharacters, .badClass, .badKind, .badCard, .duplicate(line: 3),
      .inUse, .noSuchDate, .shortYear, .badYear, .badGrade, .badNumber, .badISBN, .noCardLeft,
    ]
    let problems = reasons.map { RowProblem(line: 1, place: .heading("x"), text: "y", reason: $0) }
    #expect(Set(problems.map(\.name)).count == reasons.count)
    for language in Language.allCases {
      #expect(Set(problems.map { $0.words(in: language) }).count == reasons.count)
    }
  }
}
