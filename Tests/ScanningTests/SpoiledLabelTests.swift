import Scanning
import TestSupport
import Testing

@Suite("Spoiled labels")
struct SpoiledLabelTests {
  private static let labels: [(text: String, drawn: Zint.Symbology)] = [
    ("TT1.TK.00123-K", .code128), ("TK.00123", .code39), ("A31234000123457B", .codabar),
    ("9786042012348", .isbn), ("00012345678905", .itf),
  ]

  @Test("are read as often as they were before, and never wrongly", arguments: Damage.allCases)
  func reads(through damage: Damage) async throws {
    var count = 0
    let scanner = BarcodeScanner()
    for (text, drawn) in Self.labels {
      let label = try await drawLabel(text, as: drawn, options: ["--scale", "1.5"]).framed(by: 40)
      for strength in 1...3 {
        let texts = scanner.scan(try damage.spoil(label, strength: strength)).map(\.text)
        let wrong = texts.filter { $0 != text }
        #expect(wrong.isEmpty, "\(damage) \(strength): \(text)")
        if texts.contains(text) { count += 1 }
      }
    }
    #expect(count >= damage.expectedReads, "\(count) of 15")
  }

  @Test("that lie any way are read by their first look")
  func anyDirection() async throws {
    let label = try await drawLabel().framed(by: 30)
    let scanner = BarcodeScanner(rounds: ScanPlan.frame)
    for angle in stride(from: 0.0, to: 360, by: 30) {
      let turned = try label.turned(byDegrees: angle)
      let texts = scanner.scan(turned).map(\.text)
      #expect(texts == ["TT1.TK.00123-K"], "at \(angle)°")
    }
  }

  @Test("printed light on dark are read")
  func negative() async throws {
    let negative = try await drawLabel().framed(by: 30).negative()
    #expect(BarcodeScanner().scan(negative).map(\.text) == ["TT1.TK.00123-K"])
  }
}
