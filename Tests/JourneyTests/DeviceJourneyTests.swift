import Foundation
import Journal
import TestSupport
import Testing

/// Devices of a real station, at its pages in a real browser.
@Suite(
  "Devices at the page", .serialized,
  .enabled(if: Chromedriver.isInstalled, "needs the Debian package chromium-driver"))
struct DeviceJourneyTests {
  @Test("a picture that was dropped before a page was open is lent there, and its device named")
  func dropFolder() async throws {
    let fixture = try await StationFixture()
    let (folder, drawing) = (try TemporaryFolder(), try TemporaryFolder())
    let drop = folder.file("drop").path
    try await StationProcess.serve(fixture, options: ["--drop-folder", drop]) { station in
      try await put(try Printed.card(1), into: drop, by: drawing)
      try await Browser.open { browser in
        try await browser.setViewport(width: 1024, height: 600)
        try await browser.open("quay", of: station)
        try await browser.waitForText("Nguyễn Thị Hoa", in: "#patron-name")
        try await browser.waitForText("folder", in: "#scan-source")
        try await put(try Printed.item("TT1.TN.00001"), into: drop, by: drawing)
        try await browser.waitForText("Đã cho mượn", in: "#result[data-kind=ok]")
        try await browser.waitForText("(folder)", in: "#recent")
        #expect(try await Screenshots.takeAtAllSizes("device", in: browser).isEmpty)
      }
    }
    let done = try FileManager.default.contentsOfDirectory(atPath: drop + "/done")
    #expect(done.count == 2)
  }

  @Test("a device's scan is the new label while the field for it has the focus")
  func newLabel() async throws {
    let fixture = try await StationFixture()
    let (folder, drawing) = (try TemporaryFolder(), try TemporaryFolder())
    let drop = folder.file("drop").path
    try await StationProcess.serve(fixture, options: ["--drop-folder", drop]) { station in
      try await Browser.open { browser in
        try await browser.setViewport(width: 1024, height: 600)
        try await browser.open("quay", of: station)
        let page = DeskPage(browser: browser)
        try await page.scan(try Printed.item("TT1.TN.00003"))
        try await browser.waitForText("TT1.TN.00003", in: "#items")
        try await browser.find("#item-more summary").click()
        try await browser.find("#new-label").click()
        try await put("TN.00777", into: drop, by: drawing)
        try await page.waitForResult("ok", "Đã thay nhãn")
        try await browser.find("[data-mode=lend]").click()
        try await put("TN.00777", into: drop, by: drawing)
        try await browser.waitForText("TT1.TN.00003", in: "#items")
      }
    }
    #expect(try await fixture.journal.verify().problems == [])
  }

  @Test("what is wrong with a device or a profile is said at the foot of the page")
  func trouble() async throws {
    let fixture = try await StationFixture()
    let (folder, profiles) = (try TemporaryFolder(), try TemporaryFolder())
    let drop = folder.file("drop").path
    try profiles.write(Array("mode: dance".utf8), to: "broken.yaml")
    let options = ["--drop-folder", drop, "--profiles", profiles.url.path]
    try await StationProcess.serve(fixture, options: options) { station in
      try await Browser.open { browser in
        try await browser.setViewport(width: 1024, height: 600)
        try await browser.open("quay", of: station)
        _ = try await browser.waitForElement("#strip-devices[data-mood=bad]")
        try Data("no picture".utf8).write(to: URL(filePath: drop + "/bad.png"))
        try await browser.find("#strip-devices summary").click()
        try await browser.waitForText("broken.yaml: ", in: "#devices")
        try await browser.waitForText("folder: bad.png: ", in: "#devices")
        #expect(try await Screenshots.takeAtAllSizes("device-trouble", in: browser).isEmpty)
      }
    }
  }

  @Test("the printed sheet is read back code for code, as a browser shows it")
  func sheet() async throws {
    let folder = try TemporaryFolder()
    let page = folder.file("sheet.html")
    let made = try await BuiltProduct.run(["devices", "sheet", "--output", page.path])
    #expect(made.status == 0)
    let picture = folder.file("sheet.png").path
    try await Browser.open { browser in
      // An A4 page between its margins, in CSS pixels, with a printer's finer dots.
      let paper = (width: 680, height: 1_009)
      try await browser.setViewport(width: paper.width, height: paper.height, dots: 2)
      try await browser.go(to: page.absoluteString)
      let height = try await browser.run("return document.documentElement.scrollHeight").number
      #expect(try #require(height) <= Double(paper.height))
      try await browser.screenshot(to: picture)
      try await Screenshots.take("sheet", in: browser)
    }
    let read = try await BuiltProduct.run(["decode", picture])
    #expect(
      Set(read.stdout.split(separator: "\n")) == [
        "CODE-128:LT-PAIR/QWAZYM.5678", "CODE-128:TT1.TK.00123-O", "CODE-39:TK.00123",
        "Codabar:A31117013206375B", "EAN-13:9786042112345", "I2/5:31117013206375",
        "QR-Code:TT1.TK.00123-O",
      ])
  }

  /// Draws a label and moves it whole into a folder.
  private func put(_ text: String, into drop: String, by drawing: TemporaryFolder) async throws {
    let label = try await Zint.draw(text, as: .code128, in: drawing)
    let target = "\(drop)/\(UUID().uuidString).png"
    try FileManager.default.moveItem(atPath: label.path, toPath: target)
  }
}
