import Circulation
import Labels
import Ledger
import Registry
import Rotation

/// What a station has recorded, as a sentence for a person who decides.
struct EventWords: Sendable {
  let words: HostWords

  /// For example “Trạm TT1-1 (sự kiện 1.4) lúc 14:05 15/09/2026: cho lớp 3B mượn TT1.TN.00002”.
  func sentence(_ event: Event) -> String {
    let (time, act) = (words.moment(event.moment.wallMilliseconds), act(event.fact))
    let number = "\(event.epoch).\(event.sequence)"
    return switch words.language {
    case .vietnamese: "Trạm \(event.station) (sự kiện \(number)) lúc \(time): \(act)."
    case .english: "Station \(event.station) (event \(number)) at \(time): \(act)."
    }
  }

  private func act(_ fact: Fact) -> String {
    switch words.language {
    case .vietnamese: vietnamese(fact)
    case .english: english(fact)
    }
  }

  private func vietnamese(_ fact: Fact) -> String {
    switch fact {
    case .checkout(let checkout):
      "cho \(reader(checkout.borrower)) mượn \(checkout.move.item) từ "
        + "“\(words.place(checkout.move.from))”, hạn trả \(checkout.due.vietnameseText)"
    case .renewal(let renewal):
      "gia hạn \(renewal.move.item) đến \(renewal.due.vietnameseText)"
    case .checkin(let move): "nhận trả \(move.item), \(way(move))"
    case .lost(let move): "ghi mất \(move.item), \(way(move))"
    case .found(let move): "ghi tìm thấy \(move.item), \(way(move))"
    case .discovered(let discovery):
      "thấy \(discovery.item) chưa có trong sổ, để lên giá của \(discovery.library)"
    case .itemRegistered(let registration):
      "đăng ký \(registration.item) vào sổ của \(registration.library)"
    case .undone(let undo):
      undo.move.map { "rút lại việc trước, \($0.item) \(way($0))" }
        ?? "rút lại lượt đọc tại chỗ"
    case .box(let fact): vietnamese(fact)
    case .recordDescribed(let record): "ghi nhan đề “\(record.title)”"
    case .onSiteReading(let reading):
      "ghi \(reading.count) lượt đọc tại chỗ ngày \(reading.day.vietnameseText), "
        + "\(words.material(reading.kind.rawValue)), \(audience(reading.schoolClass))"
    case .noted(let note): "ghi tình trạng của \(note.item)"
    case .labelReplaced(.item(let item, let label)): "thay nhãn của \(item) bằng \(label)"
    case .labelReplaced(.card): "thay thẻ của một bạn đọc"
    case .stockTaken: "kiểm kê xong một phần kho"
    case .term(.closed(let closing)): "khóa sổ \(closing.term)"
    case .link(.epochEnded): "đổi khóa của trạm"
    case .term, .link, .unrecognised: "ghi “\(fact.name)”"
    }
  }

  private func vietnamese(_ fact: BoxFact) -> String {
    switch fact {
    case .packed(let move): "cho \(move.item) vào thùng, \(way(move))"
    case .unpacked(let move): "lấy \(move.item) ra khỏi thùng, \(way(move))"
    case .received(let finding):
      "nhận \(finding.move.item) từ thùng \(finding.step.box), \(way(finding.move))"
    case .opened(let route): "mở thùng \(route.box) để gửi \(route.to)"
    case .sealed(let slip):
      "niêm phong thùng \(slip.manifest.box), \(slip.manifest.items.count) bản"
    case .reopened(let step): "mở lại thùng \(step.box)"
    case .sent(let route): "gửi thùng \(route.box) từ \(route.from) đến \(route.to)"
    case .arrived(let route): "ghi thùng \(route.box) đã đến"
    case .slipRead(let slip): "đọc bảng kê của thùng \(slip.manifest.box)"
    case .confirmed(let receipt): "kiểm nhận xong thùng \(receipt.step.box)"
    case .refused(let step): "không nhận thùng \(step.box)"
    case .lost(let step): "ghi mất thùng \(step.box)"
    case .found(let step): "ghi tìm thấy thùng \(step.box)"
    }
  }

