import Circulation
import Labels
import Lists
import TestSupport
import Testing

@Suite("Files of lists")
struct ListTableTests {
  private static let text = "Họ và tên,Lớp\nNguyễn Thị Hoa,3B\n"

  private func names(_ bytes: [UInt8]) throws -> [String] {
    let table = try ListTable(bytes)
    return table.rows.map { table.field(.name, of: $0) }
  }

  @Test("reads UTF-8 and UTF-16 with their marks, and UTF-8 without")
  func encodings() throws {
    let units = Array(Self.text.utf16)
    var little: [UInt8] = [0xFF, 0xFE]
    var big: [UInt8] = [0xFE, 0xFF]
    for unit in units {
      let (low, high) = (UInt8(unit & 0xFF), UInt8(unit >> 8))
      little += [low, high]
      big += [high, low]
    }
    for bytes in [Array(Self.text.utf8), [0xEF, 0xBB, 0xBF] + Array(Self.text.utf8), little, big] {
      #expect(try names(bytes) == ["Nguyễn Thị Hoa"])
    }
  }

  @Test(
    "reads what spreadsheets write",
    arguments: [
      "Họ và tên;Lớp\r\nNguyễn Thị Hoa;3B\r\n", "Họ và tên\tLớp\nNguyễn Thị Hoa\t3B",
      "sep=;\nHọ và tên;Lớp\nNguyễn Thị Hoa;3B", "\"Họ và tên\",Lớp\n\"Nguyễn\nThị  Hoa\",3B\n",
      "\n,,\nHỌ VÀ TÊN:,LỚP\n'Nguyễn Thị Hoa,'3B\n\n", "HO TEN,LOP\r=\"Nguyễn Thị Hoa\",3B\r",
      "STT,Ho va ten,Lop,Ghi chú\n1,\"Nguyễn Thị Hoa\",3B,\"a, \"\"b\"\"\"\n",
      "Tên,Họ đệm,Lớp\nHoa,Nguyễn Thị,3B\n", "Stt;Họ và tên;;Lớp\n1;Nguyễn Thị;Hoa;3B\n",
      "Họ và tên;;Lớp\nNguyễn Thị Hoa;;3B\n", "Lớp;Họ và tên;\n3B;Nguyễn Thị;Hoa\n",
    ])
  func spreadsheets(text: String) throws {
    let table = try ListTable(Array(text.utf8))
    let line = try PatronLine(try #require(table.rows.first), of: table)
    #expect(line.name == "Nguyễn Thị Hoa" && line.schoolClass?.text == "3B")
  }

  @Test(
    "finds the headings below a school's banner, and counts lines from the file's first",
    arguments: [
      "TRƯỜNG TIỂU HỌC TÂN TẬP;;\nDANH SÁCH HỌC SINH, NĂM HỌC 2026-2027;;\n\nSTT;Họ và tên;Lớp\n",
      "\"PHÒNG GD&ĐT CẦN GIUỘC, LONG AN\"\nTrường A, xã B, tỉnh C\n;;\nSTT;Họ và tên;Lớp\n",
      "Tên;Trường Tiểu học Tân Tập;\nLớp;3B;\nCô, thầy: Lê Thị Mai;;\nSTT;Họ và tên;Lớp\n",
    ])
  func banner(head: String) throws {
    let table = try ListTable(Array("\(head)1;Nguyễn Thị Hoa;3B\n2;;3B\n".utf8))
    #expect(table.headings == ["STT", "Họ và tên", "Lớp"])
    #expect(table.rows.map(\.line) == [5, 6])
    let line = try PatronLine(try #require(table.rows.first), of: table)
    #expect(line.name == "Nguyễn Thị Hoa" && line.line == 5)
    let problem = #expect(throws: RowProblem.self) { try PatronLine(table.rows[1], of: table) }
    #expect(problem?.line == 6)
  }

  @Test("looks for headings in the first ten rows, and no further")
  func bannerLimit() throws {
    for count in [ListLimits.headingRows - 1, ListLimits.headingRows] {
      let text = String(repeating: "Trường,A\n", count: count) + Self.text
      if count < ListLimits.headingRows {
        #expect(try names(Array(text.utf8)) == ["Nguyễn Thị Hoa"])
      } else {
        #expect(throws: ListError.unknownColumns(["Trường", "A"])) { try names(Array(text.utf8)) }
      }
    }
  }

  @Test("says what is wrong with a file as a whole")
  func refused() {
    #expect(throws: ListError.empty) { try ListTable([]) }
    #expect(throws: ListError.empty) { try ListTable(Array("\n\n".utf8)) }
    #expect(throws: ListError.notText) { try ListTable([0x50, 0x4B, 3, 4, 0, 0]) }
    #expect(throws: ListError.unclosedQuote(line: 2)) {
      try ListTable(Array("Họ tên,Lớp\n\"Hoa,3B\n".utf8))
    }
    #expect(throws: ListError.unknownColumns(["a", "b"])) { try ListTable(Array("a,b\n1,2".utf8)) }
    #expect(throws: ListError.tooLarge(limitBytes: ListLimits.bytes)) {
      try ListTable([UInt8](repeating: 65, count: ListLimits.bytes + 1))
    }
    #expect(throws: ListError.tooManyColumns(line: 1, limit: ListLimits.columns)) {
      try ListTable(Array(String(repeating: ",", count: 200).utf8))
    }
    #expect(throws: ListError.fieldTooLong(line: 1, limitBytes: ListLimits.fieldBytes)) {
      try ListTable([UInt8](repeating: 65, count: 5_000))
    }
    #expect(throws: ListError.tooManyRows(limit: ListLimits.rows)) {
      try ListTable(Array(String(repeating: "a\n", count: 30_001).utf8))
    }
  }

  @Test("reads any bytes at all, or says why not", arguments: 0..<300)
  func garbage(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let pieces = [
      "\"", "\"\"", ",", ";", "\t", "\n", "\r\n", "\r", "'", "=\"", "sep=", "Họ tên", "Lớp", "a",
      "\u{FEFF}", "e\u{301}", "3B", "31/02/2018", "TK.00123", "Nhan đề", "Số ĐKCB",
    ]
    var bytes: [UInt8] = []
    for _ in 0..<Int.random(in: 0..<120, using: &generator) {
      if Int.random(in: 0..<8, using: &generator) == 0 {
        bytes.append(UInt8.random(in: 0...255, using: &generator))
      } else {
        bytes += Array(pieces[Int.random(in: 0..<pieces.count, using: &generator)].utf8)
      }
    }
    do throws(ListError) {
      let table = try ListTable(bytes)
      for row in table.rows {
        #expect(row.line >= 1 && !row.fields.isEmpty)
        _ = try? PatronLine(row, of: table)
      }
    } catch {
      #expect(!error.advice(in: .vietnamese).isEmpty && !error.advice(in: .english).isEmpty)
    }
  }
}
