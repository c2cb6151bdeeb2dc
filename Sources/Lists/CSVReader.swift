import Circulation

/// One row of a list, with the number of the line on which it begins.
package struct ListRow: Hashable, Sendable {
  package let line: Int
  package let fields: [String]
}

/// Reads rows of fields, as RFC 4180 has them and as spreadsheets write them.
///
/// Commas, semicolons or tabs separate fields: what a `sep=` line says, else what the first row has
/// most of. A quoted field may hold separators, line breaks and doubled quotation marks. A field
/// that
/// a spreadsheet has marked as text, by `'` or `="…"`, loses the mark.
package struct CSVReader {
  private let bytes: [UInt8]
  private var position: Int
  private var line = 1
  private let separator: UInt8

  private static let quote = UInt8(ascii: "\"")
  private static let newline = UInt8(ascii: "\n")
  private static let carriageReturn = UInt8(ascii: "\r")
  private static let separators = [UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "\t")]

  private init(_ text: String) {
    bytes = Array(text.utf8)
    let first = bytes.prefix { $0 != Self.newline && $0 != Self.carriageReturn }
    if first.count == 5, String(decoding: first.prefix(4), as: UTF8.self).lowercased() == "sep=" {
      separator = first[4]
      position = 5
      endLine()
    } else {
      position = 0
      separator = Self.guess(first)
    }
  }

  /// All rows that have something in them.
  package static func rows(of text: String) throws(ListError) -> [ListRow] {
    var reader = CSVReader(text)
    var rows: [ListRow] = []
    while let row = try reader.next() {
      guard row.fields.contains(where: { !$0.isEmpty }) else { continue }
      guard rows.count < ListLimits.rows else { throw .tooManyRows(limit: ListLimits.rows) }
      rows.append(row)
    }
    return rows
  }

  private static func guess(_ line: ArraySlice<UInt8>) -> UInt8 {
    var isQuoted = false
    var counts: [UInt8: Int] = [:]
    for byte in line {
      if byte == quote { isQuoted.toggle() }
      if !isQuoted { counts[byte, default: 0] += 1 }
    }
    return separators.max { counts[$0, default: 0] < counts[$1, default: 0] } ?? separators[0]
  }

  private mutating func next() throws(ListError) -> ListRow? {
    guard position < bytes.count else { return nil }
    let start = line
    var fields: [String] = []
    while true {
      guard fields.count < ListLimits.columns else {
        throw .tooManyColumns(line: start, limit: ListLimits.columns)
      }
      fields.append(Self.plain(try field(of: start)))
      guard position < bytes.count, bytes[position] == separator else { break }
      position += 1
    }
    endLine()
    return ListRow(line: start, fields: fields)
  }

  private mutating func field(of start: Int) throws(ListError) -> String {
    var content: [UInt8] = []
    if position < bytes.count, bytes[position] == Self.quote { try readQuoted(into: &content) }
    while position < bytes.count, bytes[position] != separator, bytes[position] != Self.newline,
      bytes[position] != Self.carriageReturn
    {
      content.append(bytes[position])
      position += 1
    }
    guard content.count <= ListLimits.fieldBytes else {
      throw .fieldTooLong(line: start, limitBytes: ListLimits.fieldBytes)
    }
    return String(decoding: content, as: UTF8.self)
  }

  private mutating func readQuoted(into content: inout [UInt8]) throws(ListError) {
    let start = line
    position += 1
    while position < bytes.count {
      let byte = bytes[position]
      position += 1
      if byte == Self.quote {
        guard position < bytes.count, bytes[position] == Self.quote else { return }
        position += 1
      }
      if byte == Self.newline { line += 1 }
      content.append(byte)
    }
    throw .unclosedQuote(line: start)
  }

  private mutating func endLine() {
    if position < bytes.count, bytes[position] == Self.carriageReturn { position += 1 }
    if position < bytes.count, bytes[position] == Self.newline { position += 1 }
    line += 1
  }

  /// A field without a spreadsheet's marks, composed, with single spaces.
  private static func plain(_ field: String) -> String {
    var text = field.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    if text.hasPrefix("=\""), text.hasSuffix("\""), text.count > 2 {
      text = String(text.dropFirst(2).dropLast())
    }
    if text.hasPrefix("'") { text.removeFirst() }
    return VietnameseText.composed(text)
  }
}
