/// The code of one school's library within its group, such as `TT1`.
///
/// Two to eight letters and digits, a letter first. Two at least, so that the one-letter prefixes
/// of cards, boxes and commands are never a library.
package struct LibraryCode: Hashable, Sendable, Comparable, CustomStringConvertible {
  package let text: String

  package var description: String { text }

  /// Takes a code in either case, naming it in the error if it breaks the rule above.
  package init(_ text: some StringProtocol) throws(LabelError) {
    try self.init(LabelText(text))
  }

  init(_ text: LabelText) throws(LabelError) {
    let code = text.text
    guard
      Self.length.contains(code.utf8.count), code.utf8.first?.isLabelLetter == true,
      code.utf8.allSatisfy({ $0.isLabelLetter || $0.isLabelDigit })
    else { throw .badLibraryCode(code) }
    self.text = code
  }

  /// How many characters a code has.
  package static let length = 2...8

  package static func < (one: Self, other: Self) -> Bool { one.text < other.text }
}
