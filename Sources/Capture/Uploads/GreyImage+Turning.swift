import Scanning

extension GreyImage {
  /// The picture as it stands upright, for how its camera was held.
  func turned(by orientation: EXIFOrientation) throws(ImageError) -> GreyImage {
    guard orientation != .upright else { return self }
    let swapsSides = orientation.rawValue >= EXIFOrientation.transposed.rawValue
    let (width, height) = swapsSides ? (self.height, self.width) : (self.width, self.height)
    let turned = [UInt8](unsafeUninitializedCapacity: width * height) { buffer, count in
      for y in 0..<height {
        for x in 0..<width {
          buffer[count] = pixels[source(x, y, orientation)]
          count += 1
        }
      }
    }
    return try GreyImage(width: width, height: height, pixels: turned)
  }

  /// Which pixel of this picture comes to a place of the upright one.
  private func source(_ x: Int, _ y: Int, _ orientation: EXIFOrientation) -> Int {
    let (lastColumn, lastRow) = (width - 1, height - 1)
    let (column, row) =
      switch orientation {
      case .upright: (x, y)
      case .mirrored: (lastColumn - x, y)
      case .upsideDown: (lastColumn - x, lastRow - y)
      case .mirroredUpsideDown: (x, lastRow - y)
      case .transposed: (y, x)
      case .turnedLeft: (y, lastRow - x)
      case .transversed: (lastColumn - y, lastRow - x)
      case .turnedRight: (lastColumn - y, x)
      }
    return row * width + column
  }
}
