/// The number of a transfer box and the library that it belongs to: `B.TT1.0007`.
package struct BoxNumber: CheckedLabel {
  package let library: LibraryCode
  package let text: String

  /// The largest serial number of a library's boxes; it sets how many digits all have.
  package static let largestSerial = 9_999

  /// Makes a library's box number from its serial, 1…9,999.
  package init(library: LibraryCode, serial: Int) throws(LabelError) {
    text = try SerialLabel.box.text(library: library, serial: serial)
    self.library = library
  }

  /// Takes a number as it is stored, without its check character.
  package init(_ text: some StringProtocol) throws(LabelError) {
    let text = try LabelText(text)
    library = try SerialLabel.box.parts(of: text).library
    self.text = text.text
  }
}
