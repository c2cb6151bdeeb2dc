/// What is wrong with encoded bytes: the rule that they break.
package enum CBORError: Error, Hashable, Sendable {
  case endsEarly
  case notCanonical
  case wrongType
  case tooLong(limit: Int)
  case tooDeep(limit: Int)
  case badText
  case trailingBytes(Int)
  case wrongCount(expected: Int, found: Int)
  /// A field is well-formed but has no meaning, for example a place that does not exist.
  case badValue(field: String)
}

/// Reads what `CBORWriter` writes and refuses everything else, including other encodings of the
/// same value; whatever is read would be written as the same bytes again.
///
/// Nothing is allocated on the word of a length field alone: lengths are held against the bytes
/// that are there first.
package struct CBORReader: Sendable {
  /// The deepest nesting of arrays that is followed when a value is skipped.
  package static let deepestNesting = 8

  private let bytes: ArraySlice<UInt8>
  /// Where the next value starts, as an index of the bytes given at first.
  package private(set) var index: Int

  package init(_ bytes: ArraySlice<UInt8>) {
    self.bytes = bytes
    index = bytes.startIndex
  }

  package init(_ bytes: [UInt8]) {
    self.init(bytes[...])
  }

  package var isAtEnd: Bool { index == bytes.endIndex }

  package func expectEnd() throws(CBORError) {
    guard isAtEnd else { throw .trailingBytes(bytes.endIndex - index) }
  }

  package mutating func readInteger() throws(CBORError) -> Int64 {
    let (type, argument) = try readHead()
    guard let magnitude = Int64(exactly: argument) else { throw .badValue(field: "integer") }
    switch type {
    case .unsigned: return magnitude
    case .negative: return -1 - magnitude
    default: throw .wrongType
    }
  }

  package mutating func readInt(in range: ClosedRange<Int>, field: String) throws(CBORError) -> Int
  {
    let number = try readInteger()
    guard let int = Int(exactly: number), range.contains(int) else { throw .badValue(field: field) }
    return int
  }

  package mutating func readOptionalInt(
    in range: ClosedRange<Int>, field: String
  ) throws(CBORError) -> Int? {
    try readNull() ? nil : try readInt(in: range, field: field)
  }

  package mutating func readText(limit: Int) throws(CBORError) -> String {
    let content = try readContent(of: .text, limit: limit)
    guard let text = String(validating: content, as: UTF8.self) else { throw .badText }
    return text
  }

  package mutating func readOptionalText(limit: Int) throws(CBORError) -> String? {
    try readNull() ? nil : try readText(limit: limit)
  }

  package mutating func readBytes(limit: Int) throws(CBORError) -> ArraySlice<UInt8> {
    try readContent(of: .bytes, limit: limit)
  }

  package mutating func readBytes(exactly count: Int) throws(CBORError) -> ArraySlice<UInt8> {
    let content = try readContent(of: .bytes, limit: count)
    guard content.count == count else {
      throw .wrongCount(expected: count, found: content.count)
    }
    return content
  }

  package mutating func readBool() throws(CBORError) -> Bool {
    guard index < bytes.endIndex else { throw .endsEarly }
    switch bytes[index] {
    case CBORSimple.true: index += 1; return true
    case CBORSimple.false: index += 1; return false
    default: throw .wrongType
    }
  }

  /// Takes a null where one is next, and says whether it did.
  package mutating func readNull() throws(CBORError) -> Bool {
    guard index < bytes.endIndex else { throw .endsEarly }
    guard bytes[index] == CBORSimple.null else { return false }
    index += 1
    return true
  }

  /// Enters an array of any length up to a limit and gives the number of its values.
  package mutating func beginArray(limit: Int) throws(CBORError) -> Int {
    let (type, argument) = try readHead()
    guard type == .array else { throw .wrongType }
    guard argument <= UInt64(limit) else { throw .tooLong(limit: limit) }
    return Int(argument)
  }

  /// Enters an array that must have so many values.
  package mutating func beginArray(exactly count: Int) throws(CBORError) {
    let found = try beginArray(limit: 1 << 20)
    guard found == count else { throw .wrongCount(expected: count, found: found) }
  }

  /// Passes over one value, whatever it is, and gives its bytes.
  package mutating func readEncodedValue() throws(CBORError) -> ArraySlice<UInt8> {
    let start = index
    try skipValue(depth: 0)
    return bytes[start..<index]
  }

  private mutating func skipValue(depth: Int) throws(CBORError) {
    guard depth <= Self.deepestNesting else { throw .tooDeep(limit: Self.deepestNesting) }
    guard index < bytes.endIndex else { throw .endsEarly }
    if (CBORSimple.false...CBORSimple.null).contains(bytes[index]) {
      index += 1
      return
    }
    let before = index
    let (type, argument) = try readHead()
    switch type {
    case .unsigned, .negative:
      return
    case .bytes:
      index = before
      _ = try readBytes(limit: bytes.count)
    case .text:
      index = before
      _ = try readText(limit: bytes.count)
    case .array:
      guard argument <= UInt64(bytes.endIndex - index) else { throw .endsEarly }
      for _ in 0..<argument { try skipValue(depth: depth + 1) }
    case .simple:
      throw .wrongType
    }
  }

  private mutating func readContent(
    of expected: CBORMajorType, limit: Int
  ) throws(CBORError) -> ArraySlice<UInt8> {
    let (type, length) = try readHead()
    guard type == expected else { throw .wrongType }
    guard length <= UInt64(limit) else { throw .tooLong(limit: limit) }
    let end = index + Int(length)
    guard end <= bytes.endIndex else { throw .endsEarly }
    defer { index = end }
    return bytes[index..<end]
  }

  private mutating func readHead() throws(CBORError) -> (CBORMajorType, UInt64) {
    guard index < bytes.endIndex else { throw .endsEarly }
    let first = bytes[index]
    guard let type = CBORMajorType(rawValue: first >> 5), type != .simple else {
      throw .wrongType
    }
    index += 1
    switch first & 0x1F {
    case let small where small < 24: return (type, UInt64(small))
    case 24: return (type, try readArgument(bytes: 1, atLeast: 24))
    case 25: return (type, try readArgument(bytes: 2, atLeast: 0x100))
    case 26: return (type, try readArgument(bytes: 4, atLeast: 0x1_0000))
    case 27: return (type, try readArgument(bytes: 8, atLeast: 0x1_0000_0000))
    default: throw .notCanonical
    }
  }

  private mutating func readArgument(
    bytes count: Int, atLeast minimum: UInt64
  ) throws(CBORError) -> UInt64 {
    guard bytes.endIndex - index >= count else { throw .endsEarly }
    var argument: UInt64 = 0
    for byte in bytes[index..<(index + count)] { argument = argument << 8 | UInt64(byte) }
    index += count
    guard argument >= minimum else { throw .notCanonical }
    return argument
  }
}
