import Circulation
import Foundation
import Journal
import Labels
import Ledger
import Rotation
import TestSupport
import Testing

/// What the host has told of the group, at the pages of a real station, in a real browser.
@Suite(
  "The group's news at the pages", .serialized,
  .enabled(if: Chromedriver.isInstalled, "needs the Debian package chromium-driver"))
struct GroupNewsJourneyTests {
  /// A station to which a host has told of another library's book, of a box on its way, and of a
  /// rota.
  private func station() async throws -> StationFixture {
    let fixture = try await StationFixture()
    let maker = try FactMaker("TT")
    let own = try LibraryCode("TT1")
    let title = BibliographicRecord(
      id: try #require(RecordID("TT.77")), title: "Đất rừng phương Nam", author: "Đoàn Giỏi",
      kind: .children)
    let box = try BoxNumber(library: maker.library, serial: 1)
    let rota = try RotaText.rota(
      """
      rota 2026-TT
      libraries TT TT1
      set Truyện thiếu nhi
        kinds TN
        stays
      stage 1 2026-2027/1
        send Truyện thiếu nhi from TT1 to TT up to 5
        send Truyện thiếu nhi from TT to TT1
      """)
    let contents: [FeedContent] = [
      .record(title, of: maker.library),
      .item(FeedItem(item: try maker.item(7), record: title.id, place: maker.shelf)),
      .box(
        FeedBox(
          number: box, state: .dispatched, seal: 1, from: maker.library, to: own, holder: nil)),
      .rota(PublishedRota(rota: rota, revision: 1, wallMilliseconds: 0, reason: "")),
    ]
    let checkpoint = FeedCheckpoint(lineage: 1, version: 1, sequence: 4)
    _ = try await fixture.journal.take(
      FeedRun(
        start: 0, checkpoint: checkpoint, beginsSnapshot: true, isLast: true,
        entries: contents.map(\.entry)))
    return fixture
  }

  @Test("a book of another school that is scanned at the desk has its title")
  func otherBook() async throws {
    let fixture = try await station()
    try await DeskPage.at("quay", of: fixture) { page in
      try await page.scan(try FactMaker("TT").item(7).label)
      try await page.waitForResult("refused", "Sách của thư viện TT")
      try await page.browser.waitForText("Đất rừng phương Nam", in: "#result-title")
      #expect(try await Screenshots.takeAtAllSizes("desk-elsewhere", in: page.browser).isEmpty)
      try await Accessibility.expectNothingWrong(in: page.browser)
    }
  }

  @Test("a box on its way and the rota stand on the page of boxes")
  func boxesAndRota() async throws {
    let fixture = try await station()
    try await DeskPage.at("thung", of: fixture) { page in
      let browser = page.browser
      try await browser.waitForText("B.TT.0001", in: "#coming")
      try await browser.waitForText("“Truyện thiếu nhi” gửi TT", in: "#rota-tasks")
      try await browser.waitForText("“Truyện thiếu nhi” từ TT", in: "#rota-tasks")
      #expect(try await Screenshots.takeAtAllSizes("box-coming", in: browser).isEmpty)
      try await Accessibility.expectNothingWrong(in: browser)
      try await browser.find("#rota-tasks summary").click()
      try await browser.waitForText("TT1.TN.00001", in: "#rota-tasks")
      #expect(try await Screenshots.takeAtAllSizes("box-rota", in: browser).isEmpty)
      try await Accessibility.expectNothingWrong(in: browser)
      try await browser.find("#coming button").click()
      try await page.waitForResult("info", "vừa được đưa đến")
    }
  }
}
