import Desk
import Foundation
import Labels
import TestSupport
import Testing

/// A librarian at the page of a real station, in a real browser.
@Suite(
  "At the desk", .serialized,
  .enabled(if: Chromedriver.isInstalled, "needs the Debian package chromium-driver"))
struct DeskJourneyTests {
  @Test("a card and a book are typed anywhere, lent, refused to another, renewed and returned")
  func lendAndReturn() async throws {
    let fixture = try await StationFixture()
    try await atTheDesk(of: fixture) { page in
      try await page.scan(try Printed.card(1))
      try await page.browser.waitForText("Nguyễn Thị Hoa", in: "#patron-name")
      try await page.scan(try Printed.item("TT1.TN.00001"))
      try await page.waitForResult("ok", "Đã cho mượn")
      try await page.browser.waitForText("Dế Mèn phiêu lưu ký", in: "#loans")
      try await page.scan(try Printed.item("TT1.SGK.00001"))
      try await page.browser.waitForText("Tiếng Việt 3, tập một", in: "#recent")
      try await page.browser.waitForText("Đang mượn 2", in: "#patron-about")
      try await Screenshots.take("lent-1024x600", in: page.browser)

      try await page.browser.find("#patron-done").click()
      try await page.scan(try Printed.card(2))
      try await page.browser.waitForText("Trần Văn Đức", in: "#patron-name")
      try await page.scan(try Printed.item("TT1.TN.00001"))
      try await page.waitForResult("refused", "người khác mượn")
      #expect(try await page.browser.find("#override").isDisplayed())
      #expect(try await !page.browser.find("main").text().contains("Hoa"))

      try await page.scan(try Printed.card(1))
      try await page.browser.waitForText("Nguyễn Thị Hoa", in: "#patron-name")
      try await page.browser.find("#loans button").click()
      try await page.waitForResult("ok", "Đã gia hạn")

      try await page.browser.find("#patron-done").click()
      try await page.browser.find("[data-mode=return]").click()
      try await page.scan(try Printed.item("TT1.TN.00001"))
      try await page.waitForResult("ok", "Đã nhận trả")
      #expect(try await !page.browser.find("#panel-patron").isDisplayed())
    }
  }

  @Test("a book is lent against a rule, with a reason")
  func override() async throws {
    let fixture = try await StationFixture()
    try await atTheDesk(of: fixture) { page in
      try await page.scan(try Printed.card(1))
      try await page.browser.waitForText("Hoa", in: "#patron-name")
      try await page.scan(try Printed.item("TT1.STK.00001"))
      try await page.waitForResult("refused", "đọc tại chỗ")
      try await page.browser.find("#reason").type("Cô giáo mượn cho cả lớp")
      try await Screenshots.take("refusal-1024x600", in: page.browser)
      try await page.browser.find("#override-submit").click()
      try await page.waitForResult("ok", "Đã cho mượn")
    }
  }

  @Test("a photo of a label is read, and a number of two libraries is chosen by hand")
  func photoAndChoice() async throws {
    let fixture = try await StationFixture()
    let folder = try TemporaryFolder()
    let photo = try await Zint.draw(
      try Printed.item("TT1.TN.00002"), as: .code128, in: folder)
    try await atTheDesk(of: fixture) { page in
      try await page.scan(try Printed.card(1))
      try await page.browser.waitForText("Hoa", in: "#patron-name")
      try await page.browser.find("#photo").upload(photo.path)
      try await page.browser.waitForText("TT1.TN.00002", in: "#loans")

      try await page.scan("TN.00001")
      try await page.browser.waitForText("Thư viện TT1", in: "#items")
      try await Screenshots.take("choice-1024x600", in: page.browser)
      try await page.browser.find("#items li:last-child button").click()
      try await page.browser.waitForText("TT1.TN.00001", in: "#loans")
    }
  }

