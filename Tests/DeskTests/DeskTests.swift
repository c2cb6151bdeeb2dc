import Circulation
import Desk
import Foundation
import Journal
import Labels
import Ledger
import TestSupport
import Testing

@Suite struct DeskTests {
  private static func label(item text: String) -> String {
    (try? ItemID(text).label) ?? text
  }

  private static func card(_ serial: Int) -> String {
    (try? CardNumber(library: LibraryCode("TT1"), serial: serial).label) ?? ""
  }

  private func checkout(
    _ item: String, by serial: Int = 1, because reason: String? = nil
  ) -> DeskRequest {
    .checkout(
      item: Self.label(item: item), card: Self.card(serial), overrideReason: reason)
  }

  @Test("lends, refuses a second loan, renews and takes back")
  func mainJob() async throws {
    let station = try await StationFixture()
    let item = try ItemID("TT1.TN.00001")
    let lent = try await station.perform(checkout(item.text))
    #expect(lent.item?.due == TestClock.mondayInTerm.adding(days: 7))
    #expect(lent.patron?.name == "Nguyễn Thị Hoa")
    await #expect(throws: Refusal.alreadyOnLoan(item, toSamePatron: false)) {
      try await station.perform(checkout(item.text, by: 2))
    }
    await #expect(throws: Refusal.alreadyOnLoan(item, toSamePatron: true)) {
      try await station.perform(checkout(item.text, by: 1))
    }
    station.clock.advance(days: 2)
    let renewed = try await station.perform(.renew(item: item.label, overrideReason: nil))
    // Seven days more than the first seven, though two of those are over.
    #expect(renewed.item?.due == TestClock.mondayInTerm.adding(days: 14))
    await #expect(throws: Refusal.renewalLimitReached(limit: 1)) {
      try await station.perform(.renew(item: item.label, overrideReason: nil))
    }
    let back = try await station.perform(.checkin(item: item.label))
    #expect(back.item?.place == .shelf(station.desk.library))
    await #expect(throws: Refusal.alreadyOnShelf(item)) {
      try await station.perform(.checkin(item: item.label))
    }
    #expect(try await station.journal.verify().problems == [])
  }

  @Test("records the rules of every override, and keeps the reason sealed at the station")
  func overrides() async throws {
    let station = try await StationFixture()
    for number in 1...2 { try await station.perform(checkout("TT1.TN.0000\(number)")) }
    await #expect(throws: Refusal.itemLimitReached(limit: 2)) {
      try await station.perform(checkout("TT1.TN.00003"))
    }
    await #expect(throws: Refusal.overrideWithoutReason) {
      try await station.perform(checkout("TT1.TN.00003", because: "  "))
    }
    await #expect(throws: DeskError.reasonTooLong(limit: 500)) {
      let reason = String(repeating: "đ", count: 300)
      try await station.perform(checkout("TT1.TN.00003", because: reason))
    }
    let outcome = try await station.perform(checkout("TT1.TN.00003", because: "thi kể chuyện"))
    guard case .checkout(let fact) = outcome.event.fact else {
      Issue.record("not a checkout")
      return
    }
    #expect(fact.override == Override(rules: ["item-limit-reached"]))
    let id = outcome.event.operation
    let reason = try await station.journal.read { try $0.overrideReason(of: id) }
    #expect(reason == "thi kể chuyện")
    #expect(Data(outcome.event.encoded).range(of: Data("thi kể".utf8)) == nil)
  }

  @Test("names every rule that one override goes against")
  func overridesAll() async throws {
    let station = try await StationFixture()
    for number in 1...2 { try await station.perform(checkout("TT1.TN.0000\(number)")) }
    station.clock.advance(days: 8)
    let outcome = try await station.perform(checkout("TT1.STK.00001", because: "thi học sinh giỏi"))
    guard case .checkout(let fact) = outcome.event.fact else {
      Issue.record("not a checkout")
      return
    }
    #expect(
      fact.override == Override(rules: ["on-site-only", "overdue-loans", "item-limit-reached"]))
    #expect(fact.due == TestClock.mondayInTerm.adding(days: 9))
  }

  @Test("refuses an operation that is repeated with another card")
  func repeatedForAnother() async throws {
    let station = try await StationFixture()
    let operation = StationFixture.operation()
    _ = try await station.desk.perform(checkout("TT1.TN.00001", by: 1), as: operation)
    await #expect(throws: JournalError.operationReused) {
      try await station.desk.perform(checkout("TT1.TN.00001", by: 2), as: operation)
    }
  }

  @Test("lends what only may be read here, against the rule, to the next open day")
  func onSiteOnlyOverride() async throws {
    let station = try await StationFixture()
    await #expect(throws: Refusal.onSiteOnly(try ItemID("TT1.BTC.00001"))) {
      try await station.perform(checkout("TT1.BTC.00001", by: 9))
    }
    let outcome = try await station.perform(
      checkout("TT1.BTC.00001", by: 9, because: "soạn bài"))
    #expect(outcome.item?.due == TestClock.mondayInTerm.adding(days: 1))
  }

  @Test("lends nothing while a loan is overdue")
  func overdue() async throws {
    let station = try await StationFixture()
    try await station.perform(checkout("TT1.TN.00001"))
    station.clock.advance(days: 8)
    await #expect(throws: Refusal.overdueLoans(count: 1)) {
      try await station.perform(checkout("TT1.TN.00002"))
    }
    #expect(try await station.desk.state().overdueCount == 1)
  }

  @Test("moves an item from one reader to the next against the rule, and the books still balance")
  func handedOver() async throws {
    let station = try await StationFixture()
    try await station.perform(checkout("TT1.TN.00001", by: 1))
    let outcome = try await station.perform(
      checkout("TT1.TN.00001", by: 2, because: "bạn đưa cho nhau"))
    #expect(outcome.patron?.name == "Trần Văn Đức")
    #expect(outcome.patron?.loans.count == 1)
    let first = try await station.desk.recognise(ScannedCode(text: Self.card(1)))
    guard case .patron(let patron) = first else {
      Issue.record("not a patron")
      return
    }
    #expect(patron.loans.isEmpty)
    #expect(try await station.journal.verify().problems == [])
  }

  @Test("shows two libraries' items side by side when the number is both of them")
  func ambiguous() async throws {
    let station = try await StationFixture()
    let both = [try ItemID("TT.TN.00001"), try ItemID("TT1.TN.00001")]
    let found = try await station.desk.recognise(ScannedCode(text: "TN.00001"))
    guard case .choice(let items) = found else {
      Issue.record("not a choice: \(found)")
      return
    }
    #expect(items.map(\.item) == both)
    await #expect(throws: DeskError.ambiguousItem(both)) {
      try await station.perform(
        .checkout(item: "TN.00001", card: Self.card(1), overrideReason: nil))
    }
    let single = try await station.perform(
      .checkout(item: "TN.00002", card: Self.card(1), overrideReason: nil))
    #expect(single.item?.item.text == "TT1.TN.00002")
  }

  @Test("says so when a card comes where an item is due, and the other way round")
  func wrongLabels() async throws {
    let station = try await StationFixture()
    await #expect(throws: DeskError.wrongLabel(expected: .item, found: .card)) {
      try await station.perform(
        .checkout(item: Self.card(2), card: Self.card(1), overrideReason: nil))
    }
    await #expect(throws: DeskError.wrongLabel(expected: .card, found: .item)) {
      let item = Self.label(item: "TT1.TN.00001")
      try await station.perform(.checkout(item: item, card: item, overrideReason: nil))
    }
    await #expect(throws: DeskError.self) {
      try await station.perform(.checkin(item: "TT1.TN.00001-0"))
    }
    await #expect(throws: Refusal.unknownItem("TT1.TN.99999")) {
      try await station.perform(.checkin(item: Self.label(item: "TT1.TN.99999")))
    }
    await #expect(throws: Refusal.unknownCard) {
      try await station.perform(checkout("TT1.TN.00001", by: 404))
    }
  }

  @Test("loses and finds an item once, and lends a lost one that lies on the desk")
  func lostAndFound() async throws {
    let station = try await StationFixture()
    let item = try ItemID("TT1.TN.00001")
    try await station.perform(checkout(item.text))
    try await station.perform(.reportLost(item: item.label))
    await #expect(throws: Refusal.alreadyMissing(item)) {
      try await station.perform(.reportLost(item: item.label))
    }
    try await station.perform(.reportFound(item: item.label))
    await #expect(throws: Refusal.notMissing(item)) {
      try await station.perform(.reportFound(item: item.label))
    }
    try await station.perform(.reportLost(item: item.label))
    let outcome = try await station.perform(checkout(item.text))
    #expect(outcome.item?.place == .patron(station.desk.library))
    #expect(try await station.journal.verify().problems == [])
  }

  @Test("counts readings in the library by class and kind")
  func readings() async throws {
    let station = try await StationFixture()
    try await station.perform(
      .readOnSite(item: nil, kind: .children, schoolClass: "3B", count: 12))
    try await station.perform(
      .readOnSite(
        item: Self.label(item: "TT1.BTC.00001"), kind: nil, schoolClass: nil, count: 1))
    #expect(try await station.desk.state().readingsToday == 13)
    await #expect(throws: DeskError.kindMissing) {
      try await station.perform(.readOnSite(item: nil, kind: nil, schoolClass: nil, count: 1))
    }
    await #expect(throws: DeskError.badCount(0)) {
      try await station.perform(
        .readOnSite(item: nil, kind: .children, schoolClass: nil, count: 0))
    }
    await #expect(throws: DeskError.badClass("lớp 3")) {
      try await station.perform(
        .readOnSite(item: nil, kind: .children, schoolClass: "lớp 3", count: 1))
    }
    #expect(try await station.journal.verify().problems == [])
  }

  @Test("finds titles typed without marks, and takes % and _ as they are")
  func search() async throws {
    let station = try await StationFixture()
    #expect(
      try await station.desk.titles(matching: "de men").map(\.record.title)
        == ["Dế Mèn phiêu lưu ký"])
    #expect(try await station.desk.titles(matching: "de men")[0].copies.count == 11)
    #expect(try await station.desk.titles(matching: "%").isEmpty)
    #expect(try await station.desk.titles(matching: " ").isEmpty)
  }

  @Test("finds a title by its ISBN")
  func isbn() async throws {
    let station = try await StationFixture()
    let digits = "978604211234"
    let isbn = digits + String(ISBNCheck.checkDigit13(for: digits))
    guard
      case .title(let record, let copies) =
        try await station.desk.recognise(ScannedCode(text: isbn))
    else {
      Issue.record("not a title")
      return
    }
    #expect(record.title == "Dế Mèn phiêu lưu ký")
    #expect(copies.count == 11)
  }

  @Test("keeps its settings with the station")
  func settings() async throws {
    let station = try await StationFixture()
    #expect(try await DeskSettings(of: station.journal) == DeskSettings())
    var settings = DeskSettings()
    settings.policy.pupil.itemLimit = 3
    settings.calendar = .standard(for: SchoolYear(start: 2026))
    try await settings.save(to: station.journal)
    #expect(try await DeskSettings(of: station.journal) == settings)
  }
}

