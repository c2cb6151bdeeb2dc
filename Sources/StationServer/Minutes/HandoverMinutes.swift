import Circulation
import Desk
import Labels
import Ledger
import Printing
import Rotation

/// Biên bản bàn giao.
struct HandoverMinutes {
  let copy: HandoverCopy
  let clock: MinutesClock

  var minutes: Minutes {
    let verb = copy.isReceipt ? "nhận" : "giao"
    let stage = copy.stage.map { " · Đợt \($0)" } ?? ""
    return Minutes(
      schoolName: copy.libraryName.uppercased(), title: "BIÊN BẢN BÀN GIAO SÁCH",
      subtitle: "Thùng \(copy.box.label) · Niêm phong số \(copy.seal)\(stage)",
      introduction: [
        clock.opening(copy.wallMilliseconds, at: copy.libraryName),
        MinutesText.person(1, "Đại diện bên giao (thư viện \(copy.from))"),
        MinutesText.person(2, "Đại diện bên nhận (thư viện \(copy.to))"),
        "Cùng lập biên bản về việc \(verb) thùng sách \(copy.box.label) từ thư viện "
          + "\(copy.from) đến thư viện \(copy.to), theo danh sách dưới đây.",
      ], tables: [table], conclusion: conclusion,
      signers: ["ĐẠI DIỆN BÊN GIAO", "ĐẠI DIỆN BÊN NHẬN"],
      footer: "Bàn giao \(copy.box.label) · sự kiện \(copy.event)",
      timestamp: clock.timestamp(copy.wallMilliseconds))
  }

  private var table: Minutes.Table {
    Minutes.Table(
      heading: "Danh sách sách bàn giao",
      columns: [
        Minutes.Column("STT", 5, isCentred: true), Minutes.Column("Số ĐKCB", 20),
        Minutes.Column("Nhan đề", 45), Minutes.Column("Tình trạng", 13, isCentred: true),
        Minutes.Column("Ghi chú", 17, isCentred: true),
      ],
      rows: copy.lines.enumerated().map { index, line in
        ["\(index + 1)", line.item.text, line.title] + copy.findings(of: line)
      })
  }

  private var conclusion: [String] {
    let (total, counts) = ("Tổng cộng: \(copy.lines.count) cuốn", HandoverCopy.counts(in: [copy]))
    return [counts.isEmpty ? "\(total)." : "\(total), trong đó: \(counts).", MinutesText.copies]
  }
}

/// Biên bản bàn giao of all boxes of a stage.
struct StageHandoverMinutes {
  let copy: StageHandoverCopy
  let clock: MinutesClock

  private var itemCount: Int { copy.boxes.map(\.lines.count).reduce(0, +) }

  var minutes: Minutes {
    let (verb, way) = (copy.isReceipt ? "nhận" : "giao", copy.way)
    return Minutes(
      schoolName: copy.libraryName.uppercased(), title: "BIÊN BẢN BÀN GIAO SÁCH",
      subtitle: "Đợt luân chuyển \(copy.stage) · \(copy.boxes.count) thùng · \(itemCount) cuốn",
      introduction: [
        clock.opening(copy.wallMilliseconds, at: copy.libraryName),
        MinutesText.person(1, "Đại diện bên giao (thư viện \(way.from))"),
        MinutesText.person(2, "Đại diện bên nhận (thư viện \(way.to))"),
        "Cùng lập biên bản về việc \(verb) sách của đợt luân chuyển \(copy.stage) từ thư viện "
          + "\(way.from) đến thư viện \(way.to), theo các danh sách dưới đây.",
      ], tables: [boxes, items], conclusion: conclusion,
      signers: ["ĐẠI DIỆN BÊN GIAO", "ĐẠI DIỆN BÊN NHẬN"],
      footer: "Bàn giao đợt \(copy.stage), \(way.from) → \(way.to) · sự kiện \(copy.event)",
      timestamp: clock.timestamp(copy.wallMilliseconds))
  }

  private var boxes: Minutes.Table {
    Minutes.Table(
      heading: "I. Các thùng",
      columns: [
        Minutes.Column("STT", 6, isCentred: true), Minutes.Column("Thùng", 20),
        Minutes.Column("Niêm phong", 13, isCentred: true),
        Minutes.Column(copy.isReceipt ? "Ngày nhận" : "Ngày niêm phong", 16, isCentred: true),
        Minutes.Column("Số cuốn", 10, isCentred: true), Minutes.Column("Ghi chú", 35),
      ],
      rows: copy.boxes.enumerated().map { index, box in
        [
          "\(index + 1)", box.box.label, "\(box.seal)",
          clock.day(box.wallMilliseconds).vietnameseText, "\(box.lines.count)",
          HandoverCopy.counts(in: [box], besides: .agreed),
        ]
      })
  }

  private var items: Minutes.Table {
    let lines = copy.boxes.flatMap { box in box.lines.map { (box, $0) } }
    return Minutes.Table(
      heading: "II. Danh sách sách bàn giao",
      columns: [
        Minutes.Column("STT", 6, isCentred: true), Minutes.Column("Thùng", 16),
        Minutes.Column("Số ĐKCB", 17), Minutes.Column("Nhan đề", 35),
        Minutes.Column("Tình trạng", 11, isCentred: true),
        Minutes.Column("Ghi chú", 15, isCentred: true),
      ],
      rows: lines.enumerated().map { index, line in
        let (box, copy) = line
        return ["\(index + 1)", box.box.text, copy.item.text, copy.title]
          + box.findings(of: copy)
      })
  }

  private var conclusion: [String] {
    let counts = HandoverCopy.counts(in: copy.boxes)
    let total = "Tổng cộng: \(copy.boxes.count) thùng, \(itemCount) cuốn"
    return [counts.isEmpty ? "\(total)." : "\(total), trong đó: \(counts).", MinutesText.copies]
  }
}

extension HandoverCopy {
  /// The condition of a copy, and what is to be noted beside it.
  fileprivate func findings(of line: MinutesLine) -> [String] {
    let heading = headings[line.item]
    let note = heading.map { $0 == .agreed ? "" : $0.words(in: .vietnamese) } ?? ""
    return [heading == .missing ? "" : MinutesText.words(line.condition), note]
  }

  /// How many copies each heading has, in words; empty where boxes were not received yet.
  fileprivate static func counts(
    in copies: [HandoverCopy], besides heading: ReceivingLine.Heading? = nil
  ) -> String {
    let headings = copies.flatMap(\.headings.values)
    return ReceivingLine.Heading.allCases.filter { $0 != heading }.compactMap { heading in
      let count = headings.count { $0 == heading }
      return count > 0 ? "\(heading.words(in: .vietnamese).lowercased()) \(count)" : nil
    }.joined(separator: ", ")
  }
}