  @Test("readings are counted, a title is found without marks, a book is lost and found")
  func readingsAndSearch() async throws {
    let fixture = try await StationFixture()
    try await atTheDesk(of: fixture) { page in
      try await page.browser.find("[data-mode=onsite]").click()
      _ = try await page.browser.waitForElement("#onsite-class option[value='3B']")
      try await page.browser.find("#onsite-more").click()
      try await Screenshots.take("onsite-1024x600", in: page.browser)
      try await page.browser.find("#onsite-form button[type=submit]").click()
      try await page.waitForResult("ok", "2 lượt đọc")
      try await page.browser.waitForText("2", in: "#onsite-today")

      try await page.browser.find(".modes [data-mode=search]").click()
      try await page.browser.find("#search").type("de men")
      try await page.browser.find("#search-form button").click()
      try await page.browser.waitForText("Dế Mèn phiêu lưu ký", in: "#titles")
      try await Screenshots.take("search-1024x600", in: page.browser)
      try await page.scan(try Printed.item("TT1.TN.00003"))
      try await page.browser.waitForText("TT1.TN.00003", in: "#items")
      try await page.browser.find("#items .button").click()
      try await page.waitForResult("ok", "Đã ghi là mất")
      try await page.scan(try Printed.item("TT1.TN.00003"))
      try await page.browser.waitForText("Đang ghi là mất", in: "#items")
      try await page.browser.find("#items button").click()
      try await page.waitForResult("ok", "tìm thấy")
    }
  }

  @Test("a scan into another field is taken for what it is, and the field keeps its text")
  func scanIntoAnotherField() async throws {
    let fixture = try await StationFixture()
    try await atTheDesk(of: fixture) { page in
      try await page.scan(try Printed.card(1))
      try await page.browser.waitForText("Hoa", in: "#patron-name")
      try await page.scan(try Printed.item("TT1.STK.00001"))
      try await page.waitForResult("refused", "đọc tại chỗ")
      try await page.browser.run(
        """
        const field = document.querySelector('#reason');
        field.focus();
        field.value = 'Cô giáo';
        const press = (key) => field.dispatchEvent(
          new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
        for (const key of arguments[0]) { press(key); field.value += key; }
        press('Enter');
        window.reasonAfterScan = field.value;
        """, [.string(try Printed.item("TT1.TN.00001"))])
      try await page.waitForResult("ok", "Đã cho mượn")
      #expect(try await page.browser.run("return window.reasonAfterScan") == "Cô giáo")
    }
  }

  @Test("a patron who walks away is signed off when the minute is over")
  func timeout() async throws {
    let fixture = try await StationFixture()
    try await atTheDesk(of: fixture) { page in
      try await page.scan(try Printed.card(1))
      try await page.browser.waitForText("Tự đóng sau", in: "#countdown-text")
      try await page.browser.run("const now = Date.now; Date.now = () => now() + 61_000")
      try await page.waitForResult("idle", "Đã hết giờ")
      #expect(try await !page.browser.find("#panel-patron").isDisplayed())
    }
  }

  @Test("nothing typed is lost while the station is killed and started again")
  func restart() async throws {
    let fixture = try await StationFixture()
    try await Browser.open { browser in
      let first = try await StationProcess.start(fixture)
      let page = DeskPage(browser: browser)
      try await browser.open("quay", of: first)
      try await page.scan(try Printed.card(1))
      try await browser.waitForText("Hoa", in: "#patron-name")
      await first.kill()

      try await page.scan(try Printed.item("TT1.TN.00001"))
      try await page.scan(try Printed.item("TT1.TN.00002"))
      try await page.waitForResult("waiting", "Trạm chưa trả lời")
      try await browser.waitForText("Chờ ghi: 2", in: "#strip-outbox")
      try await browser.waitForText("không trả lời", in: "#strip-station")
      try await Screenshots.take("station-away-1024x600", in: browser)

      let second = try await StationProcess.start(fixture, port: first.port)
      try await browser.waitForText("Đang mượn 2", in: "#patron-about", seconds: 20)
      #expect(try await !browser.find("#strip-outbox").isDisplayed())
      await second.kill()
    }
    let loans = try await fixture.desk.recognise(ScannedCode(reported: try Printed.card(1)))
    guard case .patron(let patron) = loans else {
      Issue.record("the card is not known any more")
      return
    }
    #expect(patron.loans.count == 2)
  }

