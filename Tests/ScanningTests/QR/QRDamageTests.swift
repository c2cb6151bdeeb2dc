import Scanning
import TestSupport
import Testing

/// A kind of damage, and how many of the sample codes are read in spite of it.
struct QRDamage: Sendable, CustomTestStringConvertible {
  let testDescription: String
  let expectedCount: Int
  let spoil: @Sendable (GreyImage) throws -> GreyImage

  init(
    _ name: String, reads count: Int, spoil: @escaping @Sendable (GreyImage) throws -> GreyImage
  ) {
    testDescription = name
    expectedCount = count
    self.spoil = spoil
  }

  static let all = [
    QRDamage("none", reads: 5) { $0 },
    QRDamage("turned by 17°", reads: 5) { try $0.turned(byDegrees: 17) },
    QRDamage("turned by 45°", reads: 5) { try $0.turned(byDegrees: 45) },
    QRDamage("turned by 201°", reads: 5) { try $0.turned(byDegrees: 201) },
    QRDamage("seen from the side", reads: 5) { try $0.tilted(by: 0.3) },
    QRDamage("seen from far to the side", reads: 5) { try $0.tilted(by: 0.5) },
    QRDamage("seen from the side, turned", reads: 5) {
      try $0.turned(byDegrees: 30).tilted(by: 0.3)
    },
    QRDamage("bent around a can", reads: 5) { try $0.curled(by: 0.8) },
    QRDamage("out of focus", reads: 5) { try $0.blurred(sigma: 1.3) },
    QRDamage("far out of focus", reads: 3) { try $0.blurred(sigma: 1.7) },
    QRDamage("grainy", reads: 5) { try $0.noisy(amplitude: 90) },
    QRDamage("unevenly lit", reads: 5) { try $0.unevenlyLit() },
    QRDamage("faded", reads: 5) { try $0.faded(contrast: 0.12) },
    QRDamage("under a lamp", reads: 5) { try $0.glaring(radius: 0.09) },
    QRDamage("at two pixels a module", reads: 5) { try $0.scaled(by: 2 / 3) },
    QRDamage("at one and a half pixels a module", reads: 5) { try $0.scaled(by: 0.5) },
    QRDamage("seen in a mirror", reads: 5) { try $0.mirrored() },
    QRDamage("printed light on dark", reads: 5) { try $0.negative() },
    QRDamage("light on dark, turned, grainy", reads: 5) {
      try $0.negative().turned(byDegrees: 70).noisy(amplitude: 50)
    },
    QRDamage("small, turned, out of focus, dark", reads: 5) {
      try $0.scaled(by: 0.9).turned(byDegrees: 12).blurred(sigma: 1).unevenlyLit()
    },
  ]
}

@Suite("A damaged QR code")
struct QRDamageTests {
  /// From version 1 to version 7.
  private static let texts = [
    "TT1", "TT1.TK.00123-K", "https://lienthong.example/TT1/TK.00123", "Dế Mèn phiêu lưu ký",
    String(repeating: "Thư viện Tân Tập. ", count: 4),
  ]

  @Test("is read nearly as often as a sound one", arguments: QRDamage.all)
  func damage(_ damage: QRDamage) async throws {
    var readCount = 0
    for text in Self.texts {
      let picture = try damage.spoil(
        try await drawLabel(text, as: .qr, options: ["--scale", "1.5"]).framed(by: 8))
      let texts = BarcodeScanner(rounds: [[QRPass(.quick)], [QRPass(.thorough)]])
        .scan(picture).map(\.text)
      #expect(texts.isEmpty || texts == [text])
      if texts == [text] { readCount += 1 }
    }
    #expect(readCount >= damage.expectedCount)
  }
}
