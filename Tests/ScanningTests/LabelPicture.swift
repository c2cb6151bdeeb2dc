import Foundation
import Scanning
import TestSupport

/// Draws a label and returns its picture.
func drawLabel(
  _ text: String = "TT1.TK.00123-K", as symbology: Zint.Symbology = .code128,
  options: [String] = ["--scale", "2"]
) async throws -> GreyImage {
  let folder = try TemporaryFolder()
  let file = try await Zint.draw(text, as: symbology, in: folder, options: options)
  return try GreyImage(decoding: [UInt8](Data(contentsOf: file)))
}

extension GreyImage {
  /// The picture turned clockwise by a quarter.
  func turned() throws -> GreyImage {
    let turned = (0..<width).flatMap { column in
      (0..<height).map { row in pixels[(height - 1 - row) * width + column] }
    }
    return try GreyImage(width: height, height: width, pixels: turned)
  }

  /// The negative.
  func negative() throws -> GreyImage {
    try GreyImage(width: width, height: height, pixels: pixels.map { 255 - $0 })
  }

  /// The greatest difference of two pixels at the same place; `nil` if the sizes differ.
  func greatestDifference(from other: GreyImage) -> Int? {
    guard size == other.size else { return nil }
    return zip(pixels, other.pixels).map { abs(Int($0) - Int($1)) }.max()
  }

  /// This picture above another, on white.
  func above(_ other: GreyImage) throws -> GreyImage {
    let width = max(width, other.width)
    return try GreyImage(
      width: width, height: height + other.height,
      pixels: padded(to: width) + other.padded(to: width))
  }

  /// The pixels with white to the right of each row.
  private func padded(to width: Int) -> [UInt8] {
    var padded: [UInt8] = []
    for row in 0..<height {
      padded += pixels[row * self.width..<(row + 1) * self.width]
      padded += [UInt8](repeating: 255, count: width - self.width)
    }
    return padded
  }
}