  private func english(_ fact: Fact) -> String {
    switch fact {
    case .checkout(let checkout):
      "lent \(checkout.move.item) to \(reader(checkout.borrower)) from "
        + "“\(words.place(checkout.move.from))”, due \(checkout.due.vietnameseText)"
    case .renewal(let renewal):
      "renewed \(renewal.move.item) until \(renewal.due.vietnameseText)"
    case .checkin(let move): "took \(move.item) back, \(way(move))"
    case .lost(let move): "recorded \(move.item) as lost, \(way(move))"
    case .found(let move): "recorded \(move.item) as found, \(way(move))"
    case .discovered(let discovery):
      "found \(discovery.item), in no register, and put it on the shelf of \(discovery.library)"
    case .itemRegistered(let registration):
      "registered \(registration.item) at \(registration.library)"
    case .undone(let undo):
      undo.move.map { "took an act back, \($0.item) \(way($0))" }
        ?? "took readings back"
    case .box(let fact): english(fact)
    case .recordDescribed(let record): "described the title “\(record.title)”"
    case .onSiteReading(let reading):
      "counted \(reading.count) on-site readings of \(reading.day.vietnameseText), "
        + "\(words.material(reading.kind.rawValue)), \(audience(reading.schoolClass))"
    case .noted(let note): "noted the state of \(note.item)"
    case .labelReplaced(.item(let item, let label)): "gave \(item) the new label \(label)"
    case .labelReplaced(.card): "replaced a reader's card"
    case .stockTaken: "counted a part of the shelves"
    case .term(.closed(let closing)): "closed the books of \(closing.term)"
    case .link(.epochEnded): "changed the station's key"
    case .term, .link, .unrecognised: "recorded “\(fact.name)”"
    }
  }

  private func english(_ fact: BoxFact) -> String {
    switch fact {
    case .packed(let move): "packed \(move.item), \(way(move))"
    case .unpacked(let move): "took \(move.item) out of its box, \(way(move))"
    case .received(let finding):
      "received \(finding.move.item) from box \(finding.step.box), \(way(finding.move))"
    case .opened(let route): "opened box \(route.box) for \(route.to)"
    case .sealed(let slip):
      "sealed box \(slip.manifest.box) with \(slip.manifest.items.count) items"
    case .reopened(let step): "opened box \(step.box) again"
    case .sent(let route): "sent box \(route.box) from \(route.from) to \(route.to)"
    case .arrived(let route): "recorded that box \(route.box) has come"
    case .slipRead(let slip): "read the slip of box \(slip.manifest.box)"
    case .confirmed(let receipt): "has received all of box \(receipt.step.box)"
    case .refused(let step): "refused box \(step.box)"
    case .lost(let step): "recorded box \(step.box) as lost"
    case .found(let step): "recorded box \(step.box) as found"
    }
  }

  /// Who reads, where it is no single person.
  private func audience(_ schoolClass: SchoolClass?) -> String {
    guard let schoolClass else { return words.term("no-class").lowercased() }
    return words.language == .vietnamese ? "lớp \(schoolClass)" : "class \(schoolClass)"
  }

  private func way(_ move: ItemMove) -> String {
    let (from, to) = (words.place(move.from), words.place(move.to))
    return switch words.language {
    case .vietnamese: "từ “\(from)” đến “\(to)”"
    case .english: "from “\(from)” to “\(to)”"
    }
  }

  /// A class or a kind of reader: the chain has no names.
  private func reader(_ borrower: Borrower) -> String {
    let vietnamese = words.language == .vietnamese
    if let schoolClass = borrower.schoolClass {
      return vietnamese ? "một bạn đọc lớp \(schoolClass)" : "a reader of class \(schoolClass)"
    }
    return words.term("patron-\(borrower.kind.rawValue)")
  }

  /// When an event was by the host's clock, or that nothing tells.
  func interval(_ interval: EventInterval?) -> String {
    guard let interval else { return words.term("interval-unknown") }
    let (from, to) = (words.moment(interval.earliest), words.moment(interval.latest))
    if from == to { return from }
    return words.language == .vietnamese ? "từ \(from) đến \(to)" : "from \(from) to \(to)"
  }
}
