import Desk
import Labels
import TestSupport
import Testing

@testable import StationServer

/// What holds for every page of the station, whichever is added.
@Suite(
  "Every page", .serialized,
  .enabled(if: Chromedriver.isInstalled, "needs the Debian package chromium-driver"))
struct EveryPageTests {
  /// A kiosk of 1024×600 at 200%, and a window at 400%: WCAG 1.4.4 and 1.4.10.
  private static let zooms = [
    (name: "200%", width: 512, height: 300), (name: "400%", width: 320, height: 256),
  ]

  @Test(
    "has names, roles, room and contrast, and fits every window, in both languages",
    arguments: Page.all.map(\.name))
  func accessible(name: String) async throws {
    let page = try #require(Page.all.first { $0.name == name })
    try await open { station, browser in
      for language in Language.allCases {
        try await browser.setViewport(width: 1_024, height: 600)
        try await show(page, in: language, of: station, browser)
        try await Accessibility.expectNothingWrong(in: browser)
        let file = "page-\(name)-\(language.rawValue)"
        #expect(try await Screenshots.takeAtAllSizes(file, in: browser) == [])
        try await browser.find(".menu summary").click()
        try await Accessibility.expectNothingWrong(in: browser)
      }
    }
  }

  @Test("is used at 200% and by keys alone", arguments: Page.all.map(\.name))
  func zoomed(name: String) async throws {
    let page = try #require(Page.all.first { $0.name == name })
    try await open { station, browser in
      for zoom in Self.zooms {
        try await browser.setViewport(width: zoom.width, height: zoom.height)
        try await show(page, in: .vietnamese, of: station, browser)
        let overflow = try await browser.run(
          "return document.documentElement.scrollWidth - window.innerWidth")
        #expect(overflow.number ?? 1 <= 0, "sticks out at \(zoom.name)")
        #expect(try await KeyboardWalk.problems(in: browser) == [], "at \(zoom.name)")
        try await Screenshots.take("page-\(name)-\(zoom.width)x\(zoom.height)", in: browser)
      }
    }
  }

  @Test("a long way through the pages and back uses up no connection")
  func manyPages() async throws {
    try await open { station, browser in
      for _ in 0..<2 {
        for page in Page.all { try await show(page, in: .vietnamese, of: station, browser) }
      }
      // Before each page stands the address at which its cookie was set.
      for _ in 0..<4 { _ = try await browser.send(.post, "/back") }
      try await browser.waitForText("sẵn sàng", in: "#strip-station")
    }
  }

  private func show(
    _ page: Page, in language: Language, of station: StationProcess, _ browser: Browser
  ) async throws {
    try await browser.open("\(page.paths[0].dropFirst())?lang=\(language.rawValue)", of: station)
    let ready = language == .vietnamese ? "sẵn sàng" : "ready"
    try await browser.waitForText(ready, in: "#strip-station")
  }

  private func open(
    _ body: (StationProcess, Browser) async throws -> Void
  ) async throws {
    let fixture = try await StationFixture()
    try await fixture.perform(
      .checkout(
        item: try Printed.item("TT1.TN.00005"), card: try Printed.card(1), overrideReason: nil))
    try await fixture.desk.save(
      set: "SGK-3", name: "Sách giáo khoa lớp 3", records: ["TT.2"],
      as: StationFixture.operation())
    try await StationProcess.serve(fixture) { station in
      try await Browser.open { browser in
        try await body(station, browser)
        #expect(try await browser.consoleMessages() == [])
      }
    }
  }
}
