import Foundation

/// An element of the page that is shown.
package struct Element: Sendable {
  private let browser: Browser
  private let path: String

  /// The name under which the standard hands over an element.
  private static let key = "element-6066-11e4-a52e-4f735466cecf"

  package init(_ answer: JSONValue, in browser: Browser) throws {
    guard let id = answer[Self.key].text else {
      throw WebDriverError.noAnswer(command: "find", reason: "no element in the answer")
    }
    self.browser = browser
    path = "/element/\(id)"
  }

  /// Clicks in the middle of the element, as a person does.
  package func click() async throws {
    _ = try await browser.send(.post, path + "/click")
  }

  /// Types a text, key by key; `\n` is the Enter key.
  package func type(_ text: String) async throws {
    let keys = text.replacingOccurrences(of: "\n", with: Self.enterKey)
    _ = try await browser.send(.post, path + "/value", ["text": .string(keys)])
  }

  /// Empties a field.
  package func clear() async throws {
    _ = try await browser.send(.post, path + "/clear")
  }

  /// Gives a file to an `<input type=file>`.
  package func upload(_ path: String) async throws {
    guard FileManager.default.isReadableFile(atPath: path) else {
      throw WebDriverError.file(path: path, reason: "can't be read")
    }
    let absolute = URL(fileURLWithPath: path).path
    _ = try await browser.send(.post, self.path + "/value", ["text": .string(absolute)])
  }

  /// The text as it is seen.
  package func text() async throws -> String {
    try await browser.send(.get, path + "/text").text ?? ""
  }

  /// An attribute as the page's source has it; nothing where there is none.
  package func attribute(_ name: String) async throws -> String? {
    try await browser.send(.get, path + "/attribute/\(name)").text
  }

  /// A property of the live element, such as a field's `value`.
  package func property(_ name: String) async throws -> JSONValue {
    try await browser.send(.get, path + "/property/\(name)")
  }

  /// Whether a person can see it.
  package func isDisplayed() async throws -> Bool {
    try await browser.send(.get, path + "/displayed") == true
  }

  /// U+E007, the standard's code for Enter.
  private static let enterKey = "\u{E007}"
}
