/// Says what a scanned code is, by the settings of one library.
///
/// The first characters choose the kind, so that no code is ever two things:
///
/// - digits only: 14 a card or item of an older system, 13 or 10 a book's ISBN, fewer an accession
///   number where the library has bare ones;
/// - `P.`, `B.`, `C.` and a letter: a card, a box, a command;
/// - two characters or more, a dot and a letter: an item of our own labels;
/// - all else: a bare accession number.
///
/// Our own labels need their check character, typed ones too. One whose check fails is never read
/// as anything else.
package struct LabelReader: Hashable, Sendable {
  /// How this library's old labels are written.
  package var accessionGrammar: AccessionGrammar
  /// Whether this library's Code 39 labels end with a mod 43 check character.
  ///
  /// What a scanner says in its AIM identifier goes before this setting.
  package var code39HasCheckCharacter: Bool

  package init(
    accessionGrammar: AccessionGrammar = .standard, code39HasCheckCharacter: Bool = false
  ) {
    self.accessionGrammar = accessionGrammar
    self.code39HasCheckCharacter = code39HasCheckCharacter
  }

  /// Reads any text of any length; a refusal comes back as `.unknown` with its reason.
  package func read(_ code: ScannedCode) -> Label {
    do {
      return try recognise(code)
    } catch {
      return .unknown(text: LabelText.excerpt(of: code.text), reason: error)
    }
  }
}

extension LabelReader {
  private func recognise(_ code: ScannedCode) throws(LabelError) -> Label {
    try refuseWhenNotALibrarySymbol(code)
    let text = try withoutCode39Check(code)
    if text.first?.isLabelDigit == true { return try recogniseNumber(text) }
    guard let head = headBeforeLetter(text) else {
      return .item(.accession(try AccessionNumber(text, grammar: accessionGrammar)))
    }
    switch head {
    case String(SerialLabel.card.prefix): return .card(try CardNumber(label: text))
    case String(SerialLabel.box.prefix): return .box(try BoxNumber(label: text))
    case Command.prefix: return .command(try Command(label: text))
    default: break
    }
    guard head.count >= LibraryCode.length.lowerBound else { throw .unknownPrefix(head) }
    return .item(.id(try ItemID(label: text)))
  }

  /// The characters before the first dot, where a letter follows it.
  private func headBeforeLetter(_ text: String) -> String? {
    guard let dot = text.firstIndex(of: "."),
      text[dot...].dropFirst().first?.isLabelLetter == true
    else { return nil }
    return String(text[..<dot])
  }

  private func recogniseNumber(_ text: String) throws(LabelError) -> Label {
    if accessionGrammar.bare != nil, text.utf8.count <= AccessionGrammar.digitsLimit.upperBound {
      return .item(.accession(try AccessionNumber(text, grammar: accessionGrammar)))
    }
    let digits = text.filter { $0 != "-" && $0 != " " }
    guard digits.count == LegacyBarcode.length else { return .isbn(try ISBN(digits)) }
    let barcode = try LegacyBarcode(digits)
    switch barcode.kind {
    case .patron: return .card(try CardNumber(barcode))
    case .item: return .item(.barcode(barcode))
    }
  }

  /// Shop codes are too short to be labels of ours, and add-ons are noise without their EAN.
  private func refuseWhenNotALibrarySymbol(_ code: ScannedCode) throws(LabelError) {
    switch code.symbology {
    case .ean8, .upca, .upce: throw .notABook(LabelText.excerpt(of: code.text))
    case .ean2, .ean5: throw .addOnAlone
    default: break
    }
  }

  private func withoutCode39Check(_ code: ScannedCode) throws(LabelError) -> String {
    let text = try LabelText(code.text).text
    guard code.symbology == .code39 else { return text }
    switch code.identifier?.code39Check ?? .notVerified {
    case .removed: return text
    case .notVerified where !code39HasCheckCharacter: return text
    case .notVerified, .transmitted: break
    }
    let body = text.dropLast()
    guard !body.isEmpty, let expected = Mod43.checkCharacter(for: body) else {
      throw .missingCheckCharacter
    }
    guard text.last == expected else { throw .wrongCheckCharacter(expected: expected) }
    return String(body)
  }
}
