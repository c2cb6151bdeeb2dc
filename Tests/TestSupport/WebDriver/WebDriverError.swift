/// Why a page could not be driven.
package enum WebDriverError: Error, CustomStringConvertible {
  /// chromedriver isn't there or can't be started.
  case notInstalled(path: String, reason: String)
  /// chromedriver was started and then said nothing of a port.
  case didNotStart(output: String)
  /// chromedriver doesn't answer, or not as the standard says.
  case noAnswer(command: String, reason: String)
  /// chromedriver refused a command; `error` is a code of the W3C standard.
  case refused(command: String, error: String, message: String)
  /// A condition wasn't met in time.
  case timedOut(waitingFor: String, seconds: Double)
  /// A file for the page, or one with a picture of it, can't be read or written.
  case file(path: String, reason: String)

  package var description: String {
    switch self {
    case .notInstalled(let path, let reason):
      "\(path) can't be started (\(reason)); install chromium and chromium-driver."
    case .didNotStart(let output): "chromedriver named no port. It said: \(output)"
    case .noAnswer(let command, let reason): "\(command): no usable answer: \(reason)"
    case .refused(let command, let error, let message): "\(command): \(error): \(message)"
    case .timedOut(let what, let seconds): "Waited \(seconds) s in vain for \(what)."
    case .file(let path, let reason): "\(path): \(reason)"
    }
  }

  /// Whether an element isn't there, or not any more: a page that is still being made.
  package var isAboutAMissingElement: Bool {
    guard case .refused(_, let error, _) = self else { return false }
    return ["no such element", "stale element reference", "element not interactable"]
      .contains(error)
  }
}
