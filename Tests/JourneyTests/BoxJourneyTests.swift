import Desk
import Exchange
import Foundation
import Journal
import Labels
import Ledger
import Rotation
import StationServer
import TestSupport
import Testing

/// Boxes at the page of a real station, in a real browser.
@Suite(
  "Boxes", .serialized,
  .enabled(if: Chromedriver.isInstalled, "needs the Debian package chromium-driver"))
struct BoxJourneyTests {
  private func box(_ text: String) throws -> String { try BoxNumber(text).label }

  @Test("a box is opened, packed with a warning, sealed and sent at the page")
  func packing() async throws {
    let fixture = try await StationFixture()
    try await fixture.perform(.reportLost(item: try Printed.item("TT1.TN.00003")))
    try await DeskPage.at("thung", of: fixture) { page in
      let browser = page.browser
      try await page.scan(try box("B.TT1.0007"))
      try await page.waitForResult("info", "Thùng mới")
      try await browser.find("#destination").type("TT")
      try await browser.find("#open-form button").click()
      try await browser.waitForText("đang mở", in: "#box-about")
      for number in 1...2 { try await page.scan(try Printed.item("TT1.TN.0000\(number)")) }
      try await browser.waitForText("TT1.TN.00002", in: "#lines")
      try await page.scan(try Printed.item("TT1.TN.00003"))
      try await page.waitForResult("refused", "đang ghi là mất")
      #expect(try await Screenshots.takeAtAllSizes("box-warning", in: browser).isEmpty)
      try await Accessibility.expectNothingWrong(in: browser)
      try await browser.find("#result-more button").click()
      try await browser.waitForText("3", in: "#counts dd")
      #expect(try await Screenshots.takeAtAllSizes("box-pack", in: browser).isEmpty)
      try await Accessibility.expectNothingWrong(in: browser)
      try await browser.find("#actions button").click()
      try await page.waitForResult("ok", "Đã niêm phong")
      #expect(try await Screenshots.takeAtAllSizes("box-sealed", in: browser).isEmpty)
      try await browser.find("#actions button").click()
      try await page.waitForResult("ok", "Đã gửi thùng")
    }
    let report = try await fixture.desk.report(ofBox: "B.TT1.0007")
    #expect(report.items.count == 3 && report.summary.record.box.state == .dispatched)
    #expect(try await fixture.journal.verify().problems == [])
  }

  @Test("a box is received at the page: its label, the codes of its slip, its books, the receipt")
  func receiving() async throws {
    let fixture = try await StationFixture()
    let group = SlipGroup()
    let key = try group.key(of: LibraryCode("TT"))
    let sender = try await BoxSite("TT", key: key, in: group)
    try await SlipKeys(journal: fixture.journal).trust(key.verifyingKey, of: sender.library)
    let items = try (2...6).map { try sender.item($0) }
    let codes = try await sender.send(items, in: sender.box(), to: "TT1")
    try await DeskPage.at("thung", of: fixture) { page in
      let browser = page.browser
      try await page.scan(try sender.box())
      try await page.waitForResult("info", "vừa được đưa đến")
      try await browser.find("#result-more button").click()
      try await browser.waitForText("từ TT đến TT1", in: "#box-about")
      for code in codes { try await page.scan(code) }
      try await page.waitForResult("ok", "Phiếu đúng chữ ký")
      for item in items.dropLast() { try await page.scan(item.label) }
      try await page.scan(try Printed.item("TT1.TN.00001"))
      try await browser.waitForText("5", in: "#counts dd")
      #expect(try await Screenshots.takeAtAllSizes("box-receive", in: browser).isEmpty)
      try await Accessibility.expectNothingWrong(in: browser)
      try await browser.find("#actions button").click()
      try await browser.waitForText("TT.TN.00006 · Thiếu", in: "#lines")
      #expect(try await Screenshots.takeAtAllSizes("box-check", in: browser).isEmpty)
      try await Accessibility.expectNothingWrong(in: browser)
      try await browser.find("#actions .warning").click()
      try await page.waitForResult("ok", "Đã nhận xong")
    }
    let receipt = try await fixture.desk.report(ofBox: "B.TT.0001").summary.record.receipt
    #expect(receipt?.counts == [.agreed: 4, .missing: 1, .extra: 1])
    #expect(try await fixture.journal.verify().problems == [])
  }
}
