import Desk
import Exchange
import Journal
import Labels
import Ledger
import Rotation
import StationServer
import TestSupport
import Testing

/// Slips that must not be taken, at the page of boxes of a real station, in a real browser.
@Suite(
  "A wrong slip at the page", .serialized,
  .enabled(if: Chromedriver.isInstalled, "needs the Debian package chromium-driver"))
struct WrongSlipJourneyTests {
  @Test("is refused with its reason: forged, of another group, and old")
  func refused() async throws {
    let fixture = try await StationFixture()
    let group = SlipGroup()
    let key = try group.key(of: LibraryCode("TT"))
    let sender = try await BoxSite("TT", key: key, in: group)
    try await SlipKeys(journal: fixture.journal).trust(key.verifyingKey, of: sender.library)
    // Somebody with a key of their own says that they are TT.
    let forger = try await BoxSite("TT", key: SigningKey(), in: SlipGroup())
    let stranger = try await BoxSite("TT9", key: SigningKey(), in: SlipGroup())
    let forged = try await forger.send([forger.item(1)], in: forger.box(3), to: "TT1")
    let foreign = try await stranger.send([stranger.item(1)], in: stranger.box(), to: "TT1")
    let old = try await sender.send([sender.item(2)], in: sender.box(), to: "TT1")
    try await DeskPage.at("thung", of: fixture) { page in
      let browser = page.browser
      for code in forged { try await page.scan(code) }
      try await page.waitForResult("refused", "Chữ ký trên phiếu không phải của thư viện TT")
      #expect(try await Screenshots.takeAtAllSizes("slip-forged", in: browser).isEmpty)
      try await Accessibility.expectNothingWrong(in: browser)
      for code in foreign { try await page.scan(code) }
      try await page.waitForResult("refused", "thư viện TT9, không thuộc nhóm này")
      #expect(try await Screenshots.takeAtAllSizes("slip-foreign", in: browser).isEmpty)

      // The right one is taken after them, and refused once its box has been received.
      for code in old { try await page.scan(code) }
      try await page.waitForResult("ok", "Phiếu đúng chữ ký")
      try await page.scan(try sender.item(2).label)
      try await browser.waitForText("1", in: "#counts dd")
      try await browser.find("#actions button").click()
      try await browser.waitForElement("#actions .warning").click()
      try await page.waitForResult("ok", "Đã nhận xong")
      try await browser.find("#leave").click()
      for code in old { try await page.scan(code) }
      try await page.waitForResult("refused", "Phiếu cũ của thùng B.TT.0001")
      #expect(try await Screenshots.takeAtAllSizes("slip-old", in: browser).isEmpty)
      try await Accessibility.expectNothingWrong(in: browser)
    }
    // Of the wrong ones nothing was recorded.
    #expect(try await fixture.desk.boxes().map(\.record.box.number.text) == ["B.TT.0001"])
    #expect(try await fixture.journal.verify().problems == [])
  }
}
