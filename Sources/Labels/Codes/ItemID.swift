/// One copy in the whole group: its library and its accession number there, `TT1.TK.00123`.
///
/// Printed as `TT1.TK.00123-O`, with a check character.
package struct ItemID: CheckedLabel {
  package let library: LibraryCode
  package let accession: AccessionNumber

  package var text: String { "\(library).\(accession)" }

  package init(library: LibraryCode, accession: AccessionNumber) {
    self.library = library
    self.accession = accession
  }

  /// Takes the kept form without its check character; only a dot separates its parts.
  package init(_ text: some StringProtocol) throws(LabelError) {
    let text = try LabelText(text).text
    let parts = text.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
    library = try LibraryCode(parts[0])
    guard parts.count == 2 else { throw .badAccessionNumber("", .standard) }
    accession = try AccessionNumber(parts[1], grammar: .printed)
  }
}
