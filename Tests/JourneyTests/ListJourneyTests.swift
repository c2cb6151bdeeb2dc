import Circulation
import Desk
import Foundation
import Labels
import TestSupport
import Testing

/// Class lists as schools save them, at the page of a real station in a real browser.
@Suite(
  "Lists", .serialized,
  .enabled(if: Chromedriver.isInstalled, "needs the Debian package chromium-driver"))
struct ListJourneyTests {
  private func file(_ text: String, in folder: TemporaryFolder) throws -> String {
    try folder.write(Array(text.utf8), to: "danh-sach.csv").path
  }

  @Test("a list below a school's banner, its names under a merged heading, is taken whole")
  func banner() async throws {
    let fixture = try await StationFixture()
    let folder = try TemporaryFolder()
    let list = """
      TRƯỜNG TIỂU HỌC TÂN TẬP, HUYỆN CẦN GIUỘC;;;
      DANH SÁCH HỌC SINH LỚP 4A;;;

      Stt;Họ và tên;;Lớp
      1;Nguyễn Văn;An;4A
      2;Trần Thị;Bình;4A
      """
    let path = try file(list, in: folder)
    try await JourneyPage.open("danh-sach", of: fixture) { page in
      let browser = page.browser
      try await browser.find("#file").upload(path)
      try await browser.waitForText("Mọi dòng đều dùng được", in: "#message")
      try await browser.waitForText("(tên)", in: "#preview thead")
      #expect(try await !browser.find("#changes-area").isDisplayed())
      #expect(try await Screenshots.takeAtAllSizes("import-banner", in: browser) == [])
      try await browser.setViewport(width: 1_024, height: 600)
      try await browser.find("#import").click()
      try await browser.waitForText("Đã nhập 2 dòng", in: "#message")
    }
    let names = try await fixture.desk.roster(of: "4A").map(\.name)
    #expect(names == ["Nguyễn Văn An", "Trần Thị Bình"])
  }

  @Test("cards that have slipped by a row are seen before anything is recorded")
  func slippedCards() async throws {
    let fixture = try await StationFixture()
    let folder = try TemporaryFolder()
    let list = """
      Họ và tên;Lớp;Số thẻ;Đối tượng
      Trần Văn Đức;3B;\(try Printed.card(1));
      Lê Thị Mai;;\(try Printed.card(2));Giáo viên
      """
    let path = try file(list, in: folder)
    try await JourneyPage.open("danh-sach", of: fixture) { page in
      let browser = page.browser
      try await browser.find("#file").upload(path)
      try await browser.waitForText("có thẻ đã có nay mang tên khác", in: "#message")
      try await browser.waitForText("2 thẻ đã có nay mang tên khác", in: "#renamed-words")
      try await browser.waitForText("Sẽ đổi: 2 dòng", in: "#changes-heading")
      for words in [
        "Dòng 2, P.TT1.00001:", "Nguyễn Thị Hoa · 3B", "Trần Văn Đức · 3B · học sinh",
        "Lê Thị Mai · giáo viên",
      ] {
        try await browser.waitForText(words, in: "#changes")
      }
      try await Accessibility.expectNothingWrong(in: browser)
      #expect(try await Screenshots.takeAtAllSizes("import-changes", in: browser) == [])
      try await browser.setViewport(width: 1_024, height: 600)
      try await browser.find(".language").click()
      try await browser.waitForText("Choose a file", in: "#main")
    }
    let names = try await fixture.desk.roster(of: "3B").map(\.name)
    #expect(names == ["Trần Văn Đức", "Nguyễn Thị Hoa"])
  }

  @Test("of many refused and many changed rows the page says how many it shows")
  func many() async throws {
    let fixture = try await StationFixture()
    let folder = try TemporaryFolder()
    let cards = try (501...620).map { try Printed.card($0) }
    let known = cards.map { "Lê An;3A;\($0)" }.joined(separator: "\n")
    _ = try await fixture.desk.importList(
      Array("Họ tên;Lớp;Số thẻ\n\(known)".utf8), skippingRefused: false,
      as: StationFixture.operation())
    let moved = cards.map { "Lê An;4A;\($0);" }
    let refused = (0..<250).map { _ in "Lê An;4A;;1/2/18" }
    let path = try file(
      "Họ tên;Lớp;Số thẻ;Ngày sinh\n" + (moved + refused).joined(separator: "\n"), in: folder)
    try await JourneyPage.open("danh-sach", of: fixture) { page in
      let browser = page.browser
      try await browser.find("#file").upload(path)
      try await browser.waitForText("250 dòng bị từ chối", in: "#message")
      try await browser.waitForText("Chỉ hiện 200 dòng đầu trong 250", in: "#problems-first")
      try await browser.waitForText("bốn chữ số", in: "#problems")
      #expect(try await !browser.find("#changes").isDisplayed())
      try await browser.find("#changes-heading").click()
      try await browser.waitForText("Chỉ hiện 100 dòng đầu trong 120", in: "#changes-first")
      try await Accessibility.expectNothingWrong(in: browser)
      try await Screenshots.take("import-many-1024x600", in: browser)
    }
  }
}
