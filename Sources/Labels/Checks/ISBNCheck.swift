/// The check characters of book numbers (ISO 2108; GS1 General Specifications for EAN-13).
///
/// Both find any one substituted digit. ISBN-10 finds every swap of neighbours too; the 13 digits
/// miss one whose digits differ by five.
package enum ISBNCheck {
  /// The last digit of an ISBN-13 or any EAN-13: weights 1 and 3 in turn, modulus 10.
  package static func checkDigit13(for digits: some StringProtocol) -> Character {
    var sum = 0
    for (place, digit) in digits.compactMap(\.labelDigitValue).enumerated() {
      sum += place.isMultiple(of: 2) ? digit : digit * 3
    }
    return Character(labelDigit: (10 - sum % 10) % 10)
  }

  /// The last character of an ISBN-10: weights 10 down to 2, modulus 11, `X` for ten.
  package static func checkCharacter10(for digits: some StringProtocol) -> Character {
    var sum = 0
    for (place, digit) in digits.compactMap(\.labelDigitValue).enumerated() {
      sum += (10 - place) * digit
    }
    let value = (11 - sum % 11) % 11
    return value == 10 ? "X" : Character(labelDigit: value)
  }
}
