/// A text with its MOD 37,36 check character behind a dash, as it is printed on a label.
enum CheckedText {
  /// The text, a dash and its check character: `TT1.TK.00123-O`.
  static func label(for text: String) -> String {
    "\(text)\(dash)\(Mod37_36.checkCharacter(for: text))"
  }

  /// The text before a check character that was verified, or nothing where a label has none.
  static func verified(_ label: LabelText) throws(LabelError) -> Substring? {
    let body = label.text.dropLast()
    guard let found = label.text.last, body.last == dash else { return nil }
    let expected = Mod37_36.checkCharacter(for: body)
    guard found == expected else { throw .wrongCheckCharacter(expected: expected) }
    return body.dropLast()
  }

  private static let dash: Character = "-"
}

/// What is printed with a MOD 37,36 check character: an item, a card, a box or a command.
package protocol CheckedLabel: Hashable, Sendable, Comparable, CustomStringConvertible {
  /// The text without the check character, as it is stored.
  var text: String { get }

  /// Takes a text without a check character, naming the first rule that it breaks.
  init(_ text: some StringProtocol) throws(LabelError)
}

extension CheckedLabel {
  /// What is printed: the text, a dash and the check character.
  package var label: String { CheckedText.label(for: text) }

  package var description: String { text }

  package static func < (one: Self, other: Self) -> Bool { one.text < other.text }

  /// Takes what is printed, check character and all.
  ///
  /// A wrong check character is told before anything else, since a misread explains all the rest.
  package init(label: some StringProtocol) throws(LabelError) {
    try self.init(Self.verifiedBody(of: LabelText(label)))
  }

  /// The text of a label whose check character was verified.
  ///
  /// A label without one is refused for what else is wrong with it, if anything is.
  static func verifiedBody(of label: LabelText) throws(LabelError) -> Substring {
    guard let body = try CheckedText.verified(label) else {
      _ = try Self(label.text)
      throw .missingCheckCharacter
    }
    return body
  }
}
