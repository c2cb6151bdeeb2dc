/// One code as a scanner or a camera read it, freed of what is not its text.
///
/// Line ends, tabs and spaces around the text go, and so do the start and stop characters that
/// belong to the symbol: Codabar's letters, Code 39's asterisks, the digits of an EAN's add-on.
package struct ScannedCode: Hashable, Sendable {
  package let text: String
  package let symbology: Symbology?
  /// What the scanner said about the code, where it did.
  package let identifier: AIMIdentifier?

  /// Takes what a scanner reports, with or without an AIM identifier in front.
  package init(reported: some StringProtocol) {
    let reported = Self.trimmed(reported)
    guard let identifier = AIMIdentifier(startOf: reported) else {
      self.init(trimmed: reported, symbology: nil, identifier: nil)
      return
    }
    var text = String(reported.dropFirst(AIMIdentifier.length))
    if identifier.hasAddOn { text = String(text.prefix(13)) }
    self.init(
      trimmed: text, symbology: identifier.symbology(of: text), identifier: identifier)
  }

  /// Takes a text whose symbology is known, or that a person typed.
  package init(text: some StringProtocol, symbology: Symbology? = nil) {
    self.init(trimmed: Self.trimmed(text), symbology: symbology, identifier: nil)
  }

  private init(trimmed text: String, symbology: Symbology?, identifier: AIMIdentifier?) {
    self.text = Self.withoutStartAndStop(text, symbology: symbology)
    self.symbology = symbology
    self.identifier = identifier
  }
}

extension ScannedCode {
  private static func trimmed(_ text: some StringProtocol) -> String {
    let blanks: Set<Unicode.Scalar> = [" ", "\t", "\r", "\n"]
    let scalars = Substring(text).unicodeScalars
    guard
      let first = scalars.firstIndex(where: { !blanks.contains($0) }),
      let last = scalars.lastIndex(where: { !blanks.contains($0) })
    else { return "" }
    return String(scalars[first...last])
  }

  private static func withoutStartAndStop(_ text: String, symbology: Symbology?) -> String {
    guard text.count > 2, let first = text.first, let last = text.last else { return text }
    let body = text.dropFirst().dropLast()
    let isCodabar =
      codabarEnds.contains(first) && codabarEnds.contains(last)
      && (symbology == .codabar || symbology == nil && isLegacyBarcode(body))
    let isCode39 =
      first == "*" && last == "*" && (symbology == .code39 || symbology == nil)
    return isCodabar || isCode39 ? String(body) : text
  }

  /// A to D; many library scanners send them as a, b, c, d or as t, n, `*`, e.
  private static let codabarEnds: Set<Character> = [
    "A", "B", "C", "D", "a", "b", "c", "d", "T", "N", "E", "t", "n", "e", "*",
  ]

  private static func isLegacyBarcode(_ body: Substring) -> Bool {
    body.count == LegacyBarcode.length && body.allSatisfy(\.isLabelDigit)
  }
}
