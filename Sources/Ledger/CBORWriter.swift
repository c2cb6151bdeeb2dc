/// Writes the deterministic subset of CBOR (RFC 8949, section 4.2) that events and the wire use.
///
/// One value has one encoding, so that equal values have equal bytes and a hash over the bytes
/// speaks for the value. Integers, byte strings, text, arrays, booleans and null are all there is.
package struct CBORWriter: Sendable {
  package private(set) var bytes: [UInt8] = []

  package init(reservingCapacity capacity: Int = 128) {
    bytes.reserveCapacity(capacity)
  }

  package mutating func write(_ number: Int64) {
    if number >= 0 {
      writeHead(.unsigned, UInt64(number))
    } else {
      writeHead(.negative, UInt64(-1 - number))
    }
  }

  package mutating func write(_ number: Int) {
    write(Int64(number))
  }

  /// Writes the number, or null.
  package mutating func write(_ number: Int?) {
    if let number { write(number) } else { writeNull() }
  }

  package mutating func write(_ text: String) {
    var text = text
    text.withUTF8 { utf8 in
      writeHead(.text, UInt64(utf8.count))
      bytes.append(contentsOf: utf8)
    }
  }

  /// Writes the text, or null.
  package mutating func write(_ text: String?) {
    if let text { write(text) } else { writeNull() }
  }

  package mutating func write(bytes content: some Collection<UInt8>) {
    writeHead(.bytes, UInt64(content.count))
    bytes.append(contentsOf: content)
  }

  package mutating func write(_ flag: Bool) {
    bytes.append(flag ? CBORSimple.true : CBORSimple.false)
  }

  package mutating func writeNull() {
    bytes.append(CBORSimple.null)
  }

  /// Begins an array of so many values, which must follow.
  package mutating func beginArray(count: Int) {
    writeHead(.array, UInt64(count))
  }

  /// Appends a value that is encoded already, such as the body of a fact kept as it came.
  package mutating func append(encoded value: some Collection<UInt8>) {
    bytes.append(contentsOf: value)
  }

  private mutating func writeHead(_ type: CBORMajorType, _ argument: UInt64) {
    let major = type.rawValue << 5
    switch argument {
    case 0..<24:
      bytes.append(major | UInt8(argument))
    case 24...0xFF:
      bytes.append(major | 24)
      bytes.append(UInt8(argument))
    case 0x100...0xFFFF:
      bytes.append(major | 25)
      appendBigEndian(UInt16(argument))
    case 0x1_0000...0xFFFF_FFFF:
      bytes.append(major | 26)
      appendBigEndian(UInt32(argument))
    default:
      bytes.append(major | 27)
      appendBigEndian(argument)
    }
  }

  private mutating func appendBigEndian(_ number: some FixedWidthInteger) {
    withUnsafeBytes(of: number.bigEndian) { bytes.append(contentsOf: $0) }
  }
}

/// The first three bits of a CBOR value, for the types in use.
enum CBORMajorType: UInt8 {
  case unsigned = 0
  case negative = 1
  case bytes = 2
  case text = 3
  case array = 4
  case simple = 7
}

/// The one-byte values of CBOR in use.
enum CBORSimple {
  static let `false`: UInt8 = 0xF4
  static let `true`: UInt8 = 0xF5
  static let null: UInt8 = 0xF6
}
