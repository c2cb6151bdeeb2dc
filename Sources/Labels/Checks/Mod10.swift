/// The check digit of 14-digit library barcodes: modulus 10 with every other digit doubled (Luhn,
/// ISO/IEC 7812-1 annex B).
///
/// Any one substituted digit is found, and every swap of neighbours but 09 and 90.
package enum Mod10 {
  /// The check digit for the digits before it; other characters are skipped.
  package static func checkDigit(for digits: some StringProtocol) -> Character {
    var sum = 0
    for (place, digit) in digits.compactMap(\.labelDigitValue).reversed().enumerated() {
      let product = place.isMultiple(of: 2) ? digit * 2 : digit
      sum += product / 10 + product % 10
    }
    return Character(labelDigit: (10 - sum % 10) % 10)
  }
}
