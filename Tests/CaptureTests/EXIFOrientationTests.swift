import Foundation
import Labels
import Scanning
import TestSupport
import Testing

@testable import Capture

@Suite("Photos of a phone that was turned")
struct EXIFOrientationTests {
  /// A picture of two columns and three rows: a b / c d / e f.
  private static let pixels = Array("abcdef".utf8)

  @Test(
    "stand upright",
    arguments: [
      (EXIFOrientation.upright, "abcdef"), (.mirrored, "badcfe"), (.upsideDown, "fedcba"),
      (.mirroredUpsideDown, "efcdab"), (.transposed, "acebdf"), (.turnedLeft, "ecafdb"),
      (.transversed, "fdbeca"), (.turnedRight, "bdface"),
    ])
  func turned(orientation: EXIFOrientation, text: String) throws {
    let image = try GreyImage(width: 2, height: 3, pixels: Self.pixels)
    let upright = try image.turned(by: orientation)
    #expect(String(decoding: upright.pixels, as: UTF8.self) == text)
    #expect(upright.width == (orientation.rawValue < 5 ? 2 : 3))
  }

  @Test("say how they were taken in either byte order", arguments: EXIFOrientation.allCases)
  func read(orientation: EXIFOrientation) throws {
    for isLittle in [true, false] {
      let file = try Self.photo(orientation: orientation.rawValue, isLittle: isLittle)
      #expect(EXIFOrientation(of: file) == orientation)
    }
  }

  @Test("count as upright where their data are missing, cut short or out of range")
  func damaged() throws {
    let file = try Self.photo(orientation: 6, isLittle: true)
    for length in 0..<60 { #expect(EXIFOrientation(of: Array(file.prefix(length))) == .upright) }
    #expect(try EXIFOrientation(of: Self.photo(orientation: 99, isLittle: false)) == .upright)
    #expect(EXIFOrientation(of: []) == .upright)
    var generator = SeededGenerator(seed: 1)
    for _ in 0..<2_000 {
      var garbage = file
      for _ in 0..<3 {
        garbage[.random(in: 2..<60, using: &generator)] = .random(in: 0...255, using: &generator)
      }
      _ = EXIFOrientation(of: garbage)
    }
  }

  @Test("are read by the upload's way", arguments: [3, 6, 8] as [UInt16])
  func upload(orientation: UInt16) async throws {
    let folder = try TemporaryFolder()
    let drawn = try await Zint.draw("TT1.TK.00123-K", as: .code128, in: folder)
    let label = try GreyImage(decoding: [UInt8](Data(contentsOf: drawn)))
    let file = try Self.photo(
      orientation: orientation, isLittle: true, width: label.width, height: label.height,
      pixels: label.pixels)
    let codes = try await UploadReader().codes(in: Upload(file))
    #expect(codes.map(\.text) == ["TT1.TK.00123-K"])
  }

  /// A JPEG with an Exif part that has one entry, the orientation.
  private static func photo(
    orientation: UInt16, isLittle: Bool, width: Int = 8, height: Int = 8,
    pixels: [UInt8] = [UInt8](repeating: 128, count: 64)
  ) throws -> [UInt8] {
    func number(_ value: Int, _ count: Int) -> [UInt8] {
      let bytes = (0..<count).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
      return isLittle ? bytes : bytes.reversed()
    }
    let entry =
      number(0x0112, 2) + number(3, 2) + number(1, 4) + number(Int(orientation), 2) + [0, 0]
    let tiff =
      Array((isLittle ? "II" : "MM").utf8) + number(42, 2) + number(8, 4) + number(1, 2) + entry
      + number(0, 4)
    let body = Array("Exif".utf8) + [0, 0] + tiff
    let part = [0xFF, 0xE1, 0, UInt8(body.count + 2)] + body
    let jpeg = try JPEGWriter().file(width: width, height: height, pixels: pixels)
    return Array(jpeg[..<2]) + part + Array(jpeg[2...])
  }
}
