/// The places in one row of a picture where black and white meet.
struct RowEdges {
  /// The columns where a run begins; the first run is white and begins at 0, perhaps empty.
  private(set) var starts: [Int32]

  init(width: Int) {
    starts = []
    starts.reserveCapacity(width + 2)
  }

  /// Finds the edges of a row; eight pixels are compared with their threshold at once.
  mutating func find(in raster: GreyRaster, row: Int, thresholds: BlockThresholds) {
    starts.removeAll(keepingCapacity: true)
    starts.append(0)
    let pixels = raster.pixels + row * raster.width
    let first = (row / BlockThresholds.side) * thresholds.columns
    var wasDark: UInt64 = 0
    thresholds.thresholds.withUnsafeBufferPointer { levels in
      for block in 0..<raster.width / BlockThresholds.side {
        let start = block * BlockThresholds.side
        let dark = Self.darkBits(of: pixels + start, below: levels[first + block])
        var edges = dark ^ (dark << 1 | wasDark)
        edges &= 0xFF
        wasDark = dark >> 7
        while edges != 0 {
          starts.append(Int32(start + edges.trailingZeroBitCount))
          edges &= edges - 1
        }
      }
      for column in (raster.width / BlockThresholds.side * BlockThresholds.side)..<raster.width {
        let level = levels[first + thresholds.columns - 1]
        let isDark: UInt64 = pixels[column] < level ? 1 : 0
        if isDark != wasDark { starts.append(Int32(column)) }
        wasDark = isDark
      }
    }
    starts.append(Int32(raster.width))
  }

  /// One bit for each of eight pixels, the lowest for the first: whether it is darker.
  ///
  /// Greys lose their lowest bit, so that a borrow never leaves its byte.
  @inline(__always)
  private static func darkBits(of pixels: UnsafePointer<UInt8>, below threshold: UInt8) -> UInt64 {
    let greys =
      UnsafeRawPointer(pixels).loadUnaligned(as: UInt64.self) >> 1 & 0x7F7F_7F7F_7F7F_7F7F
    let level = UInt64(threshold >> 1) &* 0x0101_0101_0101_0101
    // A byte keeps its high bit where the grey is not below the level.
    let light = ((greys | 0x8080_8080_8080_8080) &- level) & 0x8080_8080_8080_8080
    let dark = (light ^ 0x8080_8080_8080_8080) >> 7
    return (dark &* 0x0102_0408_1020_4080) >> 56
  }
}
