/// The number of one copy in a library's register, such as `TK.00123`; unique in one library only.
///
/// Schools write the same number as `TK.00123`, `TK-00123`, `TK 00123`, some as `TK00123`. It is
/// kept in one form, with a dot and in upper case, so that all of them find the same copy. Zeros in
/// front of the digits belong to the number: `TK.123` is another one.
package struct AccessionNumber: Hashable, Sendable, Comparable, CustomStringConvertible {
  /// The register's letters: `TK`.
  package let prefix: String
  /// The digits with their leading zeros: `00123`.
  package let digits: String

  /// What stands between prefix and digits in the kept form, whatever an old label has there.
  package static let separator: Character = "."

  package var text: String { "\(prefix)\(Self.separator)\(digits)" }

  package var description: String { text }

  /// Takes a number as an old label or a person writes it, in either case.
  package init(
    _ text: some StringProtocol, grammar: AccessionGrammar = .standard
  ) throws(LabelError) {
    let text = try LabelText(text).text
    let prefix = text.prefix(while: \.isLabelLetter)
    var digits = text[prefix.endIndex...]
    let separator = digits.first.flatMap { $0.isLabelDigit ? nil : $0 }
    if separator != nil { digits = digits.dropFirst() }
    guard
      AccessionGrammar.isPrefix(prefix), digits.allSatisfy(\.isLabelDigit),
      grammar.digits.contains(digits.count),
      grammar.separators.contains(where: { $0.character == separator })
    else { throw .badAccessionNumber(text, grammar) }
    guard grammar.prefixes?.contains(String(prefix)) != false else {
      throw .accessionPrefixNotInUse(String(prefix), grammar)
    }
    self.prefix = String(prefix)
    self.digits = String(digits)
  }

  package static func < (one: Self, other: Self) -> Bool { one.text < other.text }
}
