/// The mean greys of a frame's blocks of 16 × 16 pixels, from every second row.
struct BlockMeans {
  static let side = 16
  private static let rowStep = 2

  let columns: Int
  let rows: Int

  /// One mean a block, row by row; what is left at the right and lower edge does not count.
  let means: [UInt8]

  init(_ frame: GreyImage) {
    columns = frame.width / Self.side
    rows = frame.height / Self.side
    let (columns, rows) = (columns, rows)
    means =
      frame.withRaster { raster in
        [UInt8](unsafeUninitializedCapacity: columns * rows) { buffer, count in
          for row in 0..<rows {
            for column in 0..<columns {
              let first = raster.pixels + row * Self.side * raster.width + column * Self.side
              buffer[count] = Self.mean(first, stride: raster.width)
              count += 1
            }
          }
        }
      } ?? []
  }

  @inline(__always)
  private static func mean(_ pixels: UnsafePointer<UInt8>, stride: Int) -> UInt8 {
    var sum = SIMD16<UInt16>(repeating: 0)
    for row in Swift.stride(from: 0, to: side, by: rowStep) {
      let greys = UnsafeRawPointer(pixels + row * stride).loadUnaligned(as: SIMD16<UInt8>.self)
      sum &+= SIMD16<UInt16>(truncatingIfNeeded: greys)
    }
    // 128 greys add up to no more than 32,640.
    return UInt8(truncatingIfNeeded: sum.wrappedSum() / UInt16(side * side / rowStep))
  }
}
