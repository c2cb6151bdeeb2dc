import Circulation

/// One row of a list, with the number of the line on which it begins.
package struct ListRow: Hashable, Sendable {
  package let line: Int
  package let fields: [String]
}

/// Reads rows of fields, as RFC 4180 has them and as spreadsheets write them.
///
/// Commas, semicolons or tabs separate fields. A quoted field may hold separators, line breaks and
/// doubled quotation marks. A field that a spreadsheet has marked as text, by `'` or `="…"`, loses
/// the mark.
package struct CSVReader {
  private let bytes: [UInt8]
  private var position = 0
  private var line = 1
  private let separator: UInt8

  private static let quote = UInt8(ascii: "\"")
  private static let newline = UInt8(ascii: "\n")
  private static let carriageReturn = UInt8(ascii: "\r")
  private static let separators = [UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "\t")]

  private init(_ text: [UInt8], separatedBy separator: UInt8) {
    bytes = text
    self.separator = separator
    if Self.statedSeparator(of: text) != nil {
      position = Self.statementBytes
      endLine()
    }
  }

  /// All rows of a text that have something in them.
  static func rows(of text: [UInt8], separatedBy separator: UInt8) throws(ListError) -> [ListRow] {
    var reader = CSVReader(text, separatedBy: separator)
    var rows: [ListRow] = []
    while let row = try reader.nextFilled() {
      guard rows.count < ListLimits.rows else { throw .tooManyRows(limit: ListLimits.rows) }
      rows.append(row)
    }
    return rows
  }

  /// The first rows that have something in them, up to one that can't be read.
  static func firstRows(
    _ count: Int, of text: [UInt8], separatedBy separator: UInt8
  ) -> [ListRow] {
    var reader = CSVReader(text, separatedBy: separator)
    var rows: [ListRow] = []
    while rows.count < count, let row = try? reader.nextFilled() { rows.append(row) }
    return rows
  }

  /// What may separate fields: what a `sep=` line says, else what the first line has most of first.
  static func separators(of text: [UInt8]) -> [UInt8] {
    if let stated = statedSeparator(of: text) { return [stated] }
    var isQuoted = false
    var counts: [UInt8: Int] = [:]
    for byte in firstLine(of: text) {
      if byte == quote { isQuoted.toggle() }
      if !isQuoted { counts[byte, default: 0] += 1 }
    }
    // The order of those with equal counts stays.
    return separators.enumerated().sorted { one, other in
      (counts[other.element, default: 0], one.offset)
        < (counts[one.element, default: 0], other.offset)
    }.map(\.element)
  }

  private static let statementBytes = 5

  private static func statedSeparator(of text: [UInt8]) -> UInt8? {
    let first = firstLine(of: text)
    guard first.count == statementBytes,
      String(decoding: first.dropLast(), as: UTF8.self).lowercased() == "sep="
    else { return nil }
    return first.last
  }

  private static func firstLine(of text: [UInt8]) -> ArraySlice<UInt8> {
    text.prefix { $0 != newline && $0 != carriageReturn }
  }

  private mutating func nextFilled() throws(ListError) -> ListRow? {
    while let row = try next() {
      if row.fields.contains(where: { !$0.isEmpty }) { return row }
    }
    return nil
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
