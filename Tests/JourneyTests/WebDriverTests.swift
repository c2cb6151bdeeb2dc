import Foundation
import TestSupport
import Testing

/// The page that proves the client: a form that answers at once, and one that answers later.
private let page = """
  <!doctype html><html lang="vi"><meta charset="utf-8"><title>Thử</title>
  <form id="form"><input id="scan" name="scan" placeholder="Quét mã"></form>
  <button id="slow">Chờ</button><input id="photo" type="file">
  <p id="result"></p>
  <script>
    const result = document.querySelector('#result')
    document.querySelector('#form').onsubmit = event => {
      event.preventDefault()
      result.textContent = 'Đã mượn ' + event.target.scan.value
    }
    document.querySelector('#slow').onclick = () => setTimeout(() => {
      result.innerHTML = '<b class="late">Xong</b>'
    }, 200)
    document.querySelector('#photo').onchange = event => {
      result.textContent = event.target.files[0].name + ' ' + event.target.files[0].size
    }
  </script></html>
  """

@Suite(
  "WebDriver client", .serialized,
  .enabled(if: Chromedriver.isInstalled, "needs the Debian package chromium-driver"))
struct WebDriverTests {
  /// A folder of this test's own, with the page in it.
  private func withPage(
    _ body: (_ folder: URL, _ address: String) async throws -> Void
  ) async throws {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("page-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let file = folder.appendingPathComponent("page.html")
    try Data(page.utf8).write(to: file)
    try await body(folder, "file://\(file.path)")
  }

  @Test("A page is typed into, clicked, waited for, given a file, and pictured")
  func journey() async throws {
    try await withPage { folder, address in
      let photo = folder.appendingPathComponent("photo.pgm")
      try Data("P5 1 1 255 x".utf8).write(to: photo)
      let picture = folder.appendingPathComponent("page.png")
      try await Browser.open(width: 900, height: 700) { browser in
        try await browser.go(to: address)
        #expect(try await browser.address() == address)
        let field = try await browser.find("#scan")
        #expect(try await field.attribute("placeholder") == "Quét mã")
        try await field.type("TT1.TK.00123-O\n")
        try await browser.waitForText("Đã mượn TT1.TK.00123-O", in: "#result")
        try await field.clear()
        #expect(try await field.property("value") == "")
        try await browser.find("#slow").click()
        #expect(try await browser.waitForElement(".late").text() == "Xong")
        try await browser.find("#photo").upload(photo.path)
        try await browser.waitForText("photo.pgm 12", in: "#result")
        try await browser.setWindowSize(width: 600, height: 800)
        #expect(try await browser.run("return window.outerWidth") == 600)
        #expect(try await browser.run("return arguments[0] + 1", [41]) == 42)
        #expect(try await browser.findAll(".none").isEmpty)
        #expect(try await browser.consoleMessages().isEmpty)
        try await browser.screenshot(to: picture.path)
      }
      #expect(try Data(contentsOf: picture).starts(with: [0x89, 0x50, 0x4E, 0x47]))
    }
  }

  @Test("What can't be done is a typed error, and the console's errors can be read")
  func refusals() async throws {
    try await withPage { _, address in
      try await Browser.open { browser in
        try await browser.go(to: address)
        await #expect {
          try await browser.find("#none")
        } throws: {
          ($0 as? WebDriverError)?.isAboutAMissingElement == true
        }
        await #expect {
          try await browser.waitForText("never", in: "#result", seconds: 0.2)
        } throws: {
          if case WebDriverError.timedOut = $0 { true } else { false }
        }
        await #expect {
          try await browser.find("#photo").upload("/nowhere.png")
        } throws: {
          if case WebDriverError.file = $0 { true } else { false }
        }
        try await browser.run("console.error('hỏng')")
        #expect(try await browser.consoleMessages().contains { $0.contains("hỏng") })
      }
    }
  }

  @Test("A driver that was stopped is gone")
  func stops() async throws {
    let driver = try await Chromedriver.start()
    #expect(kill(driver.processID, 0) == 0)
    await driver.stop()
    #expect(kill(driver.processID, 0) != 0)
  }

  @Test("The port is taken only when its line is whole")
  func port() {
    let line = "ChromeDriver was started successfully on port 35123.\n"
    #expect(Chromedriver.port(in: line) == 35_123)
    #expect(Chromedriver.port(in: String(line.dropLast(3))) == nil)
    #expect(Chromedriver.port(in: "Starting ChromeDriver") == nil)
  }
}
