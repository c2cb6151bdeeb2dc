/// A picture in 8-bit grey: what every camera frame and every file becomes before it is scanned.
package struct GreyImage: Hashable, Sendable {
  package let size: PictureSize

  /// One byte a pixel, 0 black to 255 white, row by row from the top, without padding.
  package let pixels: [UInt8]

  package var width: Int { size.width }
  package var height: Int { size.height }

  /// Takes a raw grey frame.
  package init(width: Int, height: Int, pixels: [UInt8]) throws(ImageError) {
    let size = try PictureSize(width: width, height: height)
    guard pixels.count == size.pixelCount else {
      throw .wrongFrameLength(expected: size.pixelCount, actual: pixels.count)
    }
    self.init(size: size, pixels: pixels)
  }

  /// Takes pixels that the caller has made to measure.
  init(size: PictureSize, pixels: [UInt8]) {
    assert(pixels.count == size.pixelCount)
    self.size = size
    self.pixels = pixels
  }

  /// Reads a PNG, JPEG, PGM or PPM file.
  ///
  /// The size in the header is checked before any memory is taken for pixels. A file that is cut
  /// short or damaged is an error, never half a picture.
  package init(decoding file: [UInt8]) throws(ImageError) {
    guard !file.isEmpty else { throw .empty }
    switch ImageFormat(detecting: file) {
    case .png: self = try PNGDecoder.decode(file)
    case .jpeg: self = try JPEGDecoder.decode(file)
    case .netpbm: self = try NetpbmDecoder.decode(file)
    case nil: throw .unknownFormat
    }
  }
}

extension GreyImage: CustomStringConvertible {
  package var description: String { "GreyImage(\(width) × \(height))" }
}

/// A width and a height within ``ScanningLimits``.
package struct PictureSize: Hashable, Sendable {
  package let width: Int
  package let height: Int

  package var pixelCount: Int { width * height }

  package init(width: Int, height: Int) throws(ImageError) {
    guard width > 0, height > 0 else { throw .empty }
    guard width <= ScanningLimits.maximumSide, height <= ScanningLimits.maximumSide,
      width * height <= ScanningLimits.maximumPixels
    else { throw .tooLarge(width: width, height: height) }
    self.width = width
    self.height = height
  }
}
