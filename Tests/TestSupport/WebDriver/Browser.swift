import Foundation

/// A headless Chromium with one window, as a person at the kiosk has it.
///
/// ```swift
/// try await Browser.open { browser in
///   try await browser.go(to: "http://127.0.0.1:8080/")
///   try await browser.find("#scan").type("TT1.TK.00123-O\n")
///   try await browser.waitForText("Đã mượn", in: "#result")
/// }
/// ```
package struct Browser: Sendable {
  private let driver: WebDriver
  private let session: String

  /// How long `wait` waits if nothing else is asked for, in seconds.
  package static let patienceSeconds = 10.0
  private static let pollInterval = Duration.milliseconds(50)

  /// Starts a browser, lends it to `body`, and ends all its processes whatever happens.
  package static func open<Result>(
    width: Int = 1280, height: Int = 800, _ body: (Browser) async throws -> Result
  ) async throws -> Result {
    let process = try await Chromedriver.start()
    do {
      let browser = try await Browser(at: process.address, width: width, height: height)
      let result: Result
      do {
        result = try await body(browser)
      } catch {
        await browser.close()
        throw error
      }
      await browser.close()
      await process.stop()
      return result
    } catch {
      await process.stop()
      throw error
    }
  }

  private init(at address: String, width: Int, height: Int) async throws {
    let driver = WebDriver(address: address)
    // Root can't use the sandbox; the rest keeps Chromium off the network and out of /dev/shm.
    let arguments: JSONValue = [
      "--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu",
      "--disable-background-networking", "--disable-component-update", "--disable-sync",
      "--no-first-run", .string("--window-size=\(width),\(height)"),
    ]
    let capabilities: JSONValue = [
      "alwaysMatch": [
        "goog:chromeOptions": ["args": arguments], "goog:loggingPrefs": ["browser": "ALL"],
      ]
    ]
    let answer = try await driver.send(.post, "/session", ["capabilities": capabilities])
    guard let session = answer["sessionId"].text else {
      throw WebDriverError.noAnswer(command: "POST /session", reason: "no session id")
    }
    self.driver = driver
    self.session = session
  }

  /// Closes the window, which ends Chromium; one that has crashed has ended already.
  private func close() async {
    _ = try? await driver.send(.delete, "/session/\(session)")
  }

  /// Sends a command of this session; `path` is what follows its id.
  package func send(
    _ method: WebDriver.Method, _ path: String, _ parameters: JSONValue = [:]
  ) async throws -> JSONValue {
    try await driver.send(method, "/session/\(session)\(path)", parameters)
  }
}

extension Browser {
  /// Opens an address and waits until the page is loaded.
  package func go(to address: String) async throws {
    _ = try await send(.post, "/url", ["url": .string(address)])
  }

  /// Keeps a cookie, `name=value`, for the address that is shown.
  package func setCookie(_ text: String) async throws {
    let parts = text.split(separator: "=", maxSplits: 1).map(String.init)
    guard let name = parts.first, parts.count == 2 else { return }
    let cookie: JSONValue = [
      "name": .string(name), "value": .string(parts[1]), "httpOnly": true, "sameSite": "Strict",
    ]
    _ = try await send(.post, "/cookie", ["cookie": cookie])
  }

  /// Sends a command of Chromium's own protocol.
  package func tell(_ command: String, _ parameters: JSONValue = [:]) async throws {
    _ = try await send(.post, "/goog/cdp/execute", ["cmd": .string(command), "params": parameters])
  }

  /// The address of the page that is shown.
  package func address() async throws -> String {
    try await send(.get, "/url").text ?? ""
  }

  /// The first element that a CSS selector chooses; refuses with "no such element".
  package func find(_ selector: String) async throws -> Element {
    let answer = try await send(
      .post, "/element", ["using": "css selector", "value": .string(selector)])
    return try Element(answer, in: self)
  }

  /// All elements that a CSS selector chooses; none is no error.
  package func findAll(_ selector: String) async throws -> [Element] {
    let answer = try await send(
      .post, "/elements", ["using": "css selector", "value": .string(selector)])
    return try answer.elements.map { try Element($0, in: self) }
  }

  /// Runs JavaScript in the page and gives back what it returns.
  @discardableResult
  package func run(_ script: String, _ arguments: [JSONValue] = []) async throws -> JSONValue {
    try await send(
      .post, "/execute/sync", ["script": .string(script), "args": .array(arguments)])
  }

  /// What the page wrote to the console since the last call, errors of its scripts among it.
  ///
  /// Chromium asks for an icon wherever an answer is no page and names none; that is no error.
  package func consoleMessages() async throws -> [String] {
    try await send(.post, "/se/log", ["type": "browser"]).elements
      .compactMap { $0["message"].text }.filter { !$0.contains("/favicon.ico") }
  }

  /// Sets the size of the window, in CSS pixels.
  package func setWindowSize(width: Int, height: Int) async throws {
    let size: JSONValue = ["width": .number(Double(width)), "height": .number(Double(height))]
    _ = try await send(.post, "/window/rect", size)
  }

  /// Writes a picture of the visible part of the page to a PNG file.
  package func screenshot(to path: String) async throws {
    let answer = try await send(.get, "/screenshot")
    guard let png = answer.text.flatMap({ Data(base64Encoded: $0) }) else {
      throw WebDriverError.noAnswer(command: "GET /screenshot", reason: "no picture")
    }
    do {
      try png.write(to: URL(fileURLWithPath: path))
    } catch {
      throw WebDriverError.file(path: path, reason: "\(error)")
    }
  }
}

extension Browser {
  /// Asks again and again until a condition holds; an element that isn't there yet is no error.
  package func wait(
    for what: String, seconds: Double = patienceSeconds,
    until condition: () async throws -> Bool
  ) async throws {
    let deadline = ContinuousClock.now + .seconds(seconds)
    while true {
      do {
        if try await condition() { return }
      } catch let error as WebDriverError where error.isAboutAMissingElement {
        // Asked again below: the page is still being made.
      }
      guard .now < deadline else {
        throw WebDriverError.timedOut(waitingFor: what, seconds: seconds)
      }
      try await Task.sleep(for: Self.pollInterval)
    }
  }

  /// Waits until an element is there, and gives it back.
  package func waitForElement(
    _ selector: String, seconds: Double = patienceSeconds
  ) async throws -> Element {
    try await wait(for: selector, seconds: seconds) { try await !findAll(selector).isEmpty }
    return try await find(selector)
  }

  /// Waits until an element shows a text, among others.
  package func waitForText(
    _ text: String, in selector: String, seconds: Double = patienceSeconds
  ) async throws {
    try await wait(for: "“\(text)” in \(selector)", seconds: seconds) {
      try await find(selector).text().contains(text)
    }
  }
}