@Suite struct RandomHistoryTests {
  @Test(
    "keeps every promise over random histories: sums, due dates, overrides", arguments: 0..<20)
  func properties(seed: UInt64) async throws {
    var generator = SeededGenerator(seed: seed)
    let station = try await StationFixture()
    let calendar = SchoolCalendar.standard(for: SchoolYear(containing: TestClock.mondayInTerm))
    for _ in 0..<60 {
      let item = try ItemID("TT1.TN.0000\(Int.random(in: 1...5, using: &generator))").label
      let card = try CardNumber(
        library: LibraryCode("TT1"), serial: [1, 2, 9].randomElement(using: &generator) ?? 1
      ).label
      let reason = Bool.random(using: &generator) ? "có lý do" : nil
      let requests: [DeskRequest] = [
        .checkout(item: item, card: card, overrideReason: reason), .checkin(item: item),
        .renew(item: item, overrideReason: reason), .reportLost(item: item),
        .reportFound(item: item),
      ]
      let request = requests[Int.random(in: 0..<5, using: &generator)]
      if let outcome = try? await station.perform(request), let due = outcome.item?.due {
        #expect(calendar.isOpen(due))
      }
      if Int.random(in: 0..<4, using: &generator) == 0 { station.clock.advance(days: 1) }
    }
    #expect(try await station.journal.verify().problems == [])
    #expect(try await station.desk.state().balances.values.reduce(0, +) == 0)
  }
}
