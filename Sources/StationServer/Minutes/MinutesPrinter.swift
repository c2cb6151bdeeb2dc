import Circulation
package import Desk
import Labels
package import Ledger
package import Printing
package import Rotation
import Serving

/// Minutes that somebody asks for.
package enum MinutesRequest: Hashable, Sendable {
  /// Of a box as it was last sealed or received here: biên bản bàn giao.
  case handover(box: String)
  /// Of all boxes of a stage from one library to another, one of which is this one.
  case stage(StageReference, StageWay)
  /// Of a closed stock-taking: biên bản kiểm kê.
  case stock(session: OperationID)
  /// Of a closed term: biên bản đối chiếu cuối kỳ.
  case term(String)
}

/// Draws up minutes from what is frozen, so that a reprint gives the same document.
package struct MinutesPrinter: Sendable {
  private let desk: Desk

  package init(desk: Desk) {
    self.desk = desk
  }

  /// The minutes, to be made into a PDF file or a table.
  ///
  /// - Throws: what the desk throws where there is nothing to draw up.
  package func minutes(_ request: MinutesRequest) async throws -> Minutes {
    let clock = MinutesClock(offsetMinutes: desk.settings.offsetMinutes)
    switch request {
    case .handover(let box):
      return HandoverMinutes(copy: try await desk.handoverCopy(ofBox: box), clock: clock).minutes
    case .stage(let stage, let way):
      let copy = try await desk.handoverCopy(of: stage, by: way)
      return StageHandoverMinutes(copy: copy, clock: clock).minutes
    case .stock(let session):
      return StockMinutes(copy: try await desk.stockCopy(of: session), clock: clock).minutes
    case .term(let term):
      return TermMinutes(copy: try await desk.termCopy(of: term), clock: clock).minutes
    }
  }
}

/// Moments as minutes write them, by the school's offset.
struct MinutesClock: Sendable {
  let offsetMinutes: Int

  func timestamp(_ milliseconds: Int64) -> String {
    RFC3339.text(unixMilliseconds: milliseconds, offsetMinutes: offsetMinutes)
  }

  func day(_ milliseconds: Int64) -> SchoolDay {
    SchoolDay(unixMilliseconds: milliseconds, offsetMinutes: offsetMinutes)
  }

  /// `ngày 14 tháng 9 năm 2026`.
  func longDay(_ milliseconds: Int64) -> String {
    let (year, month, day) = day(milliseconds).components
    return "ngày \(day) tháng \(month) năm \(year)"
  }

  /// `Hồi 08 giờ 05, ngày 14 tháng 9 năm 2026`.
  func opening(_ milliseconds: Int64, at place: String) -> String {
    let time = timestamp(milliseconds).dropFirst(11)
    return "Hồi \(time.prefix(2)) giờ \(time.dropFirst(3).prefix(2)), "
      + "\(longDay(milliseconds)), tại \(place), chúng tôi gồm:"
  }
}

/// What all minutes have alike.
enum MinutesText {
  /// A line for somebody's name and office, to be filled in by hand; it fits one line of the paper.
  static func person(_ number: Int, _ role: String) -> String {
    "\(number). \(role): .......................... Chức vụ: .............."
  }

  static let copies = "Biên bản lập thành 02 bản có giá trị như nhau, mỗi bên giữ 01 bản."

  static func words(_ condition: NotedCondition) -> String {
    switch condition {
    case .good: "Tốt"
    case .worn: "Cũ"
    case .damaged: "Hỏng"
    case .unusable: "Không dùng được"
    }
  }
}

/// Biên bản kiểm kê.
private struct StockMinutes {
  let copy: StockCopy
  let clock: MinutesClock

