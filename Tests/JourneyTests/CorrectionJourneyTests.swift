import Circulation
import Credentials
import Desk
import Foundation
import Journal
import Labels
import Ledger
import TestSupport
import Testing

/// Putting right at the pages of a real station, in a real browser.
@Suite(
  "Putting right", .serialized,
  .enabled(if: Chromedriver.isInstalled, "needs the Debian package chromium-driver"))
struct CorrectionJourneyTests {
  @Test("a book is noted as damaged, gets a new label, and one in no register is recorded as found")
  func items() async throws {
    let fixture = try await StationFixture()
    try await JourneyPage.open("quay", of: fixture) { page in
      let browser = page.browser
      try await page.scan(try Printed.item("TT1.TN.00003"))
      try await browser.waitForText("TT1.TN.00003", in: "#items")
      try await browser.find("#item-more summary").click()
      try await browser.find("#condition option[value=damaged]").click()
      try await browser.find("#note").type("Rách bìa, chờ dán")
      try await Accessibility.expectNothingWrong(in: browser)
      #expect(try await Screenshots.takeAtAllSizes("item", in: browser) == [])
      try await browser.setViewport(width: 1_024, height: 600)
      try await browser.find("#note-form button").click()
      try await page.waitForResult("ok", "Đã ghi tình trạng")
      try await browser.waitForText("Hư hỏng", in: "#items")
      try await browser.find("#item-more summary").click()
      try await browser.waitForText("Rách bìa, chờ dán", in: "#notes")

      // The scanner is used on the new label while its field has the focus.
      try await browser.find("#new-label").type("TN.00777\n")
      try await page.waitForResult("ok", "Đã thay nhãn")
      try await browser.find("[data-mode=lend]").click()
      try await page.scan("TN.00777")
      try await browser.waitForText("TT1.TN.00003", in: "#items")

      try await page.scan(try Printed.item("TT.TN.00500"))
      try await page.waitForResult("refused", "Chưa có bản sách")
      try await Accessibility.expectNothingWrong(in: browser)
      #expect(try await Screenshots.takeAtAllSizes("find", in: browser) == [])
      try await browser.setViewport(width: 1_024, height: 600)
      try await browser.find("#find-form [type=submit]").click()
      try await page.waitForResult("ok", "Đã ghi nhận tìm thấy")
      try await browser.waitForText("TT.TN.00500", in: "#items")
    }
    let found = try await fixture.desk.summaries(of: [ItemID("TT.TN.00500")])
    #expect(found.map(\.place.text) == ["shelf:TT1"])
    #expect(try await fixture.journal.verify().problems == [])
  }

  @Test("a reader is found by a name without marks, and a new card stands for the old one")
  func card() async throws {
    let fixture = try await StationFixture()
    try await JourneyPage.open("quay", of: fixture) { page in
      let browser = page.browser
      try await browser.find(".modes [data-mode=search]").click()
      try await browser.find("#search").type("nguyen")
      try await browser.find("#search-form button").click()
      try await browser.waitForText("Nguyễn Thị Hoa", in: "#people")
      try await Accessibility.expectNothingWrong(in: browser)
      #expect(try await Screenshots.takeAtAllSizes("people", in: browser) == [])
      try await browser.setViewport(width: 1_024, height: 600)
      try await browser.find("#people button").click()
      try await browser.waitForText("Nguyễn Thị Hoa", in: "#patron-name")
      try await browser.find("#card-more summary").click()
      try await browser.find("#new-card").type(try Printed.card(555) + "\n")
      try await page.waitForResult("ok", "Đã thay nhãn")
      try await browser.find("#patron-done").click()
      for serial in [555, 1] {
        try await page.scan(try Printed.card(serial))
        try await browser.waitForText("Nguyễn Thị Hoa", in: "#patron-name")
        try await browser.find("#patron-done").click()
      }
    }
    #expect(try await fixture.journal.verify().problems == [])
  }

