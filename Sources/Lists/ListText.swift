/// The text of a file that a school's programs have saved.
package enum ListText {
  /// Decodes UTF-8 with or without its mark, and UTF-16 with one.
  ///
  /// Bytes that are no text leave U+FFFD, so that the row they are in is refused and shown.
  package static func decode(_ bytes: [UInt8]) throws(ListError) -> String {
    guard bytes.count <= ListLimits.bytes else { throw .tooLarge(limitBytes: ListLimits.bytes) }
    if bytes.starts(with: [0xFF, 0xFE]) {
      return String(decoding: units(bytes.dropFirst(2), lowFirst: true), as: UTF16.self)
    }
    if bytes.starts(with: [0xFE, 0xFF]) {
      return String(decoding: units(bytes.dropFirst(2), lowFirst: false), as: UTF16.self)
    }
    let text = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes.dropFirst(3) : bytes[...]
    // A text has no NUL; a workbook, a picture and UTF-16 without its mark do.
    guard !text.contains(0) else { throw .notText }
    return String(decoding: text, as: UTF8.self)
  }

  private static func units(_ bytes: ArraySlice<UInt8>, lowFirst: Bool) -> [UInt16] {
    stride(from: bytes.startIndex, to: bytes.endIndex - 1, by: 2).map { index in
      let (first, second) = (UInt16(bytes[index]), UInt16(bytes[index + 1]))
      return lowFirst ? second << 8 | first : first << 8 | second
    }
  }
}
