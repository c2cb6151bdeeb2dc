/// The number of a patron's card: our own `P.TT1.00042`, or the 14 digits of an older system.
///
/// Ours are printed with a check character, `P.TT1.00042-` and one more; the 14 digits have their
/// own inside.
package struct CardNumber: CheckedLabel {
  package let text: String
  /// The library that gave out the card; nothing for 14 digits, which do not say.
  package let library: LibraryCode?

  /// The largest serial number of a library's cards; it sets how many digits all have.
  package static let largestSerial = 99_999

  /// Makes a library's card number from its serial, 1…99,999.
  package init(library: LibraryCode, serial: Int) throws(LabelError) {
    text = try SerialLabel.card.text(library: library, serial: serial)
    self.library = library
  }

  /// Takes a 14-digit number; refuses one of a book.
  package init(_ barcode: LegacyBarcode) throws(LabelError) {
    guard barcode.kind == .patron else { throw .unknownBarcodeType(barcode.typeDigit) }
    text = barcode.text
    library = nil
  }

  /// Takes a number as it is stored, without the check character of our own labels.
  package init(_ text: some StringProtocol) throws(LabelError) {
    let text = try LabelText(text)
    if text.text.first?.isLabelDigit == true {
      try self.init(LegacyBarcode(text.text))
    } else {
      let parts = try SerialLabel.card.parts(of: text)
      try self.init(library: parts.library, serial: parts.serial)
    }
  }

  /// What is printed: our own with a check character, 14 digits as they are.
  package var label: String { library == nil ? text : CheckedText.label(for: text) }

  /// Takes what is printed: our own with its check character, or 14 digits.
  package init(label: some StringProtocol) throws(LabelError) {
    let text = try LabelText(label)
    if text.text.first?.isLabelDigit == true {
      try self.init(LegacyBarcode(text.text))
    } else {
      try self.init(Self.verifiedBody(of: text))
    }
  }
}
