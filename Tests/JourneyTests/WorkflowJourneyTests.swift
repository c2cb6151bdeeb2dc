import Circulation
import Desk
import Foundation
import Journal
import Labels
import Ledger
import TestSupport
import Testing

/// Classes, stock-taking and lists at the pages of a real station, in a real browser.
@Suite(
  "Workflows", .serialized,
  .enabled(if: Chromedriver.isInstalled, "needs the Debian package chromium-driver"))
struct WorkflowJourneyTests {
  @Test("a class of thirty is lent by card and book in sixty scans and no other touch")
  func classByCard() async throws {
    let (fixture, cards, items) = try await Self.classOfThirty()
    try await at("ca-lop", of: fixture) { page in
      for (card, item) in zip(cards, items) {
        try await page.scan(card)
        try await page.scan(item)
      }
      try await page.browser.waitForText("30 bạn, đang mượn 30", in: "#class-count", seconds: 60)
      #expect(try await Screenshots.takeAtAllSizes("class", in: page.browser).isEmpty)
      try await Accessibility.expectNothingWrong(in: page.browser)
    }
    #expect(try await fixture.desk.roster(of: "4A").allSatisfy { $0.loanCount == 1 })
    let lent = try await fixture.desk.roster(of: "4A").map(\.patron.card.label)
    #expect(Set(lent) == Set(cards))
  }

  @Test("a class is lent in turn, an act is taken back, and the pile comes back in any order")
  func classInTurn() async throws {
    let (fixture, _, items) = try await Self.classOfThirty()
    let names = try await fixture.desk.roster(of: "4A").map(\.name)
    try await at("ca-lop", of: fixture) { page in
      let browser = page.browser
      try await browser.waitForElement("#class option[value='4A']").click()
      try await browser.waitForText(names[0], in: "#next-name")
      try await page.scan(items[0])
      try await browser.waitForText(names[1], in: "#next-name")
      try await page.scan(items[1])
      try await browser.waitForText(names[2], in: "#next-name")
      try await browser.find("#undo").click()
      try await page.waitForResult("ok", "Đã rút lại")
      try await browser.waitForText(names[1], in: "#next-name")
      try await Screenshots.take("class-undo-1024x600", in: browser)
      for item in items.dropFirst() { try await page.scan(item) }
      try await browser.waitForText("đang mượn 30", in: "#class-count", seconds: 60)

      try await page.scan(Command.returnItems.label)
      try await browser.waitForText("Quét cả chồng", in: "#result-words")
      for item in items.reversed() { try await page.scan(item) }
      try await browser.waitForText("đang mượn 0", in: "#class-count", seconds: 60)
    }
    #expect(try await fixture.desk.roster(of: "4A").allSatisfy { $0.loanCount == 0 })
    #expect(try await fixture.journal.verify().problems == [])
  }

  @Test("readings are counted by a tap on the class, and by the books on the tables")
  func readings() async throws {
    let fixture = try await StationFixture()
    try await at("ca-lop", of: fixture) { page in
      try await page.browser.find("[data-mode=read]").click()
      _ = try await page.browser.waitForElement("#class-buttons button")
      try await page.browser.find("#class-buttons button").click()
      try await page.browser.waitForText("3B · Sách thiếu nhi: 1", in: "#readings")
      try await page.scan(try Printed.item("TT1.BTC.00001"))
      try await page.browser.waitForText("Báo, tạp chí: 1", in: "#readings")
      #expect(try await Screenshots.takeAtAllSizes("readings", in: page.browser).isEmpty)
      try await Accessibility.expectNothingWrong(in: page.browser)
      try await page.browser.find("[data-mode=read]").click()
    }
    // The station's process goes by the machine's clock, not by the fixture's.
    let today = SchoolDay(unixMilliseconds: Int64(Date.now.timeIntervalSince1970 * 1_000))
    let counts = try await fixture.journal.read { try $0.readingCounts(on: today).values.sorted() }
    #expect(counts == [1, 1])
  }

  @Test("the last act at the desk is taken back by its button and by the printed command")
  func undo() async throws {
    let fixture = try await StationFixture()
    try await at("quay", of: fixture) { page in
      try await page.browser.find("[data-mode=lend]").click()
      try await page.scan(Command.undo.label)
      try await page.waitForResult("info", "Không có việc nào để rút lại")
      for press in [true, false] {
        try await page.scan(try Printed.card(1))
        try await page.browser.waitForText("Hoa", in: "#patron-name")
        try await page.scan(try Printed.item("TT1.TN.00001"))
        try await page.waitForResult("ok", "Đã cho mượn")
        try await Screenshots.take("undo-1024x600", in: page.browser)
        try await Accessibility.expectNothingWrong(in: page.browser)
        if press {
          try await page.browser.find("#undo").click()
        } else {
          try await page.browser.run("location.reload()")
          try await page.browser.waitForText("Đang mượn 1", in: "#patron-about")
          try await page.scan(Command.undo.label)
        }
        try await page.waitForResult("ok", "Đã rút lại")
        try await page.browser.waitForText("Đang mượn 0", in: "#patron-about")
      }
    }
    #expect(try await fixture.journal.verify().problems == [])
  }

  @Test("shelves are counted on two devices, paused, gone on with and closed")
  func stock() async throws {
    let fixture = try await StationFixture()
    try await StationProcess.serve(fixture) { station in
      try await Browser.open { first in
        try await Browser.open { second in
          try await count(at: station, first, second)
        }
      }
    }
    let sessions = try await fixture.desk.stockTakings()
    #expect(sessions.map(\.isClosed) == [true])
    let lost = try await fixture.desk.summaries(of: [ItemID("TT1.TN.00009")])
    #expect(lost.map(\.place.text) == ["missing:TT1"])
    #expect(try await fixture.journal.verify().problems == [])
  }

