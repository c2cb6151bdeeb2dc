import Foundation
import Printing
import TestSupport
import Testing

@Suite("Printed minutes")
struct MinutesTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
  }

  private func minutes(of count: Int) -> Minutes {
    Minutes(
      schoolName: "TRƯỜNG TIỂU HỌC TÂN TẬP 1", title: "BIÊN BẢN BÀN GIAO SÁCH",
      subtitle: "Thùng B.TT1.0007 · Niêm phong số 3 · Đợt 2026-TT/1",
      introduction: [
        "Hồi 08 giờ 00, ngày 14 tháng 9 năm 2026, tại Trường Tiểu học Tân Tập 1, gồm:",
        "1. Đại diện bên giao (thư viện TT1): ........................ Chức vụ: ................",
        "Cùng lập biên bản giao thùng sách, với những chữ có dấu: ẳẵặằắ ễệềế ỗộồố ữựừứ ỹỵỳý "
          + "Đđ, và một câu đủ dài để phải xuống dòng mà không mất chữ nào ở cuối dòng.",
      ],
      tables: [
        Minutes.Table(
          heading: "Danh sách sách bàn giao",
          columns: [
            Minutes.Column("STT", 5, isCentred: true), Minutes.Column("Số ĐKCB", 20),
            Minutes.Column("Nhan đề", 45), Minutes.Column("Tình trạng", 13, isCentred: true),
            Minutes.Column("Ghi chú", 17, isCentred: true),
          ],
          rows: (0..<count).map { number in
            [
              "\(number + 1)", "TT1.TN.\(10_000 + number)",
              "Dế Mèn phiêu lưu ký, bản in lần thứ \(number), Ngô Mạnh Lân minh họa bằng màu",
              "Tốt", number % 9 == 0 ? "Của thùng khác" : "",
            ]
          })
      ], conclusion: ["Tổng cộng: \(count) cuốn.", "Biên bản lập thành 02 bản."],
      signers: ["ĐẠI DIỆN BÊN GIAO", "ĐẠI DIỆN BÊN NHẬN", "HIỆU TRƯỞNG"],
      footer: "Bàn giao B.TT1.0007 · sự kiện 1.27", timestamp: "2026-09-14T08:00:00+07:00")
  }

  private func run(_ tool: String, _ arguments: [String]) async throws -> String {
    let output = try await ChildProcess.run(
      URL(filePath: "/usr/bin/env"), [tool] + arguments)
    try #require(output.status == 0, "\(output.stderr)")
    return output.stdout
  }

  @Test("have the national title, the columns and the places to sign, in letters to search")
  func whole() async throws {
    let file = folder.file("bien-ban.pdf")
    try Data(minutes(of: 12).pdf()).write(to: file)
    let text = try await run("pdftotext", ["-layout", file.path, "-"])
    for words in [
      "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc",
      "TRƯỜNG TIỂU HỌC TÂN TẬP 1", "Số ĐKCB", "Tình trạng", "TT1.TN.10011", "ẳẵặằắ ễệềế ỗộồố",
      "ở cuối dòng", "(Ký, ghi rõ họ tên)", "HIỆU TRƯỞNG", "1/1",
    ] { #expect(text.contains(words), "\(words)") }
    try await keep(file, "minutes-short", pages: 1)
  }

  @Test("of 500 books go on over pages, each with the headings and its number, and lose no row")
  func long() async throws {
    let file = folder.file("dai.pdf")
    try Data(minutes(of: 500).pdf()).write(to: file)
    let text = try await run("pdftotext", ["-layout", file.path, "-"])
    let pages = text.split(separator: "\u{0C}").map(String.init)
    #expect((10...15).contains(pages.count))
    for (index, page) in pages.enumerated() {
      #expect(page.contains("\(index + 1)/\(pages.count)"))
    }
    // The last page may have the places to sign alone.
    #expect(pages.dropLast().allSatisfy { $0.contains("Số ĐKCB") && $0.contains("Nhan đề") })
    for number in 0..<500 { #expect(text.contains("TT1.TN.\(10_000 + number)")) }
    try await keep(file, "minutes-long", pages: 2)
  }

  @Test("give the same file each time, and the same table")
  func same() throws {
    let minutes = minutes(of: 60)
    #expect(try minutes.pdf() == minutes.pdf())
    #expect(minutes.csv == self.minutes(of: 60).csv)
  }

  @Test("are refused where they are longer than any could be read")
  func tooLong() throws {
    #expect(throws: PrintingError.self) { try minutes(of: 20_000).pdf() }
  }

  @Test("give a table that no spreadsheet takes for formulas")
  func table() {
    let bytes = CSVText.bytes(of: [
      ["=1+1", "-5", "+84", "a,b", "c\"d", "x\ny", "@z", "-x", ""], [],
    ])
    #expect(bytes.starts(with: [0xEF, 0xBB, 0xBF]))
    #expect(
      String(decoding: bytes.dropFirst(3), as: UTF8.self)
        == "'=1+1,-5,+84,\"a,b\",\"c\"\"d\",\"x\ny\",'@z,'-x,\r\n\r\n")
  }

  /// Pictures of the first pages, kept for a person to look at.
  private func keep(_ file: URL, _ name: String, pages: Int) async throws {
    let kept = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../../.build/screenshots").standardized
    try FileManager.default.createDirectory(at: kept, withIntermediateDirectories: true)
    _ = try await run(
      "pdftoppm",
      ["-png", "-r", "80", "-l", "\(pages)", file.path, kept.appending(path: name).path])
  }
}
