/// The format information of a QR code: fifteen bits, of which five carry the error correction
/// level and the mask, and ten guard them (ISO/IEC 18004, section 7.9).
enum QRFormat {
  /// Every word that a code may have.
  private static let words: [UInt16] = (0..<32).map { data in
    var remainder = UInt16(data) << 10
    for bit in stride(from: 14, through: 10, by: -1) where remainder >> bit & 1 == 1 {
      remainder ^= 0b101_0011_0111 << (bit - 10)
    }
    return (UInt16(data) << 10 | remainder) ^ 0b101_0100_0001_0010
  }

  /// How many bits at least are wrong in the better of a code's two copies; 3 can be put right.
  static func faults(in matrix: ModuleMatrix) -> Int {
    let last = matrix.dimension - 1
    // Around the upper left finder pattern, the highest bit first.
    let first =
      [0, 1, 2, 3, 4, 5, 7].map { matrix[$0, 8] } + [matrix[8, 8]]
      + [7, 5, 4, 3, 2, 1, 0].map { matrix[8, $0] }
    let second =
      (0..<7).map { matrix[8, last - $0] } + (0..<8).map { matrix[last - 7 + $0, 8] }
    return min(faults(of: word(first)), faults(of: word(second)))
  }

  private static func word(_ bits: [Bool]) -> UInt16 {
    bits.reduce(0) { $0 << 1 | ($1 ? 1 : 0) }
  }

  private static func faults(of word: UInt16) -> Int {
    words.map { ($0 ^ word).nonzeroBitCount }.min() ?? 15
  }
}
