/// An International Standard Book Number (ISO 2108), kept as 13 digits.
package struct ISBN: Hashable, Sendable, Comparable, CustomStringConvertible {
  package let text: String

  package var description: String { text }

  /// Takes an ISBN-13 or ISBN-10, with or without hyphens or spaces, and verifies its check.
  package init(_ text: some StringProtocol) throws(LabelError) {
    let number = try LabelText(text).text.filter { $0 != "-" && $0 != " " }
    switch number.count {
    case 13: self.text = try Self.verified13(number)
    case 10: self.text = try Self.from10(number)
    default: throw .wrongNumberOfDigits(number.count)
    }
  }

  /// The first three digits of every book: "Bookland" in the EAN system.
  private static let prefixes: Set<String> = ["978", "979"]

  private static func verified13(_ number: String) throws(LabelError) -> String {
    guard number.allSatisfy(\.isLabelDigit) else { throw .notDigits(number) }
    let expected = ISBNCheck.checkDigit13(for: number.dropLast())
    guard number.last == expected else { throw .wrongCheckCharacter(expected: expected) }
    guard prefixes.contains(String(number.prefix(3))) else { throw .notABook(number) }
    return number
  }

  /// An ISBN-10 becomes an ISBN-13 with 978 in front and another check digit.
  private static func from10(_ number: String) throws(LabelError) -> String {
    let digits = number.dropLast()
    guard digits.allSatisfy(\.isLabelDigit) else { throw .notDigits(number) }
    let expected = ISBNCheck.checkCharacter10(for: digits)
    guard number.last == expected else { throw .wrongCheckCharacter(expected: expected) }
    let body = "978\(digits)"
    return "\(body)\(ISBNCheck.checkDigit13(for: body))"
  }

  package static func < (one: Self, other: Self) -> Bool { one.text < other.text }
}
