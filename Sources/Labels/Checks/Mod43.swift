/// The optional check character of Code 39: modulus 43 over its alphabet (ISO/IEC 16388 annex A).
///
/// Any one substituted character is found. A swap is not: every place weighs the same.
package enum Mod43 {
  /// The check character of a text; nothing if Code 39 can't carry the text.
  package static func checkCharacter(for text: some StringProtocol) -> Character? {
    var sum = 0
    for character in text {
      guard let value = alphabet.firstIndex(of: character) else { return nil }
      sum += value
    }
    return alphabet[sum % alphabet.count]
  }

  private static let alphabet = Array("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-. $/+%")
}
