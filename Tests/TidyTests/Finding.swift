import Testing

/// A place where a house rule is broken.
struct Finding: Sendable {
  let path: String

  /// The line, counted from 1; missing where the file as a whole is meant.
  let line: Int?

  let message: String

  init(_ path: String, line: Int? = nil, _ message: String) {
    self.path = path
    self.line = line
    self.message = message
  }

  init(_ file: SourceFile, line: Int? = nil, _ message: String) {
    self.init(file.path, line: line, message)
  }

  /// The finding as a compiler would put it, so that an editor finds the place.
  var description: String { "\(path):\(line.map { "\($0):" } ?? "") \(message)" }
}

/// Fails the test once for each finding.
func report(_ findings: [Finding], sourceLocation: SourceLocation = #_sourceLocation) {
  for finding in findings {
    Issue.record(Comment(rawValue: finding.description), sourceLocation: sourceLocation)
  }
}
