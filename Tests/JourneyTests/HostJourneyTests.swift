import Circulation
import Credentials
import Exchange
import Foundation
import Labels
import Ledger
import Registry
import Rotation
import TestSupport
import Testing

/// The coordinator's way through the host's pages, in a real browser at a real host.
@Suite(
  "At the host's pages", .serialized,
  .enabled(if: Chromedriver.isInstalled, "needs the Debian package chromium-driver"))
struct HostJourneyTests {
  private static let password = "chim-bo-cau-7"
  private static let paths = [
    ("overview", ""), ("conflicts", "viec-can-xem"),
    ("conflict", "viec-can-xem/TT-1/1/1/on-loan-twice"), ("items", "sach?tim=de+men"),
    ("quarantine", "de-rieng"), ("quarantined", "de-rieng/TT2-1/1"),
    ("catalogue", "tra-cuu?tim=de+men"),
    ("reports", "thong-ke"), ("term", "doi-chieu?ky=2026-2027/1"),
    ("term-pair", "doi-chieu?ky=2026-2027/1&a=TT&b=TT1"), ("group", "nhom"),
    ("policy", "quy-dinh"), ("audit", "nhat-ky"),
    ("accounts", "tai-khoan"),
  ]

  @Test("every page has names, room and contrast, and fits every window, in both languages")
  func pages() async throws {
    try await serve { address, browser in
      try await signIn(at: address, browser)
      for language in Language.allCases {
        for (name, path) in Self.paths {
          let mark = path.contains("?") ? "&" : "?"
          try await browser.go(to: "\(address)/\(path)\(mark)lang=\(language.rawValue)")
          try await Accessibility.expectNothingWrong(in: browser)
          let wide = try await Screenshots.takeAtAllSizes(
            "host-\(name)-\(language.rawValue)", in: browser)
          #expect(wide == [], "\(name)")
          #expect(try await KeyboardWalk.problems(in: browser) == [], "\(name)")
        }
      }
    }
  }

  @Test("a coordinator is led to the sign-in, decides a conflict, takes it back, and signs out")
  func decide() async throws {
    try await serve { address, browser in
      try await browser.go(to: "\(address)/viec-can-xem")
      #expect(try await browser.address().hasSuffix("/dang-nhap?tiep=/viec-can-xem"))
      try await Accessibility.expectNothingWrong(in: browser)
      #expect(try await Screenshots.takeAtAllSizes("host-signin", in: browser) == [])
      try await browser.find("#name").type("dieu-phoi")
      try await browser.find("#password").type("sai-mat-khau\n")
      try await browser.waitForText("không đúng", in: ".problem")
      try await Screenshots.take("host-signin-wrong-1024x600", in: browser)
      try await browser.find("#name").type("dieu-phoi")
      try await browser.find("#password").type(Self.password + "\n")
      try await browser.waitForText("Cho mượn ở hai nơi", in: ".conflicts")
      try await browser.go(to: "\(address)/viec-can-xem/TT-1/1/1/on-loan-twice")
      try await browser.find("[value=dismissed]").click()
      try await browser.waitForText("Hãy viết lý do", in: ".problem")
      try await browser.find("[value=books-hold]").click()
      try await browser.waitForText("Theo sổ trước đó", in: ".decisions")
      try await Screenshots.take("host-decided-1024x600", in: browser)
      try await browser.find("[value=reopened]").click()
      try await browser.waitForText("Mở lại", in: ".decisions")
      try await browser.find(".top button").click()
      try await browser.waitForText("Quên mật khẩu", in: "main")
      try await browser.go(to: "\(address)/nhat-ky")
      #expect(try await browser.address().contains("/dang-nhap"))
    }
  }

  private func signIn(at address: String, _ browser: Browser) async throws {
    try await browser.go(to: "\(address)/dang-nhap")
    try await browser.find("#name").type("dieu-phoi")
    try await browser.find("#password").type(Self.password + "\n")
    try await browser.waitForText("Các trạm", in: "main")
  }

  /// A host of two libraries with loans, readings, conflicts, papers and people.
  private func host() async throws -> HostFixture {
    let fixture = try HostFixture()
    // Nothing that the program signs is looked at, so any key will do.
    let key = FileManager.default.createFile(
      atPath: fixture.folder.signingKey, contents: Data(repeating: 7, count: 32),
      attributes: [.posixPermissions: 0o600])
    #expect(key)
    // The host's clock runs: the pages are served by the built program.
    let registry = GroupRegistry(store: fixture.store, key: fixture.key)
    try await registry.setAccount(
      HostAccount(name: try AccountName("dieu-phoi"), role: .coordinator),
      password: Self.password)
    let (maker, other) = (try FactMaker("TT1"), try FactMaker("TT"))
    let items = try (1...12).map { try maker.item($0) }
    var home = try StationChain(of: "TT1")
    home.record([maker.description()] + items.map { maker.registration($0) })
    home.record(items.prefix(6).map { maker.checkout($0) } + [maker.reading(25)])
    var away = try StationChain(of: "TT")
    away.record([other.checkout(items[0]), other.checkout(try other.item(7)), other.reading(9)])
    try endTerm(&home, &away, items)
    for chain in [home, away] {
      try await registry.enrol(chain.enrolment)
      let told = StationContact(
        wallMilliseconds: Int64(Date().timeIntervalSince1970 * 1_000) + 300_000,
        monotonicMilliseconds: 90_000, boot: 0xB007, head: 30, roundTripMilliseconds: 40)
      _ = try await registry.apply(chain.sealed(), contact: told)
      try await registry.setMember(
        MemberChange(
          library: chain.station.library, name: "Trường Tiểu học \(chain.station.library)",
          shares: [.records, .items], audience: .everybody))
    }
    try await keepAside(at: registry)
    try await registry.publish(
      PolicyDocument(.standard, calendar: .standard(for: SchoolYear(start: 2026))),
      by: "dieu-phoi")
    try await registry.writeAgreement(
      title: "Thỏa thuận liên thông 2026–2027",
      body:
        "Điều 1. Các thư viện cùng dùng chung biểu ghi.\nĐiều 2. Sách luân chuyển theo kế hoạch.",
      inForce: SchoolDay(number: 20_697), by: "dieu-phoi")
    return fixture
  }

