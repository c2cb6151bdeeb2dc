import Circulation
import Desk
import Foundation
import Journal
import Labels
import TestSupport
import Testing

/// A pupil at the kiosk of a real station, in a real browser, with nobody signed in.
@Suite(
  "At self-service", .serialized,
  .enabled(if: Chromedriver.isInstalled, "needs the Debian package chromium-driver"))
struct SelfServiceJourneyTests {
  @Test("a card, two books and done; a book comes back without a card")
  func borrowAndReturn() async throws {
    let fixture = try await StationFixture()
    try await atTheKiosk(of: fixture) { page in
      #expect(try await Screenshots.takeAtAllSizes("self", in: page.browser).isEmpty)
      try await page.browser.setViewport(width: 1024, height: 600)
      try await page.scan(try Printed.card(1))
      try await page.waitForResult("info", "Chào Hoa")
      try await page.browser.waitForText("Lớp 3B", in: "#reader")
      try await page.browser.waitForText("giây", in: "#countdown-text")
      for item in ["TT1.TN.00001", "TT1.TN.00002"] {
        try await page.scan(try Printed.item(item))
        try await page.waitForResult("ok", "Em mượn được rồi")
        try await page.browser.waitForText("Dế Mèn phiêu lưu ký", in: "#result-title")
      }
      #expect(try await Screenshots.takeAtAllSizes("self-lent", in: page.browser).isEmpty)
      let shown = try await page.browser.find("main").text()
      #expect(!shown.contains("Nguyễn") && !shown.contains("TT1.TN"))
      try await page.browser.setViewport(width: 1024, height: 600)
      try await page.browser.find("#finish").click()
      try await page.waitForResult("ok", "Chúc em đọc vui")
      try await page.scan(try Printed.item("TT1.TN.00001"))
      try await page.waitForResult("ok", "Sách đã trả")
      #expect(try await !page.browser.find("#reader").isDisplayed())
    }
  }

  @Test("a book scanned before the card is lent to the card that follows")
  func bookFirst() async throws {
    let fixture = try await StationFixture()
    try await atTheKiosk(of: fixture) { page in
      try await page.scan(try Printed.item("TT1.TN.00003"))
      try await page.waitForResult("info", "Em quét thẻ nhé")
      try await page.scan(try Printed.card(1))
      try await page.waitForResult("ok", "Em mượn được rồi")
    }
  }

  @Test(
    "a book that was just given back is not lent to the next child, however often it is scanned")
  func scannedTwice() async throws {
    let fixture = try await StationFixture()
    let book = try Printed.item("TT1.TN.00001")
    try await fixture.perform(
      .checkout(item: book, card: try Printed.card(1), overrideReason: nil))
    try await atTheKiosk(of: fixture) { page in
      for _ in 0..<2 {
        try await page.scan(book)
        try await page.waitForResult("ok", "Sách đã trả")
      }
      try await page.scan(try Printed.card(2))
      try await page.waitForResult("info", "Chào Đức")
      try await page.browser.find("#finish").click()

      // A book that nobody claims is forgotten, and the page says so.
      try await page.browser.run(
        """
        const later = window.setTimeout;
        window.setTimeout = (work, wait) => later(work, wait === 15_000 ? 300 : wait);
        """)
      try await page.scan(try Printed.item("TT1.TN.00002"))
      try await page.waitForResult("idle", "Mượn sách")
      try await page.scan(try Printed.card(2))
      try await page.waitForResult("info", "Chào Đức")
    }
    #expect(try await fixture.desk.summaries(of: [ItemID("TT1.TN.00001")]).first?.due == nil)
  }

  @Test("a friend's book is given back in the middle of a visit, and nobody is named")
  func friendsBook() async throws {
    let fixture = try await StationFixture()
    try await fixture.perform(
      .checkout(
        item: try Printed.item("TT1.TN.00001"), card: try Printed.card(1), overrideReason: nil))
    try await atTheKiosk(of: fixture) { page in
      try await page.scan(try Printed.card(2))
      try await page.waitForResult("info", "Chào Đức")
      try await page.scan(try Printed.item("TT1.TN.00001"))
      try await page.waitForResult("info", "bạn khác mượn")
      #expect(try await !page.browser.find("body").text().contains("Hoa"))
      try await Screenshots.take("self-friend-1024x600", in: page.browser)
      try await page.browser.find(".answer").click()
      try await page.waitForResult("ok", "Sách đã trả")
      try await page.scan("9786042112345")
      try await page.waitForResult("info", "nhãn thư viện")
    }
  }

  @Test("a pupil's page shows no more to a child where a librarian is signed in")
  func librarianSignedIn() async throws {
    let fixture = try await StationFixture()
    try await StationProcess.serve(fixture) { station in
      try await Browser.open { browser in
        try await browser.open("", of: station)
        let page = DeskPage(browser: browser)
        try await page.scan(try Printed.card(1))
        try await page.waitForResult("info", "Chào Hoa")
        #expect(try await !browser.find("main").text().contains("Nguyễn"))
      }
    }
  }

  @Test("a child's own book is kept longer or given back, by a large button")
  func keep() async throws {
    let fixture = try await StationFixture()
    try await atTheKiosk(of: fixture) { page in
      try await page.scan(try Printed.card(1))
      try await page.scan(try Printed.item("TT1.TN.00001"))
      try await page.waitForResult("ok", "Em mượn được rồi")
      try await page.scan(try Printed.item("TT1.TN.00001"))
      try await page.waitForResult("info", "Em muốn làm gì?")
      try await Screenshots.take("self-keep-1024x600", in: page.browser)
      try await page.browser.find(".answer:last-child").click()
      try await page.waitForResult("ok", "Em được giữ thêm")
      try await page.scan(try Printed.item("TT1.TN.00001"))
      try await page.waitForResult("info", "Em muốn làm gì?")
      try await page.browser.find(".answer").click()
      try await page.waitForResult("ok", "Sách đã trả")
    }
  }

