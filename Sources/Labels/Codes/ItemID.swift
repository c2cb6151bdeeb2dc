/// One copy in the whole group: its library and its accession number there, `TT1.TK.00123`.
///
/// Printed as `TT1.TK.00123-O`, with a check character.
package struct ItemID: CheckedLabel {
  package let library: LibraryCode
  package let accession: AccessionNumber

  /// The kept form.
  ///
  /// It is made once, since items are compared and looked up by it all the time.
  package let text: String

  package init(library: LibraryCode, accession: AccessionNumber) {
    self.library = library
    self.accession = accession
    text = "\(library.text).\(accession.text)"
  }

  /// Takes the kept form without its check character; only a dot separates its parts.
  package init(_ text: some StringProtocol) throws(LabelError) {
    try self.init(LabelText(text))
  }

  private init(_ label: LabelText) throws(LabelError) {
    let text = label.text
    let dot = text.utf8.firstIndex(of: UInt8(ascii: ".")) ?? text.endIndex
    let library = try LibraryCode(text[..<dot])
    guard dot < text.endIndex else { throw .badAccessionNumber("", .standard) }
    let accession = try AccessionNumber(text[text.utf8.index(after: dot)...], grammar: .printed)
    self.init(library: library, accession: accession)
  }

  package static func == (one: Self, other: Self) -> Bool { one.text == other.text }

  package func hash(into hasher: inout Hasher) {
    hasher.combine(text)
  }
}
