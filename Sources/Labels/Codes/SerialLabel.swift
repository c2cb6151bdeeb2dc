/// The shape of a card's or a box's number: a prefix letter, a library, a serial of fixed length.
struct SerialLabel {
  let prefix: Character
  let largestSerial: Int

  static let card = SerialLabel(prefix: "P", largestSerial: CardNumber.largestSerial)
  static let box = SerialLabel(prefix: "B", largestSerial: BoxNumber.largestSerial)

  /// How many digits a serial has, with zeros in front.
  private var digits: Int { String(largestSerial).count }

  /// Writes a number, refusing a serial that is not positive or needs more digits.
  func text(library: LibraryCode, serial: Int) throws(LabelError) -> String {
    let written = String(serial)
    guard (1...largestSerial).contains(serial) else { throw .badSerial(written, digits: digits) }
    let zeros = String(repeating: "0", count: digits - written.count)
    return "\(prefix).\(library).\(zeros)\(written)"
  }

  /// Takes a number apart, refusing any form that `text(library:serial:)` does not write.
  func parts(of text: LabelText) throws(LabelError) -> (library: LibraryCode, serial: Int) {
    let parts = text.text.split(
      separator: ".", maxSplits: 2, omittingEmptySubsequences: false)
    guard parts[0] == String(prefix) else { throw .unknownPrefix(String(parts[0])) }
    guard parts.count > 1 else { throw .badLibraryCode("") }
    let library = try LibraryCode(parts[1])
    guard
      parts.count == 3, parts[2].count == digits, parts[2].allSatisfy(\.isLabelDigit),
      let serial = Int(parts[2]), serial > 0
    else { throw .badSerial(parts.count == 3 ? String(parts[2]) : "", digits: digits) }
    return (library, serial)
  }
}
