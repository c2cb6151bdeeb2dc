import Circulation
import Labels
import Ledger
import Printing
import Registry
import Rotation

/// Biên bản đối chiếu cuối kỳ of the whole group, from what every library has closed.
///
/// Its numbers are those that the term was closed with, whatever the books say by now, and the
/// statements that were closed by then; so drawing it up again gives the same file.
struct GroupMinutes {
  private let group: GroupReconciliation
  private let groupName: String
  private let closing: StatementHash
  private let lines: ClosingLines

  /// - Throws: `ClosingRefusal` while a library is waited for.
  init(_ group: GroupReconciliation, groupName: String) throws(ClosingRefusal) {
    let text = try group.closingText()
    closing = StatementHash(of: text)
    lines = ClosingLines(text)
    self.group = group
    self.groupName = groupName
  }

  /// Those of libraries that the closing is about.
  private var statements: [GroupStatement] {
    let libraries = Set(lines.libraries)
    return group.statements.filter { libraries.contains($0.station.library) }
  }

  /// The day on which the last library has closed the term.
  private var day: SchoolDay {
    statements.map(\.statement.day).max() ?? SchoolDay(number: 0)
  }

  var minutes: Minutes {
    let term = group.term
    let (year, month, dayOfMonth) = day.components
    return Minutes(
      schoolName: groupName.uppercased(), title: "BIÊN BẢN ĐỐI CHIẾU CUỐI KỲ TOÀN NHÓM",
      subtitle: "Học kỳ \(term.semester == 1 ? "I" : "II"), năm học \(term.year)",
      introduction: [
        "Lập ngày \(dayOfMonth) tháng \(month) năm \(year), sau khi "
          + "\(Set(statements.map(\.station.library)).count) thư viện thành viên đã chốt kỳ. "
          + "Thành phần tham gia:",
        "1. Đại diện thư viện chủ trì: .............................................. "
          + "Chức vụ: ..............................",
        "2. Đại diện các trường: .............................................. "
          + "Chức vụ: ..............................",
        "Cùng đối chiếu sách của toàn nhóm theo các biên bản đã chốt, kết quả như sau.",
      ],
      tables: [sums, ways, headings, open, closedStatements],
      conclusion: [
        "Mỗi bản sách đứng dưới đúng một mục; cộng các mục là "
          + "\(lines.headings.values.reduce(0, +)) bản."
      ] + remarks + ["Mã SHA-256 của bản đối chiếu toàn nhóm: \(closing)"],
      signers: ["ĐẠI DIỆN CÁC TRƯỜNG", "THƯ VIỆN CHỦ TRÌ"],
      footer: "Đối chiếu toàn nhóm \(term)", timestamp: "\(day)T00:00:00+07:00")
  }

  /// What the numbers alone do not tell: what is not listed, who was not waited for, and that the
  /// books say something else by now.
  private var remarks: [String] {
    var remarks: [String] = []
    if lines.unlistedCount > 0 {
      remarks.append(UnlistedItems.words(lines.unlistedCount, in: .vietnamese))
    }
    remarks += group.leftOut.compactMap { left in
      left.reason == .revoked
        ? "Không chờ trạm \(left.station): khóa đã thu hồi, chưa có máy thay; "
          + "sách ở đó chưa ai kiểm."
        : nil
    }
    if let deviation = group.closingDeviation {
      let waiting = deviation.waitingFor.map(\.text).joined(separator: ", ")
      remarks.append(
        "Sau khi chốt, sổ cộng khác đi \(deviation.goneCount + deviation.newCount) dòng"
          + (waiting.isEmpty ? "" : ", còn chờ \(waiting)")
          + "; biên bản này giữ số đã chốt, phần khác ghi vào kỳ sau.")
    }
    return remarks
  }

  private static func remark(on verdict: SignedManifest.Verdict) -> String {
    verdict == .valid ? "" : " (\(verdict.words(in: .vietnamese)))"
  }

  private func name(_ library: LibraryCode) -> String {
    group.statements.first { $0.station.library == library }?.statement.libraryName ?? library.text
  }

  private var sums: Minutes.Table {
    let names = [
      "Đầu kỳ", "Nhận", "Đăng ký", "Tìm thấy", "Gửi", "Thanh lý", "Mất", "Sổ sách", "Kiểm đếm",
    ]
    let byLibrary = Dictionary(grouping: lines.rows, by: \.library)
    let none = [Int](repeating: 0, count: names.count)
    func added(_ rows: [ClosingLines.Row]) -> [Int] {
      rows.reduce(none) { total, row in zip(total, row.numbers).map { $0 + $1 } }
    }
    let rows = byLibrary.keys.sorted().map { library in
      [name(library)] + added(byLibrary[library] ?? []).map { "\($0)" }
    }
    return Minutes.Table(
      heading: "I. Cân đối của từng thư viện",
      columns: [Minutes.Column("Thư viện", 3)]
        + names.map { Minutes.Column($0, 1, isCentred: true) },
      rows: rows + [["Cộng"] + added(lines.rows).map { "\($0)" }])
  }

  private var ways: Minutes.Table {
    let names = ["Từ kỳ trước", "Gửi", "Nhận", "Đến nơi khác", "Kết thúc", "Còn đi"]
    return Minutes.Table(
      heading: "II. Sách đi giữa các thư viện",
      columns: [Minutes.Column("Từ", 2.5), Minutes.Column("Đến", 2.5)]
        + names.map { Minutes.Column($0, 1, isCentred: true) },
      rows: lines.ways.map { way in
        [name(way.from), name(way.to)] + way.numbers.map { "\($0)" }
      })
  }

  private var headings: Minutes.Table {
    Minutes.Table(
      heading: "III. Mỗi bản sách một mục",
      columns: [Minutes.Column("Mục", 4), Minutes.Column("Số bản", 1, isCentred: true)],
      rows: Heading.allCases.compactMap { heading in
        lines.headings[heading].flatMap { count in
          count > 0 ? [heading.words(in: .vietnamese), "\(count)"] : nil
        }
      })
  }

  private var open: Minutes.Table {
    let titles = Dictionary(group.differences.map { ($0.item, $0.title) }) { first, _ in first }
    return Minutes.Table(
      heading: "IV. Chênh lệch còn mở, mang sang kỳ sau",
      columns: [
        Minutes.Column("TT", 0.5, isCentred: true), Minutes.Column("Nhãn", 1.6),
        Minutes.Column("Nhan đề", 3), Minutes.Column("Mục", 1.8),
        Minutes.Column("Xem trước", 1.8), Minutes.Column("Từ kỳ", 1.2),
      ],
      rows: lines.open.enumerated().map { number, open in
        [
          "\(number + 1)", open.item.text, titles[open.item] ?? "",
          open.heading.words(in: .vietnamese), open.library.map(name) ?? "", "\(open.since)",
        ]
      })
  }

  private var closedStatements: Minutes.Table {
    Minutes.Table(
      heading: "V. Biên bản đã chốt của các thư viện",
      columns: [
        Minutes.Column("Thư viện", 2.5), Minutes.Column("Ngày chốt", 1.2, isCentred: true),
        Minutes.Column("Thư viện đã ký", 2.5), Minutes.Column("SHA-256", 2.4),
      ],
      rows: statements.map { said in
        [
          said.statement.libraryName + Self.remark(on: said.ownSignature),
          said.statement.day.vietnameseText,
          said.signatures.map { $0.library.text + Self.remark(on: $0.verdict) }
            .joined(separator: ", "),
          "\(said.hash)".prefix(24) + "…",
        ]
      })
  }
}
