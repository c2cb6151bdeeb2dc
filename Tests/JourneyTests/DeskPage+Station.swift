import TestSupport
import Testing

extension DeskPage {
  /// A librarian at a page of a station; afterwards it must have complained of refusals alone.
  static func at(
    _ path: String, of fixture: StationFixture, _ body: (DeskPage) async throws -> Void
  ) async throws {
    try await StationProcess.serve(fixture) { station in
      try await Browser.open { browser in
        try await browser.setViewport(width: 1024, height: 600)
        try await browser.open(path, of: station)
        _ = try await browser.waitForElement("#sign-out:not([hidden])")
        try await body(DeskPage(browser: browser))
        let complaints = try await browser.consoleMessages().filter {
          !$0.contains("409") && !$0.contains("422") && !$0.contains("/session")
            && !$0.contains("favicon")
        }
        #expect(complaints.isEmpty, "\(complaints)")
      }
    }
  }
}
