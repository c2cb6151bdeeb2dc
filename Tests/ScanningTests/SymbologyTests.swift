import Labels
import Scanning
import TestSupport
import Testing

/// A label, and what zbar says of it.
struct LabelSample: Sendable, CustomTestStringConvertible {
  let drawn: Zint.Symbology
  let text: String
  let type: Symbology
  let read: String

  var testDescription: String { "\(drawn) \(text)" }

  static let all = [
    LabelSample(.code128, "TT1.TK.00123-K", .code128),
    LabelSample(.code39, "TK.00123", .code39),
    LabelSample(.codabar, "A31234000123457B", .codabar),
    LabelSample(.ean13, "8936067600018", .ean13),
    LabelSample(.isbn, "9786042012348", .ean13),
    LabelSample(.upca, "725272730706", .ean13, read: "0725272730706"),
    LabelSample(.upce, "01234565", .ean13, read: "0012345000065"),
    LabelSample(.ean13, "5901234", .ean8, read: "59012344"),
    LabelSample(.itf, "00012345678905", .itf),
    LabelSample(.qr, "TT1.TK.00123-K", .qr),
    LabelSample(.qr, "Dế Mèn phiêu lưu ký", .qr),
  ]

  init(_ drawn: Zint.Symbology, _ text: String, _ type: Symbology, read: String? = nil) {
    self.drawn = drawn
    self.text = text
    self.type = type
    self.read = read ?? text
  }
}

@Suite("The library's symbologies")
struct SymbologyTests {
  @Test("are read as zbarimg reads them", arguments: LabelSample.all)
  func reads(_ sample: LabelSample) async throws {
    let picture = try await drawLabel(sample.text, as: sample.drawn)
    let symbols = BarcodeScanner().scan(picture)
    #expect(symbols.map(\.type) == [sample.type])
    #expect(symbols.map(\.text) == [sample.read])
  }

  @Test("leave out what no library uses", arguments: ["DBAR_OMN", "CODE93", "PDF417"])
  func leavesOut(_ name: String) async throws {
    let picture = try await drawLabel("01234567890", as: .code128, options: ["-b", name])
    #expect(BarcodeScanner().scan(picture).isEmpty)
  }

  @Test("leave the price beside an ISBN alone")
  func leavesOutAddOns() async throws {
    let picture = try await drawLabel("9786042012348+52500", as: .ean13)
    #expect(BarcodeScanner().scan(picture).map(\.text) == ["9786042012348"])
  }

  @Test("do not take four digits of Interleaved 2 of 5 for a code")
  func refusesShortInterleaved() async throws {
    let picture = try await drawLabel("1234", as: .itf)
    #expect(BarcodeScanner().scan(picture).isEmpty)
  }
}
