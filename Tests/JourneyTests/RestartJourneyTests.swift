import Circulation
import Desk
import Foundation
import Journal
import Labels
import TestSupport
import Testing

/// Pages that stay open while the station is away, in a real browser.
@Suite(
  "While the station is away", .serialized,
  .enabled(if: Chromedriver.isInstalled, "needs the Debian package chromium-driver"))
struct RestartJourneyTests {
  @Test("a class goes on being lent in turn, over a kill and a reload, each book to its pupil")
  func classPage() async throws {
    let fixture = try await StationFixture()
    try await addClass(to: fixture)
    let first = try #require(try await fixture.desk.roster(of: "4A").first?.patron.card.label)
    let items = try (1...4).map { try Printed.item("TT1.TN.0000\($0)") }
    try await away("ca-lop", fixture) { page, kill, restart in
      let browser = page.browser
      try await page.scan(first)
      try await page.scan(items[0])
      try await browser.waitForText("4 bạn, đang mượn 1", in: "#class-count")
      await kill()
      for item in items[1...2] { try await page.scan(item) }
      try await page.waitForResult("waiting", "Trạm chưa trả lời")
      try await browser.waitForText("Chờ ghi: 2", in: "#strip-outbox")
      try await browser.waitForText("không trả lời", in: "#strip-station")
      try await Screenshots.take("class-away-1024x600", in: browser)
      try await restart()
      try await browser.waitForText("4 bạn, đang mượn 3", in: "#class-count", seconds: 20)

      await kill()
      try await page.scan(items[3])
      try await browser.waitForText("Chờ ghi: 1", in: "#strip-outbox")
      try await restart()
      try await browser.run("location.reload()")
      try await browser.waitForText("4 bạn, đang mượn 4", in: "#class-count", seconds: 20)
      #expect(try await !browser.find("#strip-outbox").isDisplayed())
    }
    #expect(try await fixture.desk.roster(of: "4A").allSatisfy { $0.loanCount == 1 })
    #expect(try await fixture.journal.verify().problems == [])
  }

  @Test(
    "who is tapped while the station is away gets what is scanned after that, and nothing before")
  func tapsKeepTheirTurn() async throws {
    let fixture = try await StationFixture()
    try await addClass(to: fixture)
    let pupils = try await fixture.desk.roster(of: "4A").map(\.name)
    let items = try (1...3).map { try Printed.item("TT1.TN.0000\($0)") }
    try await away("ca-lop", fixture) { page, kill, restart in
      let browser = page.browser
      try await browser.waitForElement("#class option[value='4A']").click()
      try await browser.waitForText(pupils[0], in: "#next-name")
      await kill()
      for item in items[0...1] { try await page.scan(item) }
      try await browser.find("#pupils li:last-child button").click()
      try await page.scan(items[2])
      try await browser.find("#class option[value='3B']").click()
      try await browser.waitForText("Chờ ghi: 5", in: "#strip-outbox")
      try await restart()
      try await browser.waitForText("Hoa", in: "#pupils", seconds: 20)
      #expect(try await !browser.find("#strip-outbox").isDisplayed())
    }
    let loans = try await fixture.desk.roster(of: "4A").map(\.loanCount)
    #expect(loans == [1, 1, 0, 1])
    #expect(try await fixture.journal.verify().problems == [])
  }

  @Test("a station that hangs is told as silent, and as ready once it goes on")
  func hanging() async throws {
    let fixture = try await StationFixture()
    try await StationProcess.serve(fixture) { station in
      try await Browser.open { browser in
        try await browser.open("quay", of: station)
        try await browser.waitForText("sẵn sàng", in: "#strip-station")
        // Half a minute without a word, made short.
        try await browser.run(
          """
          const later = window.setTimeout;
          window.watches = 0;
          window.setTimeout = (work, wait) => {
            if (wait < 30_000) return later(work, wait);
            window.watches += 1;
            return later(work, 2_000);
          };
          """)
        let page = DeskPage(browser: browser)
        try await page.scan(try Printed.card(1))
        try await page.scan(try Printed.item("TT1.TN.00001"))
        try await browser.wait(for: "a word of the station") {
          try await browser.run("return window.watches > 0") == true
        }
        #expect(kill(station.processID, SIGSTOP) == 0)
        try await browser.waitForText("không trả lời", in: "#strip-station[data-mood=bad]")
        #expect(try await browser.find("#strip-pending[data-mood=quiet]").isDisplayed())
        #expect(kill(station.processID, SIGCONT) == 0)
        try await browser.waitForText("sẵn sàng", in: "#strip-station", seconds: 20)
      }
    }
  }