  @Test("a child with a debt is sent to the librarian, and the screen names none")
  func debt() async throws {
    let fixture = try await StationFixture()
    try await fixture.perform(
      .checkout(
        item: try Printed.item("TT1.TN.00005"), card: try Printed.card(1), overrideReason: nil))
    try await atTheKiosk(of: fixture) { page in
      try await page.scan(try Printed.card(1))
      try await page.waitForResult("info", "Chào Hoa")
      try await page.scan(try Printed.item("TT1.TN.00001"))
      try await page.waitForResult("refused", "cô thủ thư")
      let shown = try await page.browser.find("body").text()
      #expect(!shown.contains("quá hạn") && !shown.contains("Quá hạn"))
      try await Screenshots.take("self-refused-1024x600", in: page.browser)
    }
  }

  @Test("a child who walks away is signed off, and the next one sees nothing of it")
  func timeout() async throws {
    let fixture = try await StationFixture()
    try await atTheKiosk(of: fixture) { page in
      try await page.scan(try Printed.card(1))
      try await page.waitForResult("info", "Chào Hoa")
      try await page.browser.run("const now = Date.now; Date.now = () => now() + 41_000")
      try await page.waitForResult("idle", "Hết giờ rồi")
      #expect(try await !page.browser.find("main").text().contains("Hoa"))
    }
  }

  @Test("the language is switched in the middle of a visit, and the visit goes on")
  func language() async throws {
    let fixture = try await StationFixture()
    try await atTheKiosk(of: fixture) { page in
      try await page.scan(try Printed.card(1))
      try await page.waitForResult("info", "Chào Hoa")
      try await page.browser.find(".language").click()
      try await page.waitForResult("info", "Hello Hoa")
      try await page.scan(try Printed.item("TT1.TN.00001"))
      try await page.waitForResult("ok", "It is yours to read")
      try await Screenshots.take("self-english-1024x600", in: page.browser)
      try await page.browser.find(".language").click()
      try await page.waitForResult("info", "Chào Hoa")
    }
  }

  @Test("nothing scanned is lost while the station is killed and started again")
  func restart() async throws {
    let fixture = try await StationFixture()
    try await Browser.open { browser in
      let first = try await StationProcess.start(fixture)
      let page = DeskPage(browser: browser)
      try await browser.go(to: first.address)
      try await page.scan(try Printed.card(1))
      try await page.waitForResult("info", "Chào Hoa")
      await first.kill()
      try await page.scan(try Printed.item("TT1.TN.00001"))
      try await page.waitForResult("waiting", "Trạm chưa trả lời")
      try await browser.waitForText("không trả lời", in: "#strip-station")
      let second = try await StationProcess.start(fixture, port: first.port)
      try await browser.wait(for: "the loan", seconds: 20) {
        try await browser.find("#result[data-kind=ok]").text().contains("Em mượn được rồi")
      }
      await second.kill()
    }
  }

  @Test(
    "a name is text, whatever is in it",
    arguments: [
      "<script>document.title='x'</script>", String(repeating: "Ngọc", count: 125),
      "An\u{202E}hoB", "Nguye\u{302}\u{303}n Hoa\u{300}", "\"'&{{words.title}}",
    ])
  func names(name: String) async throws {
    let fixture = try await StationFixture()
    try await fixture.journal.register([
      PatronRegistration(
        patron: Patron(
          card: try CardNumber(library: LibraryCode("TT1"), serial: 7), kind: .pupil,
          schoolClass: SchoolClass("3B")),
        name: name)
    ])
    try await atTheKiosk(of: fixture) { page in
      try await page.scan(try Printed.card(7))
      try await page.waitForResult("info", "Chào")
      let last = try #require(
        VietnameseText.composed(name).split(whereSeparator: \.isWhitespace).last)
      let shown = try await page.browser.run(
        "return document.querySelector('#reader-name').textContent")
      #expect(shown.text == String(last))
      #expect(try await page.browser.run("return document.title").text?.contains("Tự mượn") == true)
      #expect(try await Screenshots.takeAtAllSizes("self-name", in: page.browser).isEmpty)
    }
  }

  @Test("everything has a name and room and stands out, in every state")
  func accessibility() async throws {
    let fixture = try await StationFixture()
    try await atTheKiosk(of: fixture) { page in
      try await Accessibility.expectNothingWrong(in: page.browser)
      try await page.browser.find(".menu summary").click()
      try await Accessibility.expectNothingWrong(in: page.browser)
      try await page.scan(try Printed.card(1))
      try await page.waitForResult("info", "Chào Hoa")
      try await Accessibility.expectNothingWrong(in: page.browser)
      for _ in 0..<2 { try await page.scan(try Printed.item("TT1.TN.00001")) }
      try await page.waitForResult("info", "Em muốn làm gì?")
      try await Accessibility.expectNothingWrong(in: page.browser)
    }
  }

  private func atTheKiosk(
    of fixture: StationFixture, _ body: (DeskPage) async throws -> Void
  ) async throws {
    try await StationProcess.serve(fixture) { station in
      try await Browser.open { browser in
        try await browser.setViewport(width: 1024, height: 600)
        try await browser.go(to: station.address)
        try await body(DeskPage(browser: browser))
        let complaints = try await browser.consoleMessages().filter { !$0.contains("409") }
        #expect(complaints == [])
      }
    }
  }
}
