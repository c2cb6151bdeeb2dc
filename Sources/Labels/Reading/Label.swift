/// How a label names an item: for sure, or as far as an old label can.
package enum ItemReference: Hashable, Sendable, CustomStringConvertible {
  /// One copy in the group.
  case id(ItemID)
  /// A number in some library's register; several libraries may have it.
  case accession(AccessionNumber)
  /// The 14 digits of an older system.
  case barcode(LegacyBarcode)

  package var text: String {
    switch self {
    case .id(let id): id.text
    case .accession(let number): number.text
    case .barcode(let barcode): barcode.text
    }
  }

  package var description: String { text }
}

/// What a scanned code is; no code is ever two of these.
package enum Label: Hashable, Sendable {
  case card(CardNumber)
  case item(ItemReference)
  case box(BoxNumber)
  case isbn(ISBN)
  case command(Command)
  /// None of them: the start of its text, and the first rule that it breaks.
  case unknown(text: String, reason: LabelError)
}
