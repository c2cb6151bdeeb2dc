/// Where black ends and white begins, for each block of 8 × 8 pixels, in uneven light.
///
/// A block with contrast has the mean of its greys. A flat one takes after its neighbours, so that
/// the inside of a large dark area stays dark. The thresholds are then averaged over 5 × 5 blocks.
struct BlockThresholds {
  static let side = 8

  /// The least difference between a block's brightest and darkest grey that is more than noise.
  static let leastContrast = 24

  let columns: Int
  let rows: Int

  /// One threshold a block, row by row; what is darker is black.
  private(set) var thresholds: [UInt8]

  /// Measures a picture of at least one block each way; `nil` for a smaller one.
  init?(_ raster: GreyRaster) {
    guard raster.width >= 2 * Self.side, raster.height >= Self.side else { return nil }
    columns = (raster.width + Self.side - 1) / Self.side
    rows = (raster.height + Self.side - 1) / Self.side
    thresholds = []
    let levels = Self.levels(of: raster, columns: columns, rows: rows)
    thresholds = Self.averaged(levels, columns: columns, rows: rows)
  }

  /// The threshold at a pixel inside the picture.
  @inline(__always)
  func threshold(x: Int, y: Int) -> UInt8 {
    thresholds[(y / Self.side) * columns + x / Self.side]
  }

  private static func levels(of raster: GreyRaster, columns: Int, rows: Int) -> [UInt8] {
    var levels = [UInt8](repeating: 0, count: columns * rows)
    levels.withUnsafeMutableBufferPointer { levels in
      for row in 0..<rows {
        let top = min(row * side, raster.height - side)
        for column in 0..<columns {
          let left = min(column * side, raster.width - side)
          let block = BlockGreys(raster.pixels + top * raster.width + left, stride: raster.width)
          levels[row * columns + column] = block.level { flat in
            guard row > 0, column > 0 else { return flat }
            let above = (row - 1) * columns + column
            return UInt8(
              (Int(levels[above]) + 2 * Int(levels[row * columns + column - 1])
                + Int(levels[above - 1])) / 4)
          }
        }
      }
    }
    return levels
  }

  private static func averaged(_ levels: [UInt8], columns: Int, rows: Int) -> [UInt8] {
    let across = averagedAlong(levels, count: columns, step: 1, lines: rows, lineStep: columns)
    return averagedAlong(across, count: rows, step: columns, lines: columns, lineStep: 1)
  }

  /// Averages five neighbours along each line of a table; a line's ends repeat.
  private static func averagedAlong(
    _ levels: [UInt8], count: Int, step: Int, lines: Int, lineStep: Int
  ) -> [UInt8] {
    var result = levels
    levels.withUnsafeBufferPointer { levels in
      for line in 0..<lines {
        let start = line * lineStep
        for index in 0..<count {
          var sum = 0
          for neighbour in index - 2...index + 2 {
            sum += Int(levels[start + min(max(neighbour, 0), count - 1) * step])
          }
          result[start + index * step] = UInt8(sum / 5)
        }
      }
    }
    return result
  }
}

/// The darkest, the brightest and the mean grey of one block.
private struct BlockGreys {
  let darkest: UInt8
  let brightest: UInt8
  let mean: UInt8

  @inline(__always)
  init(_ pixels: UnsafePointer<UInt8>, stride: Int) {
    typealias Row = SIMD8<UInt8>
    var low = Row(repeating: 255)
    var high = Row(repeating: 0)
    var sum = SIMD8<UInt16>(repeating: 0)
    for row in 0..<BlockThresholds.side {
      let greys = UnsafeRawPointer(pixels + row * stride).loadUnaligned(as: Row.self)
      low = pointwiseMin(low, greys)
      high = pointwiseMax(high, greys)
      sum &+= SIMD8<UInt16>(truncatingIfNeeded: greys)
    }
    darkest = low.min()
    brightest = high.max()
    mean = UInt8(sum.wrappedSum() / 64)
  }

  /// The block's own threshold, or for a flat block what its neighbours make of it.
  @inline(__always)
  func level(flat neighbours: (UInt8) -> UInt8) -> UInt8 {
    guard Int(brightest) - Int(darkest) <= BlockThresholds.leastContrast else { return mean }
    let around = neighbours(darkest / 2)
    return darkest < around ? around : darkest / 2
  }
}
