/// The check character of our own labels: ISO/IEC 7064, hybrid system MOD 37,36.
///
/// Letters and digits count; punctuation is skipped, so that a label can be grouped for the eye.
/// Any one substituted character is found, and 629 of 630 swaps of two unlike neighbours: for each
/// pair there is one inner state of 36 in which the swap is not seen.
package enum Mod37_36 {
  /// The check character for the letters A–Z and the digits of a text, in upper case.
  package static func checkCharacter(for text: some StringProtocol) -> Character {
    let state = text.reduce(modulus) { state, character in
      guard let value = character.base36Value else { return state }
      let sum = (state + value) % modulus
      return (sum == 0 ? modulus : sum) * 2 % (modulus + 1)
    }
    return alphabet[(modulus + 1 - state) % modulus]
  }

  private static let modulus = 36
  private static let alphabet = Array("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ")
}

extension Character {
  /// 0…9 for a digit, 10…35 for a letter A–Z, nothing for any other character.
  var base36Value: Int? {
    guard isLabelLetter || isLabelDigit else { return nil }
    return hexDigitValue ?? asciiValue.map { Int($0) - 55 }
  }
}
