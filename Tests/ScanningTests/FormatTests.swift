import Scanning
import TestSupport
import Testing

/// A way to write a picture, and how far its greys may be off.
struct PictureFormat: Sendable, CustomTestStringConvertible {
  let testDescription: String
  let tolerance: Int
  let file: @Sendable (GreyImage) throws -> [UInt8]

  static let all = png + jpeg + netpbm

  static let png = [
    png("grey", PNGWriter()),
    png("grey, 1 bit", PNGWriter(bitDepth: 1)),
    png("grey, 4 bits", PNGWriter(bitDepth: 4)),
    png("grey, 16 bits", PNGWriter(bitDepth: 16)),
    png("grey, 16 bits, interlaced", PNGWriter(bitDepth: 16, isInterlaced: true)),
    png("grey, interlaced", PNGWriter(isInterlaced: true)),
    png("grey with alpha", PNGWriter(colour: .greyAlpha)),
    png("RGB", PNGWriter(colour: .rgb)),
    png("RGB, 16 bits, interlaced", PNGWriter(colour: .rgb, bitDepth: 16, isInterlaced: true)),
    png("RGBA", PNGWriter(colour: .rgba)),
    png("RGBA, 16 bits", PNGWriter(colour: .rgba, bitDepth: 16)),
    png("RGBA, 16 bits, interlaced", PNGWriter(colour: .rgba, bitDepth: 16, isInterlaced: true)),
    png("palette", PNGWriter(colour: .palette)),
    png(
      "palette, 2 bits, interlaced",
      PNGWriter(colour: .palette, bitDepth: 2, isInterlaced: true)),
  ]

  static let jpeg = [
    jpeg("grey", JPEGWriter()),
    jpeg("grey, progressive", JPEGWriter(isProgressive: true)),
    jpeg("colour", JPEGWriter(colour: .halved)),
    jpeg("full colour", JPEGWriter(colour: .full)),
    jpeg("colour, progressive", JPEGWriter(colour: .halved, isProgressive: true)),
  ]

  static let netpbm = [
    netpbm("P2", NetpbmWriter(isPlain: true)),
    netpbm("P3", NetpbmWriter(isColour: true, isPlain: true)),
    netpbm("P5", NetpbmWriter()),
    netpbm("P5, 16 bits", NetpbmWriter(maximum: 65_535)),
    netpbm("P5, to 100", NetpbmWriter(maximum: 100)),
    netpbm("P6", NetpbmWriter(isColour: true)),
    netpbm("P6, 16 bits", NetpbmWriter(isColour: true, maximum: 1_023)),
    netpbm("P2, 16 bits", NetpbmWriter(isPlain: true, maximum: 65_535)),
  ]

  private static func png(_ name: String, _ writer: PNGWriter) -> PictureFormat {
    PictureFormat(testDescription: "PNG \(name)", tolerance: 1) {
      writer.file(width: $0.width, height: $0.height, pixels: $0.pixels)
    }
  }

  private static func jpeg(_ name: String, _ writer: JPEGWriter) -> PictureFormat {
    PictureFormat(testDescription: "JPEG \(name)", tolerance: 48) {
      try writer.file(width: $0.width, height: $0.height, pixels: $0.pixels)
    }
  }

  private static func netpbm(_ name: String, _ writer: NetpbmWriter) -> PictureFormat {
    PictureFormat(testDescription: "Netpbm \(name)", tolerance: 1) {
      writer.file(width: $0.width, height: $0.height, pixels: $0.pixels)
    }
  }
}

@Suite("Picture files")
struct FormatTests {
  @Test("of every format give the label's own greys and its text", arguments: PictureFormat.all)
  func everyFormat(_ format: PictureFormat) async throws {
    let label = try await drawLabel()
    let picture = try GreyImage(decoding: format.file(label))
    #expect(try #require(picture.greatestDifference(from: label)) <= format.tolerance)
    #expect(BarcodeScanner().scan(picture).map(\.text) == ["TT1.TK.00123-K"])
  }

  @Test("show white where they are transparent", arguments: [PNGWriter.Colour.greyAlpha, .rgba])
  func transparent(_ colour: PNGWriter.Colour) async throws {
    let label = try await drawLabel()
    var writer = PNGWriter(colour: colour)
    writer.transparentGrey = 255
    let file = writer.file(width: label.width, height: label.height, pixels: label.pixels)
    #expect(try GreyImage(decoding: file) == label)
  }

  @Test("keep their middle greys", arguments: PictureFormat.all.filter { $0.tolerance == 1 })
  func greys(_ format: PictureFormat) throws {
    let levels = format.testDescription.contains("1 bit") ? [0, 255] : [0, 85, 170, 255]
    let pixels = (0..<64).map { UInt8(levels[$0 % levels.count]) }
    let ramp = try GreyImage(width: 16, height: 4, pixels: pixels)
    let picture = try GreyImage(decoding: format.file(ramp))
    #expect(try #require(picture.greatestDifference(from: ramp)) <= 1)
  }

  @Test("are told by their bytes")
  func detection() {
    #expect(ImageFormat(detecting: [0xFF, 0xD8, 0xFF, 0xE0]) == .jpeg)
    #expect(ImageFormat(detecting: Array("P5\n1 1\n255\n\0".utf8)) == .netpbm)
    #expect(ImageFormat(detecting: Array("P5x".utf8)) == nil)
    #expect(ImageFormat(detecting: Array("Pots and pans".utf8)) == nil)
    #expect(ImageFormat(detecting: []) == nil)
  }

  @Test("give colours the grey that a JPEG would")
  func colours() throws {
    let file = Array("P6 4 1 255\n".utf8) + [255, 0, 0] + [0, 255, 0] + [0, 0, 255] + [9, 9, 9]
    #expect(try GreyImage(decoding: file).pixels == [76, 150, 29, 9])
  }
}
