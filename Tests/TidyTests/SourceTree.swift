import Foundation

/// The repository as it lies on disk: every text file that is, or would be, committed.
struct SourceTree: Sendable {
  /// The tree that this test was built from, read once for all tests.
  static let repository = Result { try SourceTree(root: rootOfRepository) }

  let root: URL

  /// The text files, by path.
  let files: [SourceFile]

  /// The names of the folders in `Sources`, one for each target.
  let targets: [String]

  /// Reads every text file below a folder, except what a build or a run leaves there.
  init(root: URL) throws {
    self.root = root
    var files: [SourceFile] = []
    for path in try Self.paths(below: root) {
      let data = try Data(contentsOf: root.appending(path: path))
      if let text = String(validating: data, as: UTF8.self), !data.contains(0) {
        files.append(SourceFile(path: path, text: text))
      }
    }
    self.files = files.sorted { $0.path < $1.path }
    targets = Set(files.compactMap(\.target)).sorted()
    // Over an empty folder every rule would seem to be kept.
    if targets.isEmpty { throw MissingFile(path: "Sources") }
  }

  /// What the rules are about is not there.
  struct MissingFile: Error {
    let path: String
  }

  /// Every file written in Swift.
  var swiftFiles: [SourceFile] { files.filter(\.isSwift) }

  /// Returns the text file at a path from the root.
  func file(_ path: String) throws -> SourceFile {
    guard let file = files.first(where: { $0.path == path }) else { throw MissingFile(path: path) }
    return file
  }

  /// Says whether there is a file or folder at a path from the root.
  func contains(_ path: String) -> Bool {
    FileManager.default.fileExists(atPath: root.appending(path: path).path)
  }

  private static let rootOfRepository = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  /// What `.gitignore` names, and git's own folder; a name ending in `*` stands for a prefix.
  private static let ignored = [".git", ".build*", ".swiftpm", ".lienthong", "Package.resolved"]

  private static func isIgnored(_ name: String) -> Bool {
    ignored.contains { pattern in
      pattern.hasSuffix("*") ? name.hasPrefix(pattern.dropLast()) : name == pattern
    }
  }

  private static func paths(below root: URL, folder: String = "") throws -> [String] {
    let url = root.appending(path: folder)
    let keys: [URLResourceKey] = [.isDirectoryKey, .isRegularFileKey]
    let entries = try FileManager.default.contentsOfDirectory(
      at: url, includingPropertiesForKeys: keys)
    return try entries.flatMap { entry -> [String] in
      let name = entry.lastPathComponent
      if isIgnored(name) { return [] }
      let path = folder.isEmpty ? name : "\(folder)/\(name)"
      let values = try entry.resourceValues(forKeys: Set(keys))
      if values.isDirectory == true { return try paths(below: root, folder: path) }
      return values.isRegularFile == true ? [path] : []
    }
  }
}

/// A text file of the repository.
struct SourceFile: Sendable {
  /// The path from the repository's root, such as `Sources/Labels/Label.swift`.
  let path: String

  let text: String

  /// The lines, without their breaks; a break at the very end begins no further line.
  let lines: [Substring]

  /// The code and the comments apart, where the file is written in Swift.
  let swift: SwiftText

  init(path: String, text: String) {
    self.path = path
    self.text = text
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    if lines.last?.isEmpty == true { lines.removeLast() }
    self.lines = lines
    swift = SwiftText(path.hasSuffix(".swift") ? text : "")
  }

  var isSwift: Bool { path.hasSuffix(".swift") }

  /// Says whether the file's first line hands it to a shell.
  var isShellScript: Bool {
    guard let first = lines.first, first.hasPrefix("#!") else { return false }
    return first.hasSuffix("bash") || first.hasSuffix("/sh")
  }

  /// The target that the file belongs to, by its folder in `Sources`.
  var target: String? {
    let parts = path.split(separator: "/")
    return parts.count > 2 && parts[0] == "Sources" ? String(parts[1]) : nil
  }

  /// Says whether the path is one of these, or lies in one of them that ends in a slash.
  func isIn(_ places: [String]) -> Bool {
    places.contains { $0.hasSuffix("/") ? path.hasPrefix($0) : path == $0 }
  }
}