  @Test("shelves go on being counted, and each scan is counted once")
  func stockPage() async throws {
    let fixture = try await StationFixture()
    try await away("kiem-ke", fixture) { page, kill, restart in
      let browser = page.browser
      try await browser.find("#range").type("TN.1-9")
      try await browser.find("#open-form button").click()
      try await browser.waitForText("TN.1-9", in: "#session-name")
      try await page.scan(try Printed.item("TT1.TN.00001"))
      try await browser.waitForText("1", in: "#counts div:first-child dd")
      await kill()
      for number in 2...4 { try await page.scan(try Printed.item("TT1.TN.0000\(number)")) }
      try await page.waitForResult("waiting", "Trạm chưa trả lời")
      try await browser.waitForText("Chờ ghi: 3", in: "#strip-outbox")
      try await Screenshots.take("stock-away-1024x600", in: browser)
      try await restart()
      try await browser.waitForText("4", in: "#counts div:first-child dd", seconds: 20)
      #expect(try await !browser.find("#strip-outbox").isDisplayed())
    }
    #expect(try await fixture.journal.verify().problems == [])
  }

  @Test("what a station that is asked too much turns away is asked again, not dropped")
  func askedTooMuch() async throws {
    let fixture = try await StationFixture()
    try await away("quay", fixture) { page, _, _ in
      let browser = page.browser
      try await page.scan(try Printed.card(1))
      try await browser.waitForText("Hoa", in: "#patron-name")
      try await browser.run(
        """
        const send = window.fetch;
        let refusals = 3;
        window.fetch = (address, options) => {
          if (!address.includes('checkouts') || refusals === 0) return send(address, options);
          refusals -= 1;
          const body = { error: 'too-many-requests', advice: { vi: 'x', en: 'x' } };
          return Promise.resolve(new Response(JSON.stringify(body), { status: 429 }));
        };
        """)
      try await page.scan(try Printed.item("TT1.TN.00001"))
      try await page.waitForResult("waiting", "Trạm chưa trả lời")
      try await browser.waitForText("Đang mượn 1", in: "#patron-about", seconds: 20)
      #expect(try await !browser.find("#strip-outbox").isDisplayed())
    }
  }

  /// Four pupils of 4A, in the order of the alphabet: Ánh, Ân, Đạt, Yến.
  private func addClass(to fixture: StationFixture) async throws {
    let pupils = ["Yến", "Ánh", "Đạt", "Ân"].map { "Học Sinh \($0),4A" }
    _ = try await fixture.desk.importList(
      Array(("Họ tên,Lớp\n" + pupils.joined(separator: "\n")).utf8), skippingRefused: false,
      as: StationFixture.operation())
  }

  /// A person at a page of a station that can be killed, and started again at the same port.
  private func away(
    _ path: String, _ fixture: StationFixture,
    _ body: (
      _ page: DeskPage, _ kill: () async -> Void, _ restart: () async throws -> Void
    ) async throws -> Void
  ) async throws {
    try await Browser.open { browser in
      try await browser.setViewport(width: 1024, height: 600)
      var station = try await StationProcess.start(fixture)
      try await browser.open(path, of: station)
      do {
        try await body(DeskPage(browser: browser)) {
          await station.kill()
        } _: {
          station = try await StationProcess.start(fixture, port: station.port)
        }
      } catch {
        await station.kill()
        throw error
      }
      await station.kill()
    }
  }
}