  @Test("a set is made, put in order, kept, and taken away at the second press")
  func sets() async throws {
    let fixture = try await StationFixture()
    try await JourneyPage.open("bo-sach", of: fixture) { page in
      let browser = page.browser
      try await browser.find("#begin").click()
      try await browser.find("#set-name").type("Sách lớp 3, đợt một")
      for words in ["tieng viet", "de men"] {
        try await browser.find("#search").clear()
        try await browser.find("#search").type(words + "\n")
        try await browser.waitForText(words == "de men" ? "Dế Mèn" : "Tiếng Việt 3", in: "#found")
        try await browser.find("#found button").click()
      }
      try await browser.waitForText("2. Dế Mèn phiêu lưu ký", in: "#titles")
      try await browser.find("#titles li:last-child button").click()
      try await browser.waitForText("1. Dế Mèn phiêu lưu ký", in: "#titles")
      try await Accessibility.expectNothingWrong(in: browser)
      #expect(try await Screenshots.takeAtAllSizes("sets", in: browser) == [])
      try await browser.setViewport(width: 1_024, height: 600)
      try await browser.find("#set-form [type=submit]").click()
      try await browser.waitForText("Đã lưu bộ", in: "#message")
      let kept = try await fixture.desk.titleSets().map(\.set)
      #expect(kept.map(\.id) == ["Sach-lop-3-dot-mot"])
      #expect(kept.first?.records == ["TT.1", "TT.2"])
      try await browser.find("#sets button:last-child").click()
      try await browser.waitForText("Bấm lần nữa", in: "#sets")
      try await browser.find("#sets button:last-child").click()
      try await browser.waitForText("Đã bỏ bộ", in: "#message")
    }
    #expect(try await fixture.desk.titleSets().isEmpty)
  }

  @Test("a librarian is told who may promote, set rules and erase, before trying in vain")
  func librarian() async throws {
    let fixture = try await StationFixture()
    let now = StationClock.live().now().wallMilliseconds
    let account = try Account(name: "thu-thu", role: .librarian)
    let token = try await fixture.journal.openSession(of: account, at: now)
    try await JourneyPage.open(
      "danh-sach", of: fixture, cookie: "session-TT1-1=\(token.text)"
    ) { page in
      let browser = page.browser
      try await browser.find("#promote-preview").click()
      try await browser.waitForText("Chỉ người quản trị", in: "#promote-needs")
      #expect(try await !browser.find("#promote").isDisplayed())
      try await Accessibility.expectNothingWrong(in: browser)
      try await Screenshots.take("promote-librarian-1024x600", in: browser)
      try await browser.find("#promote-needs a").click()
      try await browser.waitForText("Đang đăng nhập là thu-thu", in: "#signin-result")
      try await browser.find(".language").click()
      try await browser.waitForText("Signed in as thu-thu", in: "#signin-result")
      #expect(try await browser.address().contains("tiep="))
      try await browser.find(".language").click()
      try await browser.waitForText("Đang đăng nhập là thu-thu", in: "#signin-result")

      let origin = try await browser.run("return location.origin").text ?? ""
      try await browser.go(to: origin + "/du-lieu")
      try await page.scan(try Printed.card(1))
      try await browser.waitForText("Nguyễn Thị Hoa", in: "#reader")
      try await browser.find("#version").type("2026-09")
      try await browser.find("#consent-form button").click()
      try await browser.waitForText("2026-09", in: "#consents")
      #expect(try await !browser.find("#erase").isDisplayed())
      #expect(try await !browser.find("#unlink").isDisplayed())
      #expect(try await browser.find("#needs-administrator").isDisplayed())
      try await Accessibility.expectNothingWrong(in: browser)
      try await Screenshots.take("privacy-librarian-1024x600", in: browser)
    }
  }

