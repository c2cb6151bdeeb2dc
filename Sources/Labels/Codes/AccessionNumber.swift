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
    try self.init(LabelText(text), grammar: grammar)
  }

  init(_ label: LabelText, grammar: AccessionGrammar) throws(LabelError) {
    let text = label.text
    if let bare = grammar.bare, text.utf8.allSatisfy(\.isLabelDigit),
      grammar.digits.contains(text.utf8.count)
    {
      (prefix, digits) = (bare, text)
      return
    }
    let prefix = text.utf8.prefix(while: \.isLabelLetter)
    var digits = text.utf8[prefix.endIndex...]
    let separator = digits.first.flatMap { $0.isLabelDigit ? nil : $0 }
    if separator != nil { digits = digits.dropFirst() }
    guard
      AccessionGrammar.prefixLength.contains(prefix.count), digits.allSatisfy(\.isLabelDigit),
      grammar.digits.contains(digits.count),
      grammar.separators.contains(where: { $0.character?.asciiValue == separator })
    else { throw .badAccessionNumber(text, grammar) }
    self.prefix = String(Substring(prefix))
    self.digits = String(Substring(digits))
    guard grammar.prefixes?.contains(self.prefix) != false else {
      throw .accessionPrefixNotInUse(self.prefix, grammar)
    }
  }

  package static func < (one: Self, other: Self) -> Bool { one.text < other.text }
}
