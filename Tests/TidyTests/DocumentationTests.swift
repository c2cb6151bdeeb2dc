import Testing

@Suite("The documentation")
struct DocumentationTests {
  private let tree: SourceTree

  init() throws { tree = try SourceTree.repository.get() }

  @Test("has a DocC catalogue in every target that is written in Swift")
  func catalogues() {
    let targets = Set(tree.swiftFiles.compactMap(\.target)).sorted()
    let articles = targets.map { "Sources/\($0)/\($0).docc/\($0).md" }
    report(articles.filter { !tree.contains($0) }.map { Finding($0, "is missing") })
  }

  @Test("has a comment for every type that another target may use")
  func types() {
    var findings: [Finding] = []
    for file in tree.swiftFiles {
      for (index, line) in file.swift.code.enumerated() {
        guard let name = SharedType.name(declaredBy: line) else { continue }
        if !SharedType.hasComment(above: index, in: file) {
          findings.append(Finding(file, line: index + 1, "\(name) lacks a doc comment"))
        }
      }
    }
    report(findings)
  }

  @Test("names only files in README.md that exist")
  func links() throws {
    let readme = try tree.file("README.md")
    var findings: [Finding] = []
    for (index, line) in readme.lines.enumerated() {
      for path in MarkdownPaths.all(in: line) where !tree.contains(path) {
        findings.append(Finding(readme, line: index + 1, "names \(path), which does not exist"))
      }
    }
    report(findings)
  }

  @Test("explains every target and every command of make in README.md")
  func coverage() throws {
    let readme = try tree.file("README.md")
    let makefile = try tree.file("Makefile")
    let commands = makefile.lines.filter { $0.contains(": ") && $0.contains(" ## ") }
      .map { $0.prefix { $0 != ":" } }
      .filter { $0 != "help" && $0.allSatisfy(\.isLetter) }
    #expect(commands.contains("run") && commands.contains("test"))
    let words = tree.targets.map { "`\($0)`" } + commands.map { "`make \($0)`" }
    report(
      words.filter { !readme.text.contains($0) }.map { Finding(readme, "does not name \($0)") })
  }
}

/// A type that other targets see, by its `package` or `public`.
private enum SharedType {
  private static let accessLevels: Set<Substring> = ["package", "public"]
  private static let modifiers: Set<Substring> = [
    "final", "indirect", "nonisolated", "distributed",
  ]
  private static let kinds: Set<Substring> = [
    "actor", "class", "enum", "protocol", "struct", "typealias",
  ]

  /// Reads a line such as `package final class Camera: Sendable {`.
  static func name(declaredBy line: Substring) -> Substring? {
    var words = line.split(separator: " ")[...]
    words = words.drop { $0.hasPrefix("@") }
    guard let access = words.popFirst(), accessLevels.contains(access) else { return nil }
    words = words.drop { modifiers.contains($0) }
    guard let kind = words.popFirst(), kinds.contains(kind) else { return nil }
    return words.first?.prefix { $0.isLetter || $0.isNumber || $0 == "_" }
  }

  /// Looks for a doc comment right above a declaration, past its attributes.
  static func hasComment(above line: Int, in file: SourceFile) -> Bool {
    let above = file.lines[..<line].reversed().lazy.map { $0.drop { $0 == " " } }
    return above.first { !$0.hasPrefix("@") && !$0.hasPrefix(")") }?.hasPrefix("///") == true
  }
}

/// The paths in a line of Markdown: the ends of links, and words such as `Devices/setup`.
private enum MarkdownPaths {
  private static let roots = ["Sources/", "Tests/", "Devices/"]

  static func all(in line: Substring) -> [String] {
    linked(in: line) + quoted(in: line)
  }

  private static func linked(in line: Substring) -> [String] {
    line.ranges(of: "](").compactMap { range in
      let end = line[range.upperBound...].prefix { $0 != ")" && $0 != "#" && $0 != " " }
      return end.isEmpty || end.contains("://") ? nil : String(end)
    }
  }

  private static func quoted(in line: Substring) -> [String] {
    let parts = line.split(separator: "`", omittingEmptySubsequences: false)
    return parts.indices.filter { $0 % 2 == 1 }.compactMap { index in
      let word = parts[index].prefix { $0 != " " }
      return roots.contains { word.hasPrefix($0) } ? String(word) : nil
    }
  }
}