  @Test("a list with every kind of slip is refused row by row, each at its field")
  func slips() async throws {
    let fixture = try await StationFixture()
    let folder = try TemporaryFolder()
    let card = try Printed.card(321)
    let rows = [
      ("<script>alert(1)</script>", "", "5/9/2017"),
      (String(repeating: "Ngọc", count: 125), "", "5/9/2017"),
      ("Lê\u{202E} Văn An", "", "5/9/2017"), ("NguyÔn V¨n §øc", "", "5/9/2017"),
      ("Trần Văn Ba", card, "5/9/2017"), ("Trần Văn Tư", card, "5/9/2017"),
      ("Trần Thị Năm", "", "31/02/2017"),
      ("Nguye\u{302}\u{303}n Hoa\u{300}", "", "5/9/2017"),
    ]
    let list = rows.map { "\($0.0);4A;\($0.1);\($0.2)" }.joined(separator: "\n")
    let file = try folder.write(
      Array("Họ và tên;Lớp;Số thẻ;Ngày sinh\n\(list)\n".utf8), to: "loi.csv")
    try await JourneyPage.open("danh-sach", of: fixture) { page in
      let browser = page.browser
      try await browser.find("#file").upload(file.path)
      try await browser.waitForText("7 dòng bị từ chối", in: "#message")
      let problems = try await browser.find("#problems").text()
      for place in [
        "Dòng 2, Họ và tên:", "Dòng 3, Họ và tên:", "Dòng 4, Họ và tên:", "Dòng 5, Họ và tên:",
        "Dòng 6, Số thẻ:", "Dòng 7, Số thẻ:", "Dòng 8, Ngày sinh:",
      ] {
        #expect(problems.contains(place), "\(place)")
      }
      try await Accessibility.expectNothingWrong(in: browser)
      #expect(try await Screenshots.takeAtAllSizes("slips", in: browser) == [])
      try await browser.setViewport(width: 1_024, height: 600)
      try await browser.find("#import-rest").click()
      try await browser.waitForText("Đã nhập 1 dòng", in: "#message")
    }
    let names = try await fixture.desk.roster(of: "4A").map(\.name)
    #expect(names == ["Nguyễn Hoà"])
  }

  @Test(
    "a name in the store is text at the desk too, whatever is in it",
    arguments: [
      "<img src=x onerror=alert(1)>", String(repeating: "Ngọc ", count: 100), "An\u{202E}hoB",
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
    try await JourneyPage.open("quay", of: fixture) { page in
      try await page.scan(try Printed.card(7))
      try await page.browser.waitForText("Lớp 3B", in: "#patron-about")
      let shown = try await page.browser.run(
        "return document.querySelector('#patron-name').textContent")
      #expect(shown.text == name)
      #expect(try await page.browser.run("return document.images.length").number == 1)
      #expect(try await Screenshots.takeAtAllSizes("desk-name", in: page.browser) == [])
      try await page.browser.setViewport(width: 1_024, height: 600)
      try await page.browser.find(".modes [data-mode=search]").click()
    }
  }
}

/// A page of a station, opened for one journey.
enum JourneyPage {
  /// Serves a fixture and opens a page as somebody who has signed in.
  ///
  /// That is an administrator, or whose cookie is given. Afterwards the page must have complained
  /// of nothing but refusals.
  static func open(
    _ path: String, of fixture: StationFixture, cookie: String? = nil,
    _ body: (DeskPage) async throws -> Void
  ) async throws {
    try await StationProcess.serve(fixture) { station in
      try await Browser.open { browser in
        try await browser.setViewport(width: 1_024, height: 600)
        try await browser.go(to: station.address)
        try await browser.setCookie(cookie ?? station.cookie)
        try await browser.go(to: station.address + path)
        try await body(DeskPage(browser: browser))
        let complaints = try await browser.consoleMessages()
          .filter { !$0.contains("status of 4") }
        #expect(complaints == [])
      }
    }
  }
}
