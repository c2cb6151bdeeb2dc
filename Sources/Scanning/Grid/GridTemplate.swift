/// The parts of a code whose modules lie on a grid: guards, and symbols out of an alphabet.
struct GridTemplate: Sendable {
  /// A row of modules: the first is the highest of `count` bits, and 1 is dark.
  struct Pattern: Sendable {
    let bits: Int
    let count: Int

    init(_ bits: Int, count: Int) {
      self.bits = bits
      self.count = count
    }

    /// The first two modules.
    var head: Int { bits >> (count - 2) }
    /// The last two modules.
    var tail: Int { bits & 3 }
  }

  /// What each part of the code may be; the patterns of one part are of one length.
  let parts: [[Pattern]]
  /// The ways in which each part can begin, each two modules.
  let heads: [[Int]]
  let moduleCount: Int

  init(parts: [[Pattern]]) {
    self.parts = parts
    heads = parts.map { Array(Set($0.map(\.head))) }
    moduleCount = parts.reduce(0) { $0 + ($1.first?.count ?? 0) }
  }
}

extension GridTemplate {
  /// The same code met from its other end.
  var reversed: GridTemplate {
    GridTemplate(parts: parts.reversed().map { $0.map(\.reversed) })
  }
}

extension GridTemplate.Pattern {
  var reversed: Self {
    Self((0..<count).reduce(0) { $0 << 1 | bits >> $1 & 1 }, count: count)
  }
}

/// EAN and UPC (ISO/IEC 15420).
extension GridTemplate {
  /// EAN-13 and UPC-A: two halves of six digits.
  static let ean13 = GridTemplate(digitsInHalf: 6, left: oddDigits + evenDigits)
  private init(digitsInHalf: Int, left: [Pattern]) {
    let guardBars = [Pattern(0b101, count: 3)]
    self.init(
      parts: [guardBars] + [[Pattern]](repeating: left, count: digitsInHalf)
        + [[Pattern(0b01010, count: 5)]]
        + [[Pattern]](repeating: Self.rightDigits, count: digitsInHalf) + [guardBars])
  }

  /// Number set A, from 0 to 9.
  static let oddDigits = [
    0b0001101, 0b0011001, 0b0010011, 0b0111101, 0b0100011, 0b0110001, 0b0101111, 0b0111011,
    0b0110111, 0b0001011,
  ].map { Pattern($0, count: 7) }

  /// Number set C: set A with dark and light exchanged.
  static let rightDigits = oddDigits.map { Pattern($0.bits ^ 0b1111111, count: 7) }

  /// Number set B: set C read backwards.
  static let evenDigits = rightDigits.map(\.reversed)
}
