import Scanning
import TestSupport
import Testing

@Suite("JPEGs")
struct JPEGTests {
  @Test("of a large sensor are scaled down as they are decoded, and still read")
  func scaled() async throws {
    let label = try await drawLabel(options: ["--scale", "4"])
    let (width, height) = (8_000, 6_000)
    var pixels = [UInt8](repeating: 255, count: width * height)
    // Twice the width and height, as a label fills the photo of a large sensor.
    for row in 0..<label.height * 2 {
      let start = (row + 1_000) * width + 1_000
      pixels.replaceSubrange(
        start..<start + label.width * 2,
        with: label.pixels[row / 2 * label.width..<(row / 2 + 1) * label.width]
          .flatMap { [$0, $0] })
    }
    let picture = try GreyImage(
      decoding: JPEGWriter().file(width: width, height: height, pixels: pixels))
    #expect(picture.width == 4_000)
    #expect(picture.height == 3_000)
    #expect(BarcodeScanner().scan(picture).map(\.text) == ["TT1.TK.00123-K"])
  }

  @Test("with bytes left over before a marker are read, as no pixel is lost")
  func leftOverBytes() async throws {
    let label = try await drawLabel()
    var file = try JPEGWriter().file(width: label.width, height: label.height, pixels: label.pixels)
    file.insert(contentsOf: [1, 2, 3, 4], at: file.count - 2)
    #expect(BarcodeScanner().scan(try GreyImage(decoding: file)).map(\.text) == ["TT1.TK.00123-K"])
  }

  @Test("with something else behind their end are read")
  func trailingBytes() async throws {
    let label = try await drawLabel()
    let file = try JPEGWriter().file(width: label.width, height: label.height, pixels: label.pixels)
    let picture = try GreyImage(decoding: file)
    #expect(try GreyImage(decoding: file + [UInt8](repeating: 7, count: 5_000)) == picture)
  }

  @Test("with a hole in their data are refused as damaged")
  func hole() async throws {
    let label = try await drawLabel()
    var file = try JPEGWriter().file(width: label.width, height: label.height, pixels: label.pixels)
    file.removeSubrange(file.count / 2..<file.count - 100)
    #expect {
      try GreyImage(decoding: file)
    } throws: { error in
      if case .corrupt(.jpeg, _)? = error as? ImageError { true } else { false }
    }
  }

  @Test("in the colours of print are refused as a kind that can't be read")
  func printColours() throws {
    let file = try JPEGWriter(colour: .print).file(
      width: 8, height: 8, pixels: [UInt8](repeating: 9, count: 64))
    #expect {
      try GreyImage(decoding: file)
    } throws: { error in
      if case .unsupported(.jpeg, _)? = error as? ImageError { true } else { false }
    }
  }
}
