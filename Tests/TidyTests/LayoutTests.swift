import Testing

@Suite("The layout of the source")
struct LayoutTests {
  /// What fits on a screen, and in a head.
  private enum Limit {
    static let lineLength = 100
    static let linesInBody = 60
    static let linesInFile = 500
  }

  /// Data written as Swift, where length is not a fault; a place in a folder ends in a slash.
  private static let data = [
    "Sources/lienthong/Sample/",  // titles and names of the sample group
    "Sources/StationServer/Page/",  // the kiosk page: HTML, style and script
    "Sources/HostServer/Page/",  // the host's pages
  ]

  /// What is read as code by a person: Swift, shell and make.
  private static func isCode(_ file: SourceFile) -> Bool {
    file.isSwift || file.isShellScript || file.path == "Makefile"
  }

  private let tree: SourceTree

  init() throws { tree = try SourceTree.repository.get() }

  @Test("keeps every line of code within 100 characters")
  func lineLength() {
    report(
      tree.files.filter { Self.isCode($0) && !$0.isIn(Self.data) }.flatMap { file in
        file.lines.enumerated().filter { $1.count > Limit.lineLength }.map { index, line in
          Finding(file, line: index + 1, "has \(line.count) characters")
        }
      })
  }

  @Test("keeps every function within 60 lines")
  func functionLength() {
    report(
      tree.swiftFiles.filter { !$0.isIn(Self.data) }.flatMap { file in
        FunctionBody.all(in: file.swift).filter { $0.lineCount > Limit.linesInBody }.map { body in
          Finding(file, line: body.line, "\(body.name) has \(body.lineCount) lines")
        }
      })
  }

  @Test("keeps every Swift file within 500 lines")
  func fileLength() {
    report(
      tree.swiftFiles.filter { !$0.isIn(Self.data) && $0.lines.count > Limit.linesInFile }.map {
        Finding($0, "has \($0.lines.count) lines")
      })
  }

  @Test("leaves no white space at the end of a line, and a line break at the end of a file")
  func trailingSpace() {
    var findings: [Finding] = []
    for file in tree.files {
      for (index, line) in file.lines.enumerated() where line.last?.isWhitespace == true {
        findings.append(Finding(file, line: index + 1, "ends in white space"))
      }
      if !file.text.isEmpty, !file.text.hasSuffix("\n") {
        findings.append(Finding(file, "lacks a line break at its end"))
      }
    }
    report(findings)
  }

  @Test("indents with spaces alone, but where make asks for tabs")
  func tabs() {
    report(
      tree.files.filter { $0.path != "Makefile" }.flatMap { file in
        file.lines.enumerated().filter { $1.contains("\t") }.map { index, _ in
          Finding(file, line: index + 1, "has a tab")
        }
      })
  }
}
