/// The 14 digits that library systems have printed in Codabar since the 1970s.
///
/// The first digit tells a patron (2) from an item (3), the next four the library, then eight of
/// serial number and a check digit (mod 10). It is the convention of North American library
/// systems.
package struct LegacyBarcode: Hashable, Sendable, Comparable, CustomStringConvertible {
  /// Whose number it is.
  package enum Kind: Hashable, Sendable {
    case patron, item
  }

  package let text: String
  package let kind: Kind

  /// How many digits there are, with the check digit.
  package static let length = 14

  package var description: String { text }

  var typeDigit: Character { kind == .patron ? Self.patronDigit : Self.itemDigit }

  private static let patronDigit: Character = "2"
  private static let itemDigit: Character = "3"

  /// Takes exactly 14 digits, without Codabar's start and stop letters.
  package init(_ text: some StringProtocol) throws(LabelError) {
    let digits = try LabelText(text).text
    guard digits.count == Self.length else { throw .wrongNumberOfDigits(digits.count) }
    guard digits.allSatisfy(\.isLabelDigit) else { throw .notDigits(digits) }
    let expected = Mod10.checkDigit(for: digits.dropLast())
    guard digits.last == expected else { throw .wrongCheckCharacter(expected: expected) }
    switch digits.first {
    case Self.patronDigit: kind = .patron
    case Self.itemDigit: kind = .item
    default: throw .unknownBarcodeType(digits.first ?? " ")
    }
    self.text = digits
  }

  package static func < (one: Self, other: Self) -> Bool { one.text < other.text }
}
