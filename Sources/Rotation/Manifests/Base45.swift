/// Bytes as the characters that a QR code stores most densely (RFC 9285).
enum Base45 {
  private static let alphabet = Array("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:".utf8)

  /// The value of each character, or nothing for one that is not in the alphabet.
  private static let values: [Int?] = (0..<256).map { byte in
    alphabet.firstIndex { Int($0) == byte }
  }

  static func encode(_ bytes: [UInt8]) -> String {
    var text: [UInt8] = []
    for start in stride(from: 0, to: bytes.count, by: 2) {
      let isPair = start + 1 < bytes.count
      let value = isPair ? Int(bytes[start]) << 8 + Int(bytes[start + 1]) : Int(bytes[start])
      text.append(alphabet[value % 45])
      text.append(alphabet[value / 45 % 45])
      if isPair { text.append(alphabet[value / 2_025]) }
    }
    return String(decoding: text, as: UTF8.self)
  }

  /// Gives nothing for a text that no bytes have.
  static func decode(_ text: some StringProtocol) -> [UInt8]? {
    let characters = Array(text.utf8)
    var bytes: [UInt8] = []
    for start in stride(from: 0, to: characters.count, by: 3) {
      let digits = characters[start..<min(start + 3, characters.count)]
        .compactMap { values[Int($0)] }
      guard digits.count == min(3, characters.count - start), digits.count > 1 else { return nil }
      let value = digits.reversed().reduce(0) { $0 * 45 + $1 }
      guard value < (digits.count == 3 ? 65_536 : 256) else { return nil }
      if digits.count == 3 { bytes.append(UInt8(value >> 8)) }
      bytes.append(UInt8(value & 0xFF))
    }
    return bytes
  }
}
