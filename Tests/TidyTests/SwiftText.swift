/// Swift source taken apart into its code and its comments, line by line.
///
/// A byte that does not belong is a space instead, so lines and columns stay where they were. The
/// text of a string belongs to neither; what is interpolated into it is code. A regular
/// expression between slashes is read as code: keep quotes and lone braces out of one.
struct SwiftText: Sendable {
  /// The lines with strings and comments blanked.
  let code: [Substring]

  /// The lines with all but the comments blanked.
  let comments: [Substring]

  init(_ source: String) {
    var scanner = SwiftTextScanner(source)
    scanner.scanCode(insideInterpolation: false)
    code = Self.lines(scanner.code)
    comments = Self.lines(scanner.comments)
  }

  private static func lines(_ bytes: [UInt8]) -> [Substring] {
    String(decoding: bytes, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
  }
}

/// Walks once over Swift source, and copies each byte to where it belongs.
private struct SwiftTextScanner {
  private(set) var code: [UInt8]
  private(set) var comments: [UInt8]
  private let source: [UInt8]
  private var position = 0

  init(_ source: String) {
    self.source = Array(source.utf8)
    let blank = self.source.map { $0 == Byte.newline ? $0 : Byte.space }
    code = blank
    comments = blank
  }

  /// Scans to the end of the source, or to the parenthesis that ends an interpolation.
  mutating func scanCode(insideInterpolation: Bool) {
    var depth = 0
    while let byte = peek() {
      if byte == Byte.slash, peek(1) == Byte.slash {
        scanLineComment()
      } else if byte == Byte.slash, peek(1) == Byte.star {
        scanBlockComment()
      } else if let opening = openingDelimiter() {
        scanString(opening)
      } else {
        if byte == Byte.openParenthesis { depth += 1 }
        if byte == Byte.closeParenthesis {
          if depth == 0, insideInterpolation { return }
          depth -= 1
        }
        code[position] = byte
        position += 1
      }
    }
  }

  private mutating func scanLineComment() {
    while let byte = peek(), byte != Byte.newline { copyComment(byte) }
  }

  /// Scans a block comment, which may hold others.
  private mutating func scanBlockComment() {
    var depth = 0
    while let byte = peek() {
      if byte == Byte.slash, peek(1) == Byte.star {
        depth += 1
        copyComment(byte)
      } else if byte == Byte.star, peek(1) == Byte.slash {
        depth -= 1
        copyComment(byte)
      }
      copyComment(source[position])
      if depth == 0 { return }
    }
  }

  private mutating func copyComment(_ byte: UInt8) {
    comments[position] = byte
    position += 1
  }

  /// The delimiter of a string literal: `"`, `"""`, or either between number signs.
  private struct Delimiter {
    let pounds: Int
    let quotes: Int
    var length: Int { pounds + quotes }
  }

  private func openingDelimiter() -> Delimiter? {
    let pounds = run(of: Byte.pound, at: position)
    guard peek(pounds) == Byte.quote else { return nil }
    let quotes = run(of: Byte.quote, at: position + pounds)
    return Delimiter(pounds: pounds, quotes: quotes >= 3 ? 3 : 1)
  }

  /// Scans a string literal; one that misses its end stops at the end of its line.
  private mutating func scanString(_ delimiter: Delimiter) {
    position += delimiter.length
    while let byte = peek() {
      if byte == Byte.quote, isClosed(by: delimiter) {
        position += delimiter.length
        return
      }
      if byte == Byte.newline, delimiter.quotes == 1 { return }
      if byte == Byte.backslash, run(of: Byte.pound, at: position + 1) >= delimiter.pounds {
        scanEscape(pounds: delimiter.pounds)
      } else {
        position += 1
      }
    }
  }

  private func isClosed(by delimiter: Delimiter) -> Bool {
    run(of: Byte.quote, at: position) >= delimiter.quotes
      && run(of: Byte.pound, at: position + delimiter.quotes) >= delimiter.pounds
  }

  private mutating func scanEscape(pounds: Int) {
    position += 1 + pounds
    guard peek() == Byte.openParenthesis else {
      position += peek() == Byte.newline ? 0 : 1
      return
    }
    position += 1
    scanCode(insideInterpolation: true)
    position += 1
  }

  private func peek(_ distance: Int = 0) -> UInt8? {
    let index = position + distance
    return index < source.count ? source[index] : nil
  }

  private func run(of byte: UInt8, at start: Int) -> Int {
    var end = start
    while end < source.count, source[end] == byte { end += 1 }
    return end - start
  }
}

/// The bytes that the scanners look for.
enum Byte {
  static let newline = UInt8(ascii: "\n")
  static let space = UInt8(ascii: " ")
  static let slash = UInt8(ascii: "/")
  static let star = UInt8(ascii: "*")
  static let pound = UInt8(ascii: "#")
  static let quote = UInt8(ascii: "\"")
  static let backslash = UInt8(ascii: "\\")
  static let openParenthesis = UInt8(ascii: "(")
  static let closeParenthesis = UInt8(ascii: ")")
}