  var minutes: Minutes {
    let range = copy.count.range.description
    return Minutes(
      schoolName: copy.libraryName.uppercased(), title: "BIÊN BẢN KIỂM KÊ SÁCH",
      subtitle: "Phạm vi: \(range.isEmpty ? "toàn bộ kho" : range) · Từ ngày "
        + "\(clock.day(copy.openedMilliseconds).vietnameseText) đến ngày "
        + "\(clock.day(copy.wallMilliseconds).vietnameseText)",
      introduction: [
        clock.opening(copy.wallMilliseconds, at: copy.libraryName),
        MinutesText.person(1, "Trưởng ban kiểm kê"), MinutesText.person(2, "Cán bộ thư viện"),
        MinutesText.person(3, "Ủy viên"),
        "Đã kiểm kê kho sách của thư viện \(copy.library) và lập biên bản với kết quả dưới đây.",
      ], tables: [sums, missing, unusual].compactMap(\.self),
      conclusion: ["Biên bản được đọc lại cho các thành viên cùng nghe và ký tên."],
      signers: ["NGƯỜI KIỂM KÊ", "CÁN BỘ THƯ VIỆN", "HIỆU TRƯỞNG"],
      footer: "Kiểm kê thư viện \(copy.library) · sự kiện \(copy.event)",
      timestamp: clock.timestamp(copy.wallMilliseconds))
  }

  private var sums: Minutes.Table {
    let found = StockFinding.allCases.compactMap { finding in
      copy.count.found[finding].map { [finding.minutesWords, "\($0)"] }
    }
    return Minutes.Table(
      heading: "I. Kết quả chung",
      columns: [Minutes.Column("Nội dung", 75), Minutes.Column("Số cuốn", 25, isCentred: true)],
      rows: [["Có trên giá theo sổ", "\(copy.count.expected)"]] + found
        + [["Không thấy trên giá", "\(copy.count.missing)"]])
  }

  private static let columns = [
    Minutes.Column("STT", 5, isCentred: true), Minutes.Column("Số ĐKCB", 20),
    Minutes.Column("Nhan đề", 45), Minutes.Column("Tình trạng", 17, isCentred: true),
    Minutes.Column("Ghi chú", 13, isCentred: true),
  ]

  private var missing: Minutes.Table? {
    guard !copy.missing.isEmpty else { return nil }
    return Minutes.Table(
      heading: "II. Sách không thấy trên giá", columns: Self.columns,
      rows: copy.missing.enumerated().map { index, line in
        ["\(index + 1)", line.item.text, line.title, "Thiếu", ""]
      })
  }

  private var unusual: Minutes.Table? {
    guard !copy.unusual.isEmpty else { return nil }
    return Minutes.Table(
      heading: "III. Sách cần xem lại", columns: Self.columns,
      rows: copy.unusual.enumerated().map { index, line in
        ["\(index + 1)", line.label, line.title, line.finding.minutesWords, ""]
      })
  }
}

extension StockFinding {
  /// As the columns of minutes have it.
  fileprivate var minutesWords: String {
    switch self {
    case .present: "Đúng chỗ"
    case .misplaced: "Sai chỗ"
    case .onLoan: "Ghi đang mượn"
    case .wasMissing: "Ghi mất, nay có"
    case .elsewhere: "Ghi ở nơi khác"
    case .withdrawn: "Đã thanh lý"
    case .unregistered: "Chưa có trong sổ"
    }
  }
}

/// Biên bản đối chiếu cuối kỳ.
private struct TermMinutes {
  let copy: TermCopy
  let clock: MinutesClock

  private var statement: TermStatement { copy.statement }