  /// A box of four books goes from one library to the other, where three of them come; the first
  /// closes its term and states that a book is missing.
  private func endTerm(
    _ home: inout StationChain, _ away: inout StationChain, _ items: [ItemID]
  ) throws {
    let box = try BoxNumber(library: home.station.library, serial: 1)
    let (from, to) = (home.station.library, away.station.library)
    let route = BoxRoute(step: BoxStep(box: box, seal: 0), from: from, to: to)
    home.record([.box(.opened(route))])
    home.record(
      items[6..<10].map {
        .box(.packed(ItemMove(item: $0, from: .shelf(from), to: .box(box), seen: 1)))
      })
    away.record(
      items[6..<9].map {
        let move = ItemMove(item: $0, from: .box(box), to: .shelf(to), seen: 2)
        return .box(.received(BoxFinding(step: route.step, move: move, condition: .good)))
      })
    let term = try #require(Term("2026-2027/1"))
    try home.close(
      term, headings: [.onLoan: 6],
      open: [TermStatement.Open(items[10], .missing, since: term, at: from)])
  }

  /// A station whose key was revoked before its last events came.
  private func keepAside(at registry: GroupRegistry) async throws {
    let third = try FactMaker("TT2")
    var chain = try StationChain(of: "TT2")
    chain.record([third.description(), third.registration(try third.item(1)), third.reading(3)])
    try await registry.enrol(chain.enrolment)
    _ = try await registry.apply(chain.sealed(0..<1))
    _ = try await registry.revoke(chain.station)
    await #expect(throws: ExchangeError.self) { try await registry.apply(chain.sealed()) }
  }

  @Test("a coordinator takes what was kept aside into the books, after a reason")
  func release() async throws {
    try await serve { address, browser in
      try await signIn(at: address, browser)
      try await browser.go(to: "\(address)/de-rieng/TT2-1/1")
      try await browser.waitForText("đăng ký TT2.TN.00001", in: "main")
      try await browser.find("li:last-child [name=event]").click()
      try await browser.find("#reason").type("Thủ thư xác nhận.")
      try await browser.find("[value=released]").click()
      try await browser.waitForText("Đã ghi vào sổ", in: ".decisions")
      try await Screenshots.take("host-released-1024x600", in: browser)
    }
  }

  @Test("the auditor sees what a term was closed with, and what has come since")
  func closedTerm() async throws {
    try await serve(preparing: closeTerm) { address, browser in
      try await signIn(at: address, browser)
      for language in Language.allCases {
        try await browser.go(
          to: "\(address)/doi-chieu?ky=2026-2027/1&lang=\(language.rawValue)")
        try await Accessibility.expectNothingWrong(in: browser)
        let wide = try await Screenshots.takeAtAllSizes(
          "host-term-closed-\(language.rawValue)", in: browser)
        #expect(wide == [])
        #expect(try await KeyboardWalk.problems(in: browser) == [])
      }
      for part in ["deviation", "statements"] {
        for (width, height) in [(1_024, 600), (768, 1_024), (390, 844)] {
          try await browser.setViewport(width: width, height: height)
          try await browser.go(to: "\(address)/doi-chieu?ky=2026-2027/1&lang=vi#\(part)")
          try await Screenshots.take("host-term-\(part)-\(width)x\(height)", in: browser)
        }
      }
      try await browser.go(to: "\(address)/doi-chieu?ky=2026-2027/1&lang=en")
      try await browser.waitForText("now: Trường Tiểu học TT4 ← Trường Tiểu học TT4", in: "main")
      try await browser.waitForText("TT-1): its key was revoked", in: "main")
    }
  }

  /// Nobody is waited for once a key is revoked, so the term is closed some time after its end;
  /// then a library comes that was there all the time, and one that began later.
  private func closeTerm(at fixture: HostFixture) async throws {
    let (term, registry) = (try #require(Term("2026-2027/1")), fixture.registry)
    _ = try await registry.revoke(StationID(library: LibraryCode("TT")))
    let inMay = GroupRegistry(
      store: fixture.store, key: SigningKey(), nowMilliseconds: { 1_810_000_000_000 })
    #expect(try await inMay.reconciliation(of: term).closingHash != nil)
    for (library, wall) in [("TT4", nil), ("TT5", 1_803_000_000_000 as Int64?)] {
      let maker = try FactMaker(library)
      var chain = try StationChain(of: library)
      chain.record([maker.registration(try maker.item(1))], atWall: wall)
      try await registry.enrol(chain.enrolment)
      _ = try await registry.apply(chain.sealed())
    }
  }

  private func serve(
    preparing prepare: (HostFixture) async throws -> Void = { _ in },
    _ body: (String, Browser) async throws -> Void
  ) async throws {
    let fixture = try await host()
    try await prepare(fixture)
    let server = try await ServingProcess(
      ["host", "run", "--data", fixture.folder.path, "--port", "0"])
    do {
      try await Browser.open { browser in
        try await browser.setViewport(width: 1_024, height: 600)
        try await body(server.address, browser)
        let complaints = try await browser.consoleMessages()
          .filter { !$0.contains("status of 4") }
        #expect(complaints == [])
      }
    } catch {
      await server.kill()
      throw error
    }
    #expect(await server.stop() == 0)
  }
}
