import Circulation
import Labels
import Ledger
import Printing
import Registry
import Rotation

/// Biên bản đối chiếu cuối kỳ of the whole group, from what every library has closed.
///
/// All that it says is in the closed statements and the books before them, so that drawing it up
/// again gives the same file.
struct GroupMinutes {
  private let group: GroupReconciliation
  private let groupName: String
  private let closing: StatementHash

  /// - Throws: `ClosingRefusal` while a library is waited for.
  init(_ group: GroupReconciliation, groupName: String) throws(ClosingRefusal) {
    closing = StatementHash(of: try group.closingText())
    self.group = group
    self.groupName = groupName
  }

  private var sum: Reconciliation { group.reconciliation }

  /// The day on which the last library has closed the term.
  private var day: SchoolDay {
    group.statements.map(\.statement.day).max() ?? SchoolDay(number: 0)
  }

  var minutes: Minutes {
    let term = group.term
    let (year, month, dayOfMonth) = day.components
    return Minutes(
      schoolName: groupName.uppercased(), title: "BIÊN BẢN ĐỐI CHIẾU CUỐI KỲ TOÀN NHÓM",
      subtitle: "Học kỳ \(term.semester == 1 ? "I" : "II"), năm học \(term.year)",
      introduction: [
        "Lập ngày \(dayOfMonth) tháng \(month) năm \(year), sau khi \(group.statements.count) thư "
          + "viện thành viên đã chốt kỳ. Thành phần tham gia:",
        "1. Đại diện thư viện chủ trì: .............................................. "
          + "Chức vụ: ..............................",
        "2. Đại diện các trường: .............................................. "
          + "Chức vụ: ..............................",
        "Cùng đối chiếu sách của toàn nhóm theo các biên bản đã chốt, kết quả như sau.",
      ],
      tables: [sums, ways, headings, open, statements],
      conclusion: [
        "Mỗi bản sách đứng dưới đúng một mục; cộng các mục là \(sum.itemCount) bản.",
        "Mã SHA-256 của bản đối chiếu toàn nhóm: \(closing)",
      ],
      signers: ["ĐẠI DIỆN CÁC TRƯỜNG", "THƯ VIỆN CHỦ TRÌ"],
      footer: "Đối chiếu toàn nhóm \(term)", timestamp: "\(day)T00:00:00+07:00")
  }

  private func name(_ library: Int) -> String {
    let code = sum.libraries[library]
    return group.statements.first { $0.station.library == code }?.statement.libraryName ?? code.text
  }

  private var sums: Minutes.Table {
    let names = [
      "Đầu kỳ", "Nhận", "Đăng ký", "Tìm thấy", "Gửi", "Thanh lý", "Mất", "Sổ sách", "Kiểm đếm",
    ]
    let byLibrary = Dictionary(grouping: sum.rows, by: \.library)
    let none = [Int](repeating: 0, count: names.count)
    func added(_ rows: [StockRow]) -> [Int] {
      rows.reduce(none) { total, row in zip(total, row.columns).map { $0 + $1 } }
    }
    let rows = byLibrary.keys.sorted().map { library in
      [name(library)] + added(byLibrary[library] ?? []).map { "\($0)" }
    }
    return Minutes.Table(
      heading: "I. Cân đối của từng thư viện",
      columns: [Minutes.Column("Thư viện", 3)]
        + names.map { Minutes.Column($0, 1, isCentred: true) },
      rows: rows + [["Cộng"] + added(sum.rows).map { "\($0)" }])
  }

  private var ways: Minutes.Table {
    let names = ["Từ kỳ trước", "Gửi", "Nhận", "Đến nơi khác", "Kết thúc", "Còn đi"]
    return Minutes.Table(
      heading: "II. Sách đi giữa các thư viện",
      columns: [Minutes.Column("Từ", 2.5), Minutes.Column("Đến", 2.5)]
        + names.map { Minutes.Column($0, 1, isCentred: true) },
      rows: sum.traffic.map { way in
        [name(way.from), name(way.to)] + way.columns.map { "\($0)" }
      })
  }

  private var headings: Minutes.Table {
    Minutes.Table(
      heading: "III. Mỗi bản sách một mục",
      columns: [Minutes.Column("Mục", 4), Minutes.Column("Số bản", 1, isCentred: true)],
      rows: Heading.allCases.compactMap { heading in
        sum.headings[heading].map { [heading.words(in: .vietnamese), "\($0)"] }
      })
  }

  private var open: Minutes.Table {
    Minutes.Table(
      heading: "IV. Chênh lệch còn mở, mang sang kỳ sau",
      columns: [
        Minutes.Column("TT", 0.5, isCentred: true), Minutes.Column("Nhãn", 1.6),
        Minutes.Column("Nhan đề", 3), Minutes.Column("Mục", 1.8),
        Minutes.Column("Xem trước", 1.8), Minutes.Column("Từ kỳ", 1.2),
      ],
      rows: group.differences.enumerated().map { number, open in
        let library = open.difference.library.flatMap { sum.libraries.firstIndex(of: $0) }
        return [
          "\(number + 1)", open.item.text, open.title,
          open.difference.heading.words(in: .vietnamese), library.map(name) ?? "",
          "\(open.difference.since)",
        ]
      })
  }

  private var statements: Minutes.Table {
    Minutes.Table(
      heading: "V. Biên bản đã chốt của các thư viện",
      columns: [
        Minutes.Column("Thư viện", 2.5), Minutes.Column("Ngày chốt", 1.2, isCentred: true),
        Minutes.Column("Thư viện đã ký", 2.5), Minutes.Column("SHA-256", 2.4),
      ],
      rows: group.statements.map { said in
        [
          said.statement.libraryName, said.statement.day.vietnameseText,
          said.signatures.map(\.library.text).joined(separator: ", "),
          "\(said.hash)".prefix(24) + "…",
        ]
      })
  }
}
