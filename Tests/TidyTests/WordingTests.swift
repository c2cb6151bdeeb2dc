import Testing

@Suite("The wording of the source")
struct WordingTests {
  private let tree: SourceTree

  init() throws { tree = try SourceTree.repository.get() }

  @Test(
    "has no way to stop the program on bad input",
    arguments: ["try!", "as!", "fatalError("])
  func trap(word: String) {
    report(tree.swiftFiles.flatMap { uses(of: word, in: $0) })
  }

  @Test("prints from the command alone")
  func printing() {
    report(
      tree.swiftFiles.filter { $0.target != nil && $0.target != "lienthong" }.flatMap {
        uses(of: "print(", in: $0)
      })
  }

  @Test("leaves nothing for later", arguments: ["TODO", "FIXME"])
  func unfinished(word: String) {
    report(
      tree.files.flatMap { file in
        // A string in Swift may name the word, as this test does.
        let lines = file.isSwift ? file.swift.comments : file.lines
        return lines.enumerated().filter { $1.contains(word) }.map { index, _ in
          Finding(file, line: index + 1, "says \(word)")
        }
      })
  }

  @Test("names no folder of one developer's machine", arguments: ["work", "home"])
  func machinePath(folder: String) {
    let pattern = "/\(folder)/"
    report(
      tree.files.flatMap { file in
        file.lines.enumerated().filter { $1.contains(pattern) }.map { index, _ in
          Finding(file, line: index + 1, "names a path in \(pattern)")
        }
      })
  }

  @Test("uses no pictures for words")
  func emoji() {
    report(
      tree.files.flatMap { file in
        file.lines.enumerated().filter { $1.unicodeScalars.contains(where: isEmoji) }.map {
          index, _ in Finding(file, line: index + 1, "has an emoji")
        }
      })
  }

  /// Finds a word in code, but not where it is the end of a longer one or a member's name.
  private func uses(of word: String, in file: SourceFile) -> [Finding] {
    file.swift.code.enumerated().flatMap { index, line in
      line.ranges(of: word).filter { range in
        guard let before = line[..<range.lowerBound].last else { return true }
        return !(before.isLetter || before.isNumber || before == "_" || before == ".")
      }.map { _ in Finding(file, line: index + 1, "uses \(word)") }
    }
  }

  /// Says whether a character is drawn as a picture; the first of them follows U+2300.
  private func isEmoji(_ scalar: Unicode.Scalar) -> Bool {
    let emojiPresentationSelector: Unicode.Scalar = "\u{FE0F}"
    return scalar.value > 0x2300
      && (scalar.properties.isEmojiPresentation || scalar == emojiPresentationSelector)
  }
}
