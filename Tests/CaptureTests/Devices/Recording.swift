import Foundation

@testable import Capture

/// What `lienthong devices watch --raw` printed: milliseconds, type, code and value in each line.
enum Recording {
  /// A line that is no event.
  struct BadLine: Error {
    let text: Substring
  }

  static func events(_ name: String) throws -> [KeyEvent] {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    let file = folder.appending(path: "Recordings/\(name).txt")
    return try String(contentsOf: file, encoding: .utf8).split(separator: "\n").map { line in
      let numbers = line.split(separator: " ").compactMap { Int64($0) }
      guard numbers.count == 4 else { throw BadLine(text: line) }
      return KeyEvent(
        type: UInt16(numbers[1]), code: UInt16(numbers[2]), value: Int32(numbers[3]),
        milliseconds: numbers[0])
    }
  }
}
