import Circulation
import Desk
import Foundation
import Journal
import Labels
import TestSupport
import Testing

/// Signing in, the settings and a reader's data, at a real station in a real browser.
@Suite(
  "At the other pages", .serialized,
  .enabled(if: Chromedriver.isInstalled, "needs the Debian package chromium-driver"))
struct PagesJourneyTests {
  private static let password = "mat khau cua co"

  @Test("a page that needs somebody leads to the sign-in and back; signing out closes it again")
  func signIn() async throws {
    let fixture = try await withAccounts()
    try await serve(fixture) { station, browser in
      try await browser.go(to: station.address + "quay")
      #expect(try await browser.address().hasSuffix("/dang-nhap?tiep=/quay"))
      try await Accessibility.expectNothingWrong(in: browser)
      #expect(try await Screenshots.takeAtAllSizes("signin", in: browser).isEmpty)
      try await type(Self.password, in: browser)
      try await browser.waitForText("Cho mượn", in: ".modes")
      try await browser.find(".menu summary").click()
      try await Screenshots.take("menu-1024x600", in: browser)
      try await browser.wait(for: "the sign-out") {
        try await browser.find("#sign-out").isDisplayed()
      }
      try await browser.find("#sign-out").click()
      try await browser.waitForText("Mượn sách", in: "#result")
      // The way back shows nothing of what only a librarian may see.
      _ = try await browser.send(.post, "/back")
      try await browser.wait(for: "the sign-in") {
        try await browser.address().contains("/dang-nhap")
      }
      try await browser.go(to: station.address + "quay")
      #expect(try await browser.address().contains("/dang-nhap"))
    }
  }

  @Test("five wrong passwords lock the account, and the page says for how long")
  func lockOut() async throws {
    let fixture = try await withAccounts()
    try await serve(fixture) { station, browser in
      try await browser.go(to: station.address + "dang-nhap")
      for _ in 0..<5 {
        try await type("sai het ca", in: browser)
        try await browser.waitForText("không đúng", in: "#signin-result")
      }
      try await type(Self.password, in: browser)
      try await browser.waitForText("giây", in: "#signin-result")
      try await Screenshots.take("lock-out-1024x600", in: browser)
      try await Accessibility.expectNothingWrong(in: browser)
    }
  }

  @Test("the settings are tried out, refused at the field, and saved")
  func settings() async throws {
    let fixture = try await StationFixture()
    try await serve(fixture) { station, browser in
      try await browser.open("cai-dat", of: station)
      _ = try await browser.waitForElement("[data-patron=pupil] .rule")
      try await Accessibility.expectNothingWrong(in: browser)
      #expect(try await Screenshots.takeAtAllSizes("settings", in: browser).isEmpty)
      try await browser.setViewport(width: 1024, height: 600)
      try await set("#pupil-limit", to: "999", in: browser)
      try await browser.find("#try").click()
      try await browser.waitForText(
        "Học sinh · Số cuốn nhiều nhất: phải từ", in: "#outcome[data-kind=failed]")
      try await browser.waitForText("phải từ", in: "#pupil-limit[aria-invalid] + .problem")
      try await Accessibility.expectNothingWrong(in: browser)
      // Neither another language nor a reload loses what was typed.
      try await browser.find(".language").click()
      try await browser.waitForText("changed and not saved", in: "#outcome")
      try await browser.find(".language").click()
      try await browser.waitForText("mà chưa lưu", in: "#outcome")
      #expect(try await browser.run("return document.querySelector('#pupil-limit').value") == "999")
      try await set("#pupil-limit", to: "3", in: browser)
      try await browser.find("#try").click()
      try await browser.waitForText("2 → 3", in: "#outcome[data-kind=info]")
      try await Screenshots.take("settings-try-1024x600", in: browser)
      #expect(try await DeskSettings(of: fixture.journal).policy.pupil.itemLimit == 2)
      try await browser.find(".settings [type=submit]").click()
      try await browser.waitForText("Đã lưu", in: "#outcome[data-kind=ok]")
      #expect(try await DeskSettings(of: fixture.journal).policy.pupil.itemLimit == 3)
    }
  }

