import Desk
import Journal
import Labels
import Ledger
import Rotation
import TestSupport
import Testing

/// A stage of a rota at the page of boxes of a real station, in a real browser.
@Suite(
  "A stage of a rota at the page", .serialized,
  .enabled(if: Chromedriver.isInstalled, "needs the Debian package chromium-driver"))
struct StageJourneyTests {
  @Test("a box is opened from the task, carries its stage, and is shown what was amended")
  func stage() async throws {
    let fixture = try await StationFixture()
    try await fixture.journal.hear(of: SampleRota.storybooks(limit: 5))
    try await DeskPage.at("thung", of: fixture) { page in
      let browser = page.browser
      try await browser.waitForText("gửi TT", in: "#rota-tasks")
      try await browser.find("#rota-tasks summary").click()
      try await browser.find("#rota-tasks details > button").click()
      try await browser.waitForText("2026-TT/1", in: "#stage")
      #expect(try await Screenshots.takeAtAllSizes("stage-open", in: browser).isEmpty)
      try await Accessibility.expectNothingWrong(in: browser)
      try await browser.find("#number").type("B.TT1.0007")
      try await browser.find("#open-form button").click()
      try await browser.waitForText("đợt 2026-TT/1", in: "#box-about")
      for number in 1...2 { try await page.scan(try Printed.item("TT1.TN.0000\(number)")) }
      try await browser.waitForText("TT1.TN.00002", in: "#lines")
      // A book outside the set is noticed.
      try await page.scan(try Printed.item("TT1.SGK.00001"))
      try await page.waitForResult("refused", "không có trong đợt")
      try await browser.find("#actions button").click()
      try await page.waitForResult("ok", "Đã niêm phong")
      try await fixture.journal.hear(
        of: SampleRota.storybooks(limit: 1), revision: 2, because: "Trường bạn đủ truyện")
      try await browser.find("#leave").click()
      // The next box has another number.
      #expect(try await browser.run("return document.querySelector('#number').value").text == "")
      try await browser.waitForText("Đợt 2026-TT/1 đã sửa", in: "#rota-tasks")
      try await browser.waitForText("1 thùng, 2 cuốn", in: "#stage-minutes")
      #expect(try await Screenshots.takeAtAllSizes("stage-list", in: browser).isEmpty)
      try await Accessibility.expectNothingWrong(in: browser)
      try await browser.find("#rota-tasks li button").click()
      try await browser.waitForText("5 cuốn đổi thành 1 cuốn", in: "#box-amended")
      #expect(try await Screenshots.takeAtAllSizes("stage-amended", in: browser).isEmpty)
      try await Accessibility.expectNothingWrong(in: browser)
    }
    let record = try await fixture.desk.report(ofBox: "B.TT1.0007").summary.record
    #expect(record.stage?.description == "2026-TT/1" && record.revision == 1)
    #expect(try await fixture.journal.verify().problems == [])
  }
}
