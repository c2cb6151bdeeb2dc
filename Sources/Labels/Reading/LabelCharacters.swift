extension Character {
  /// Whether this is one of the letters A–Z, in upper case.
  var isLabelLetter: Bool { isASCII && isUppercase }

  /// Whether this is one of the digits 0–9.
  var isLabelDigit: Bool { labelDigitValue != nil }

  /// The value of a digit 0–9; nothing for any other character.
  var labelDigitValue: Int? { isASCII ? wholeNumberValue : nil }

  /// The digit that stands for a value; only its last decimal place counts.
  init(labelDigit value: Int) {
    self = String(value).last ?? "0"
  }
}
