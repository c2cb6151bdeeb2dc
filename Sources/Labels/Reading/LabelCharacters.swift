extension UInt8 {
  /// Whether this is one of the letters A–Z in ASCII, in upper case.
  var isLabelLetter: Bool { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(self) }

  /// Whether this is one of the digits 0–9 in ASCII.
  var isLabelDigit: Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self) }
}

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