  private func count(
    at station: StationProcess, _ first: Browser, _ second: Browser
  ) async throws {
    let (one, two) = (DeskPage(browser: first), DeskPage(browser: second))
    try await first.setViewport(width: 1024, height: 600)
    try await first.open("kiem-ke", of: station)
    try await first.find("#range").type("TN.2-9")
    try await first.find("#open-form button").click()
    try await first.waitForText("TN.2-9", in: "#session-name")
    try await second.open("kiem-ke", of: station)
    _ = try await second.waitForElement("#sessions button")
    try await second.find("#sessions button").click()
    try await second.waitForText("TN.2-9", in: "#session-name")
    for number in 2...5 { try await one.scan(try Printed.item("TT1.TN.0000\(number)")) }
    for number in 4...8 { try await two.scan(try Printed.item("TT1.TN.0000\(number)")) }
    try await two.scan(try Printed.item("TT1.STK.00001"))
    try await first.waitForText("8", in: "#counts div:first-child dd")
    try await second.waitForText("Sai chỗ", in: "#counts")

    try await first.find("#pause").click()
    try await first.waitForText("Tiếp tục", in: "#pause")
    try await two.scan(try Printed.item("TT1.TN.00009"))
    try await two.waitForResult("refused", "tạm dừng")
    try await first.find("#pause").click()
    try await first.waitForText("Tạm dừng", in: "#pause")
    try await first.find("#report").click()
    try await first.waitForText("TT1.TN.00009", in: "#lines")
    #expect(try await Screenshots.takeAtAllSizes("stock", in: first).isEmpty)
    try await Accessibility.expectNothingWrong(in: first)
    try await first.find("#lines input").click()
    try await first.find("#close-form button").click()
    try await first.waitForText("Đã kết thúc", in: "#result")
  }

  @Test("a list with errors is shown row by row, put right, and imported; classes are promoted")
  func lists() async throws {
    let fixture = try await StationFixture()
    let folder = try TemporaryFolder()
    let wrong = """
      Họ và tên;Lớp;Ngày sinh
      Lê Văn An;4A;5/9/2017
      NguyÔn V¨n §øc;4A;1/1/2017
      Trần Thị Bình;4A;31/02/2017
      <script>alert(1)</script>;4A;
      """
    let right = "Họ và tên;Lớp\nLê Văn An;4A\nTrần Thị Bình;5A\n"
    let first = try folder.write(Array(wrong.utf8), to: "sai.csv")
    let second = try folder.write(Array(right.utf8), to: "dung.csv")
    try await at("danh-sach", of: fixture) { page in
      let browser = page.browser
      try await browser.find("#file").upload(first.path)
      try await browser.waitForText("3 dòng bị từ chối", in: "#message")
      try await browser.waitForText("Dòng 3, Họ và tên:", in: "#problems")
      try await browser.waitForText("Không có ngày này", in: "#problems")
      #expect(try await !browser.find("#import").isDisplayed())
      #expect(try await Screenshots.takeAtAllSizes("import", in: browser).isEmpty)
      try await Accessibility.expectNothingWrong(in: browser)
      try await browser.find("#file").upload(second.path)
      try await browser.waitForText("Mọi dòng đều dùng được", in: "#message")
      try await browser.find("#import").click()
      try await browser.waitForText("Đã nhập 2 dòng", in: "#message")
      try await browser.find("#promote-preview").click()
      try await browser.waitForText("5A ra trường", in: "#steps")
      try await Accessibility.expectNothingWrong(in: browser)
      try await browser.find("#promote").click()
      try await browser.waitForText("Đã lên lớp", in: "#promote-message")
    }
    #expect(try await fixture.desk.roster(of: "5A").map(\.name) == ["Lê Văn An"])
  }
}

extension WorkflowJourneyTests {
  /// A person at a page of the station; afterwards the page must have complained of nothing.
  private func at(
    _ path: String, of fixture: StationFixture, _ body: (DeskPage) async throws -> Void
  ) async throws {
    try await StationProcess.serve(fixture) { station in
      try await Browser.open { browser in
        try await browser.setViewport(width: 1024, height: 600)
        try await browser.open(path, of: station)
        try await body(DeskPage(browser: browser))
        let complaints = try await browser.consoleMessages().filter {
          !$0.contains("409") && !$0.contains("/session") && !$0.contains("favicon")
        }
        #expect(complaints.isEmpty)
      }
    }
  }

  /// Thirty pupils of 4A with their cards, and a book for each.
  private static func classOfThirty() async throws -> (StationFixture, [String], [String]) {
    let fixture = try await StationFixture()
    let given = ["Yến", "Ánh", "Đạt", "Dung", "Ân", "Bình", "Êm", "Hoa", "Khôi", "Ơn"]
    let pupils = (0..<30).map { "Học Sinh Thứ \(given[$0 % 10]),4A" }
    let books = (0..<30).map { "TK.\(20_000 + $0),Sách số \($0),Tác giả,TN" }
    for list in [
      "Họ tên,Lớp\n" + pupils.joined(separator: "\n"),
      "Số ĐKCB,Nhan đề,Tác giả,Loại\n" + books.joined(separator: "\n"),
    ] {
      _ = try await fixture.desk.importList(
        Array(list.utf8), skippingRefused: false, as: StationFixture.operation())
    }
    let cards = try await fixture.desk.roster(of: "4A").map(\.patron.card.label)
    let items = try (0..<30).map { try ItemID("TT1.TK.\(20_000 + $0)").label }
    return (fixture, cards, items)
  }
}