  @Test("everything that can be pressed has a name and room, and every text stands out")
  func accessibility() async throws {
    let fixture = try await StationFixture()
    try await fixture.perform(
      .checkout(
        item: try Printed.item("TT1.TN.00005"), card: try Printed.card(1), overrideReason: nil))
    try await atTheDesk(of: fixture) { page in
      try await Accessibility.expectNothingWrong(in: page.browser)
      try await page.scan(try Printed.card(1))
      try await page.browser.waitForText("Hoa", in: "#patron-name")
      try await Accessibility.expectNothingWrong(in: page.browser)
      try await page.scan(try Printed.item("TT1.TN.00001"))
      try await page.waitForResult("refused", "quá hạn")
      try await Accessibility.expectNothingWrong(in: page.browser)
      for mode in ["return", "onsite", "search"] {
        try await page.browser.find(".modes [data-mode=\(mode)]").click()
        try await Accessibility.expectNothingWrong(in: page.browser)
      }
      try await page.scan("TN.00001")
      try await page.browser.waitForText("Thư viện TT1", in: "#items")
      try await Accessibility.expectNothingWrong(in: page.browser)
    }
  }

  @Test("the page fits a kiosk, a tablet and a phone, in both languages")
  func sizes() async throws {
    let fixture = try await StationFixture()
    try await fixture.perform(
      .checkout(
        item: try Printed.item("TT1.TN.00005"), card: try Printed.card(1), overrideReason: nil))
    try await atTheDesk(of: fixture) { page in
      #expect(try await Screenshots.takeAtAllSizes("welcome", in: page.browser).isEmpty)
      try await page.scan(try Printed.card(1))
      try await page.browser.waitForText("Hoa", in: "#patron-name")
      #expect(try await Screenshots.takeAtAllSizes("patron", in: page.browser).isEmpty)
      try await page.browser.find(".language").click()
      try await page.browser.waitForText("Lend", in: ".modes")
      #expect(try await Screenshots.takeAtAllSizes("english", in: page.browser).isEmpty)
    }
  }
}

extension DeskJourneyTests {
  /// A person at a page of the station; afterwards the page must have complained of nothing.
  private func atTheDesk(
    of fixture: StationFixture, _ body: (DeskPage) async throws -> Void
  ) async throws {
    try await StationProcess.serve(fixture) { station in
      try await Browser.open { browser in
        try await browser.setViewport(width: 1024, height: 600)
        try await browser.open("quay", of: station)
        try await body(DeskPage(browser: browser))
        // A browser notes each answer that is a refusal; those are no faults of the page.
        let complaints = try await browser.consoleMessages().filter { !$0.contains("409") }
        #expect(complaints.isEmpty)
      }
    }
  }
}

extension Browser {
  /// Opens a page as an administrator who has signed in before.
  func open(_ page: String, of station: StationProcess) async throws {
    // Any address will do for the cookie; a page would take the scans that wait for one.
    try await go(to: station.address + "health")
    try await setCookie(station.cookie)
    try await go(to: station.address + page)
  }
}

/// The page as a person works with it.
struct DeskPage {
  let browser: Browser

  /// Types as a scanner does: wherever the focus is, and Enter at the end.
  func scan(_ text: String) async throws {
    try await browser.find("body").type(text + "\n")
  }

  /// Waits for the large message, of a kind and with some words in it.
  func waitForResult(_ kind: String, _ words: String) async throws {
    try await browser.waitForText(words, in: "#result[data-kind=\(kind)]")
  }
}

/// What is printed on the fixture's labels and cards.
enum Printed {
  static func item(_ text: String) throws -> String { try ItemID(text).label }

  static func card(_ serial: Int) throws -> String {
    try CardNumber(library: LibraryCode("TT1"), serial: serial).label
  }
}
