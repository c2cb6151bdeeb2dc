import Labels
import Testing

@Suite("Scanned codes")
struct ScannedCodeTests {
  @Test(
    "An AIM identifier names the symbology and is taken off",
    arguments: [
      ("]C0TT1.TK.00123-O", "TT1.TK.00123-O", .code128), ("]A0TK.00123", "TK.00123", .code39),
      ("]E09780306406157", "9780306406157", .ean13), ("]E0036000291452", "036000291452", .upca),
      ("]E497800001", "97800001", .ean8), ("]E112", "12", .ean2), ("]E251299", "51299", .ean5),
      ("]E3978030640615751299", "9780306406157", .ean13),
      ("]F0A21234000123455B", "21234000123455", .codabar),
      ("]F421234000123455", "21234000123455", .codabar),
      ("]I031234000123453", "31234000123453", .itf), ("]Q1TT1.TK.00123-O", "TT1.TK.00123-O", .qr),
      ("]X0080442957X", "080442957X", .isbn10), ("]X09780306406157", "9780306406157", .isbn13),
      ("]X0TK.00123", "TK.00123", nil), ("]d1TK.00123", "TK.00123", nil),
    ] as [(String, String, Symbology?)])
  func identifiers(reported: String, text: String, symbology: Symbology?) {
    let code = ScannedCode(reported: reported)
    #expect(code.text == text)
    #expect(code.symbology == symbology)
    #expect(code.identifier?.description == String(reported.prefix(3)))
  }

  @Test(
    "Line ends, tabs and spaces around a code are taken off",
    arguments: [
      "TK.00123\r", "TK.00123\n", "TK.00123\r\n", "\tTK.00123\t", "  TK.00123 ", "]C0TK.00123\r\n",
    ])
  func trimming(reported: String) {
    #expect(ScannedCode(reported: reported).text == "TK.00123")
  }

  @Test(
    "Start and stop characters of a symbol are taken off",
    arguments: [
      ("A21234000123455B", .codabar, "21234000123455"), ("a123d", .codabar, "123"),
      ("t21234000123455*", nil, "21234000123455"), ("*TK.00123*", .code39, "TK.00123"),
      ("*TK.00123*", nil, "TK.00123"),
    ] as [(String, Symbology?, String)])
  func startAndStop(text: String, symbology: Symbology?, expected: String) {
    #expect(ScannedCode(text: text, symbology: symbology).text == expected)
  }

  @Test(
    "What only looks like start and stop characters stays",
    arguments: [("A123B", nil), ("A21234000123455B", .code128), ("AB", .codabar), ("*", .code39)]
      as [(String, Symbology?)])
  func keptEnds(text: String, symbology: Symbology?) {
    #expect(ScannedCode(text: text, symbology: symbology).text == text)
  }

  @Test("What is too short for an identifier is text", arguments: ["]", "]C", "]]]", "]C-TK", ""])
  func noIdentifier(reported: String) {
    let code = ScannedCode(reported: reported)
    #expect(code.text == reported)
    #expect(code.identifier == nil)
  }

  @Test("Every symbology has a name of its own and an AIM code letter")
  func names() {
    #expect(Set(Symbology.allCases.map(\.name)).count == Symbology.allCases.count)
    #expect(Symbology.allCases.allSatisfy { "ACEFIQX".contains($0.aimCode) })
    #expect(Symbology(rawValue: "CODE-128") == .code128)
  }
}
