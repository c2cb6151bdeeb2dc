/// The pixels of a picture for the time of one closure, without bounds checks where a loop is hot.
struct GreyRaster {
  let pixels: UnsafePointer<UInt8>
  let width: Int
  let height: Int

  /// The greatest coordinates that still have a neighbour to blend with.
  private let lastColumn: Double
  private let lastRow: Double

  init(pixels: UnsafePointer<UInt8>, width: Int, height: Int) {
    self.pixels = pixels
    self.width = width
    self.height = height
    lastColumn = Double(width) - 1.01
    lastRow = Double(height) - 1.01
  }

  /// Returns the grey at a place between pixels, blended from the four around it; the nearest one
  /// for a place outside, and any for what is no number.
  @inline(__always)
  func grey(at point: PlanePoint) -> Float {
    // In this order, since `max` gives its first argument when the second is no number.
    let x = Float(min(max(0, point.x), lastColumn))
    let y = Float(min(max(0, point.y), lastRow))
    let (column, row) = (Int(x), Int(y))
    let (right, down) = (x - Float(column), y - Float(row))
    let first = pixels + row * width + column
    let upper = Float(first[0]) + (Float(first[1]) - Float(first[0])) * right
    let lower = Float(first[width]) + (Float(first[width + 1]) - Float(first[width])) * right
    return upper + (lower - upper) * down
  }
}

extension GreyImage {
  /// Lends the pixels to `body`; `nil` for a picture of a single row or column.
  func withRaster<Result>(_ body: (GreyRaster) -> Result) -> Result? {
    guard width > 1, height > 1 else { return nil }
    return pixels.withUnsafeBufferPointer { buffer in
      buffer.baseAddress.map { body(GreyRaster(pixels: $0, width: width, height: height)) }
    }
  }
}