  @Test("the calendar is edited: a closed day moves what is due, and loans due on it are told")
  func calendar() async throws {
    let fixture = try await StationFixture()
    try await fixture.perform(
      .checkout(
        item: try Printed.item("TT1.TN.00005"), card: try Printed.card(1), overrideReason: nil))
    let lent = try await fixture.desk.summaries(of: [ItemID("TT1.TN.00005")])
    let due = try #require(lent.first?.due)
    try await serve(fixture) { station, browser in
      try await browser.open("cai-dat", of: station)
      _ = try await browser.waitForElement("[data-patron=pupil] .rule")
      // The buttons stay at the foot of the page, over what is scrolled just into view.
      try await browser.run("document.querySelector('#calendar').parentElement.scrollIntoView()")
      try await browser.find("#own-calendar").click()
      try await setDay(".term-first", to: "2026-08-31", in: browser)
      try await setDay(".term-last", to: "2027-01-15", in: browser)
      try await browser.find("#closed-days").type("31/02/2026\n")
      try await browser.find("#try").click()
      try await browser.waitForText("Ngày nghỉ khác: không có ngày “31/02/2026”", in: "#outcome")
      try await browser.waitForText("không có ngày", in: "#closed-days[aria-invalid] + .problem")
      try await browser.find("#closed-days").clear()
      try await browser.find("#closed-days").type("\(due)")
      try await browser.find("#try").click()
      try await browser.waitForText("mà 1 cuốn đến hạn", in: "#outcome[data-kind=info]")
      try await browser.waitForText("Ngày nghỉ khác · ", in: "#outcome")
      #expect(try await Screenshots.takeAtAllSizes("calendar", in: browser).isEmpty)
      try await Accessibility.expectNothingWrong(in: browser)
      try await browser.find(".settings [type=submit]").click()
      try await browser.waitForText("Đã lưu", in: "#outcome[data-kind=ok]")
    }
    let calendar = try await DeskSettings(of: fixture.journal).calendar
    #expect(calendar?.isOpen(due) == false)
  }

  @Test("a reader's data is shown by the card, agreed to, and erased at the second press")
  func privacy() async throws {
    let fixture = try await StationFixture()
    try await serve(fixture) { station, browser in
      try await browser.open("du-lieu", of: station)
      let page = DeskPage(browser: browser)
      try await page.scan(try Printed.card(1))
      try await browser.waitForText("Nguyễn Thị Hoa", in: "#reader")
      try await browser.find("#version").type("2026-09")
      try await browser.find("#consent-form button").click()
      try await browser.waitForText("2026-09", in: "#consents")
      try await Accessibility.expectNothingWrong(in: browser)
      #expect(try await Screenshots.takeAtAllSizes("privacy", in: browser).isEmpty)
      #expect(try await exportedName(browser) == "Nguyễn Thị Hoa")
      try await browser.find("#erase").click()
      try await browser.waitForText("Bấm lần nữa", in: "#erase")
      try await browser.find("#erase").click()
      try await browser.waitForText("Đã xóa", in: "#outcome")
      try await page.scan(try Printed.card(1))
      try await browser.waitForText("Chưa có thẻ này", in: "#outcome")
    }
  }

  /// Presses the export's button, and reads the file that the browser then keeps.
  private func exportedName(_ browser: Browser) async throws -> String? {
    let downloads = try TemporaryFolder()
    try await browser.tell(
      "Browser.setDownloadBehavior",
      ["behavior": "allow", "downloadPath": .string(downloads.url.path)])
    try await browser.find("#export").click()
    let file = downloads.file("lienthong-ban-doc.json")
    try await browser.wait(for: "the exported file") {
      FileManager.default.fileExists(atPath: file.path)
    }
    return try JSONDecoder().decode(JSONValue.self, from: Data(contentsOf: file))["name"].text
  }

  /// Fills a day in; what a key does in such a field hangs on the browser's language.
  private func setDay(_ field: String, to day: String, in browser: Browser) async throws {
    try await browser.run(
      "document.querySelector(arguments[0]).value = arguments[1]", [.string(field), .string(day)])
  }

  private func withAccounts() async throws -> StationFixture {
    let fixture = try await StationFixture()
    try await fixture.journal.setAccount(
      Account(name: "quan-tri", role: .administrator), password: Self.password)
    return fixture
  }

  private func type(_ password: String, in browser: Browser) async throws {
    try await browser.find("#name").clear()
    try await browser.find("#name").type("quan-tri")
    try await browser.find("#password").type(password + "\n")
  }

  private func set(_ field: String, to value: String, in browser: Browser) async throws {
    try await browser.find(field).clear()
    try await browser.find(field).type(value)
  }

  private func serve(
    _ fixture: StationFixture, _ body: (StationProcess, Browser) async throws -> Void
  ) async throws {
    try await StationProcess.serve(fixture) { station in
      try await Browser.open { browser in
        try await browser.setViewport(width: 1024, height: 600)
        try await body(station, browser)
        let complaints = try await browser.consoleMessages()
          .filter { !$0.contains("status of 4") }
        #expect(complaints == [])
      }
    }
  }
}
