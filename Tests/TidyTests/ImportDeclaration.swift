/// An import as a source file writes it.
struct ImportDeclaration: Equatable, Sendable {
  let module: String
  let line: Int

  /// Finds every import of a file.
  static func all(in text: SwiftText) -> [ImportDeclaration] {
    text.code.enumerated().compactMap { index, line in
      module(importedBy: line).map { ImportDeclaration(module: $0, line: index + 1) }
    }
  }

  private static let kinds: Set<Substring> = [
    "actor", "class", "enum", "func", "let", "protocol", "struct", "typealias", "var",
  ]
  private static let accessLevels: Set<Substring> = [
    "fileprivate", "internal", "package", "private", "public",
  ]

  /// Reads a line such as `@preconcurrency package import struct NIOCore.ByteBuffer`.
  private static func module(importedBy line: Substring) -> String? {
    var words = line.split(separator: " ")[...]
    words = words.drop { $0.hasPrefix("@") || accessLevels.contains($0) }
    guard words.popFirst() == "import" else { return nil }
    if let kind = words.first, kinds.contains(kind) { words.removeFirst() }
    return words.first.map { String($0.prefix { $0 != "." && $0 != ";" }) }
  }
}