  var minutes: Minutes {
    let term = statement.term
    let closed = copy.closed.wallMilliseconds
    return Minutes(
      schoolName: statement.libraryName.uppercased(), title: "BIÊN BẢN ĐỐI CHIẾU CUỐI KỲ",
      subtitle: "Học kỳ \(term.semester == 1 ? "I" : "II"), năm học \(term.year)",
      introduction: [
        clock.opening(closed, at: statement.libraryName),
        MinutesText.person(1, "Đại diện thư viện \(statement.library)"),
        MinutesText.person(2, "Đại diện thư viện liên thông"),
        MinutesText.person(3, "Chứng kiến"),
        "Đã đối chiếu sách của thư viện \(statement.library) trong kỳ: đầu kỳ + nhận + đăng ký "
          + "+ tìm thấy − gửi − thanh lý − mất = theo sổ, so với số kiểm kê.",
      ], tables: [sums, ways, headings, open].compactMap(\.self),
      conclusion: [
        "Chênh lệch còn lại được chuyển sang kỳ sau theo tên ghi ở trên.",
        "Mã xác nhận (SHA-256) của bản đối chiếu: \(copy.closed.closing.hash)",
        MinutesText.copies,
      ], signers: ["CÁN BỘ THƯ VIỆN", "THƯ VIỆN LIÊN THÔNG", "HIỆU TRƯỞNG"],
      footer: "Đối chiếu \(statement.library) \(term) · sự kiện \(copy.closed.mark)",
      timestamp: clock.timestamp(closed))
  }

  private var sums: Minutes.Table {
    let names = [
      "Đầu kỳ", "Nhận", "Đăng ký", "Tìm thấy", "Gửi", "Thanh lý", "Mất", "Theo sổ", "Kiểm kê",
    ]
    let rows = statement.rows.map { row in
      [row.kind.name(in: .vietnamese), row.home.text] + row.numbers.map(String.init)
    }
    let total = (0..<TermStatement.Row.columns).map { column in
      String(statement.rows.map { $0.numbers[column] }.reduce(0, +))
    }
    return Minutes.Table(
      heading: "I. Số sách theo loại và thư viện chủ",
      columns: [Minutes.Column("Loại", 17), Minutes.Column("Của", 7, isCentred: true)]
        + names.map { Minutes.Column($0, 8.5, isCentred: true) },
      rows: rows + [["Cộng", ""] + total])
  }

  private var ways: Minutes.Table? {
    guard !statement.ways.isEmpty else { return nil }
    let names = ["Đang đi đầu kỳ", "Gửi", "Nhận", "Nhận nơi khác", "Kết thúc", "Đang đi"]
    return Minutes.Table(
      heading: "II. Giao nhận giữa các thư viện",
      columns: [
        Minutes.Column("Từ", 9, isCentred: true), Minutes.Column("Đến", 9, isCentred: true),
      ] + names.map { Minutes.Column($0, 13.5, isCentred: true) },
      rows: statement.ways.map { way in
        [way.from.text, way.to.text] + way.numbers.map(String.init)
      })
  }

  private var headings: Minutes.Table {
    Minutes.Table(
      heading: "III. Mỗi cuốn một mục",
      columns: [Minutes.Column("Mục", 75), Minutes.Column("Số cuốn", 25, isCentred: true)],
      rows: Heading.allCases.compactMap { heading in
        statement.headings[heading].map { [heading.words(in: .vietnamese), "\($0)"] }
      })
  }

  private var open: Minutes.Table? {
    guard !statement.open.isEmpty else { return nil }
    return Minutes.Table(
      heading: "IV. Chênh lệch chuyển kỳ sau",
      columns: [
        Minutes.Column("STT", 5, isCentred: true), Minutes.Column("Số ĐKCB", 17),
        Minutes.Column("Nhan đề", 34), Minutes.Column("Tình trạng", 20),
        Minutes.Column("Từ kỳ", 12, isCentred: true), Minutes.Column("Ghi chú", 12),
      ],
      rows: statement.open.enumerated().map { index, open in
        let difference = open.difference
        let last = difference.references.last.flatMap { EventMark($0) }
        return [
          "\(index + 1)", difference.item.text, open.title,
          difference.heading.words(in: .vietnamese), difference.since.description,
          last.map { "Sự kiện \($0)" } ?? "",
        ]
      })
  }
}
