import Desk
import Exchange
import Foundation
import Journal
import Labels
import Ledger
import StationServer
import TestSupport
import Testing

/// The end of a term at the page of a real station, in a real browser.
@Suite(
  "The end of a term", .serialized,
  .enabled(if: Chromedriver.isInstalled, "needs the Debian package chromium-driver"))
struct TermJourneyTests {
  /// A station that has sent a box to another school's, each knowing the other's key.
  private func schools() async throws -> (StationFixture, BoxSite, codes: [String]) {
    let fixture = try await StationFixture()
    let group = SlipGroup()
    let keys = SlipKeys(journal: fixture.journal)
    try group.trust(try keys.key().verifyingKey, of: fixture.desk.library)
    let key = try group.key(of: LibraryCode("TT"))
    try await keys.trust(key.verifyingKey, of: LibraryCode("TT"))
    let other = try await BoxSite("TT", key: key, in: group)
    var desk = fixture.desk
    desk.slipSigner = keys.signer
    let box = try BoxNumber("B.TT1.0007").label
    func perform(_ request: BoxRequest) async throws -> BoxOutcome {
      try await desk.perform(request, as: StationFixture.operation())
    }
    _ = try await perform(.open(box: box, to: "TT"))
    for number in 1...3 {
      let item = try Printed.item("TT1.TN.0000\(number)")
      _ = try await perform(.pack(item: item, box: box, despiteWarnings: false))
    }
    let sealed = try await perform(.seal(box: box))
    _ = try await perform(.send(box: box, to: nil))
    let slip = try #require(sealed.summary.record.slip)
    return (fixture, other, try BoxSite.codes(of: slip))
  }

  private func count(_ fixture: StationFixture) async throws {
    let desk = fixture.desk
    let id = try await desk.openStockTaking(of: "", as: StationFixture.operation()).id
    let items = (4...9).map { "TT1.TN.0000\($0)" } + ["TT.TN.00001", "TT1.SGK.00001"]
    for item in items {
      _ = try await desk.scanStock(
        try Printed.item(item), for: id, as: StationFixture.operation())
    }
    _ = try await desk.closeStockTaking(id, settling: [], as: StationFixture.operation())
  }

  @Test("a term is looked at, counted, closed, printed, and signed by both schools at the page")
  func whole() async throws {
    let (fixture, other, codes) = try await schools()
    try await at(fixture) { page, station in
      let browser = page.browser
      try await browser.waitForText("Chưa biết 11 cuốn", in: "#unknown")
      #expect(try await Screenshots.takeAtAllSizes("term-uncounted", in: browser).isEmpty)
      try await browser.find("#close").click()
      try await browser.waitForText("Bấm lần nữa", in: "#close")
      try await browser.find("#close").click()
      try await browser.waitForText("chưa được kiểm kê", in: "#message")
      try await count(fixture)
      try await browser.open("doi-chieu", of: station)
      try await browser.waitForText("TT1.STK.00001", in: "#open")
      #expect(try await Screenshots.takeAtAllSizes("term-open", in: browser).isEmpty)
      try await Accessibility.expectNothingWrong(in: browser)
      try await browser.find("#close").click()
      try await browser.find("#close").click()
      try await browser.waitForText("Đã chốt học kỳ", in: "#message")
      try await browser.waitForText("Thư viện TT1 đã ký", in: "#signatures")
      let file = try await fixture.desk.statementFile(of: "2026-2027/1")
      try await other.read(codes)
      try await other.receive([ItemID("TT1.TN.00001")], from: BoxNumber("B.TT1.0007").label)
      let signed = try await other.desk.takeStatement(
        file, acceptsDifferences: true, as: BoxSite.operation())
      let path = FileManager.default.temporaryDirectory
        .appending(path: "doi-chieu-\(UUID().uuidString).txt")
      try signed.file.write(to: path, atomically: true, encoding: .utf8)
      defer { try? FileManager.default.removeItem(at: path) }
      try await browser.find("#file").upload(path.path)
      try await browser.waitForText("đã có chữ ký của TT", in: "#sign-message")
      try await browser.waitForText("Thư viện TT đã ký, trừ: TT1.TN.00002", in: "#signatures")
      #expect(try await Screenshots.takeAtAllSizes("term-closed", in: browser).isEmpty)
      try await Accessibility.expectNothingWrong(in: browser)
    }
    #expect(try await fixture.journal.verify().problems == [])
  }

  @Test("another school's statement is held against what was received before it is signed")
  func signing() async throws {
    let (fixture, other, _) = try await schools()
    _ = try await other.count((1...10).map { try other.item($0) })
    _ = try await other.send(
      [other.item(1), other.item(2)], in: other.box(), to: "TT1")
    _ = try await other.desk.closeTerm("2026-2027/1", as: BoxSite.operation())
    let file = try await other.desk.statementFile(of: "2026-2027/1")
    let path = FileManager.default.temporaryDirectory
      .appending(path: "doi-chieu-\(UUID().uuidString).txt")
    try file.write(to: path, atomically: true, encoding: .utf8)
    defer { try? FileManager.default.removeItem(at: path) }
    try await at(fixture) { page, _ in
      let browser = page.browser
      try await browser.waitForText("Chưa biết", in: "#unknown")
      try await browser.find("#file").upload(path.path)
      try await browser.waitForText("2 cuốn chưa nhận được", in: "#sign-message")
      try await Screenshots.take("term-differs-1024x600", in: browser)
      try await browser.find("#sign-more button").click()
      try await browser.waitForText("Đã ký bản đối chiếu", in: "#sign-message")
      try await browser.waitForText("Lưu tệp đã ký", in: "#sign-more a")
      try await Accessibility.expectNothingWrong(in: browser)
    }
    let text = try #require(TermStatement.split(file)?.text)
    let key = SignatureKey(hash: StatementHash(of: text), library: fixture.desk.library)
    let own = try await fixture.journal.read { try $0.termRecords().signatures[key] }
    #expect(own?.exceptions.count == 2)
  }

  /// A person at the page; afterwards it must have complained of nothing.
  private func at(
    _ fixture: StationFixture, _ body: (DeskPage, StationProcess) async throws -> Void
  ) async throws {
    try await StationProcess.serve(fixture) { station in
      try await Browser.open { browser in
        try await browser.setViewport(width: 1024, height: 600)
        try await browser.open("doi-chieu", of: station)
        _ = try await browser.waitForElement("#sign-out:not([hidden])")
        try await body(DeskPage(browser: browser), station)
        let complaints = try await browser.consoleMessages().filter {
          !$0.contains("409") && !$0.contains("422") && !$0.contains("/session")
            && !$0.contains("favicon")
        }
        #expect(complaints.isEmpty, "\(complaints)")
      }
    }
  }
}
