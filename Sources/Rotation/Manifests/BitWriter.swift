/// Writes numbers in as many bits as they need, the highest bit first.
struct BitWriter {
  private(set) var bytes: [UInt8] = []
  /// Bits of the last byte that are not used yet.
  private var free = 0

  /// Writes the lowest bits of a number.
  mutating func write(_ value: Int, bits: Int) {
    for shift in stride(from: bits - 1, through: 0, by: -1) {
      if free == 0 {
        bytes.append(0)
        free = 8
      }
      free -= 1
      bytes[bytes.count - 1] |= UInt8(value >> shift & 1) << UInt8(free)
    }
  }

  /// Writes a number from 0 in Elias gamma code, which suits numbers that are mostly small.
  mutating func writeGamma(_ value: Int) {
    let shifted = value + 1
    let length = Int.bitWidth - shifted.leadingZeroBitCount
    write(0, bits: length - 1)
    write(shifted, bits: length)
  }

  /// Writes a number from 0 in Rice code, which suits numbers of about 2 to the power `order`.
  mutating func writeRice(_ value: Int, order: Int) {
    for _ in 0..<(value >> order) { write(1, bits: 1) }
    write(0, bits: 1)
    write(value, bits: order)
  }
}

/// The order of a Rice code: how many of a number's bits are written as they are.
enum RiceOrder {
  /// Bits that an order itself takes.
  static let bits = 5
  /// Orders that a number below 100,000,000 can need.
  private static let all = 0...27

  /// The order that writes some numbers in the fewest bits.
  static func best(for values: [Int]) -> Int {
    func cost(_ order: Int) -> Int {
      values.reduce(0) { $0 + $1 >> order + 1 + order }
    }
    return all.min { (cost($0), $0) < (cost($1), $1) } ?? 0
  }
}

/// Reads what ``BitWriter`` wrote, and never beyond the end.
struct BitReader {
  private let bytes: [UInt8]
  private var position = 0

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
  }

  /// Reads a number of so many bits.
  mutating func read(bits: Int) throws(ManifestError) -> Int {
    guard position + bits <= bytes.count * 8 else { throw .malformed }
    var value = 0
    for _ in 0..<bits {
      value = value << 1 | Int(bytes[position >> 3] >> UInt8(7 - position & 7) & 1)
      position += 1
    }
    return value
  }

  /// Reads a number in Elias gamma code, refusing one above a limit.
  mutating func readGamma(atMost limit: Int) throws(ManifestError) -> Int {
    var zeros = 0
    while try read(bits: 1) == 0 {
      zeros += 1
      guard zeros < 40 else { throw .malformed }
    }
    let value = 1 << zeros + (try read(bits: zeros)) - 1
    guard value <= limit else { throw .malformed }
    return value
  }

  /// Reads a number in Rice code, refusing one above a limit; the input's end bounds the work.
  mutating func readRice(order: Int, atMost limit: Int) throws(ManifestError) -> Int {
    var quotient = 0
    while try read(bits: 1) == 1 { quotient += 1 }
    let rest = try read(bits: order)
    guard quotient <= limit >> order else { throw .malformed }
    let value = quotient << order + rest
    guard value <= limit else { throw .malformed }
    return value
  }
}
