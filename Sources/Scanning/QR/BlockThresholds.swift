/// Where black ends and white begins, for each block of 8 × 8 pixels, in uneven light.
///
/// A block with contrast has the mean of its greys. A flat one takes after its neighbours, so that
/// the inside of a large dark area stays dark. The thresholds are then averaged over 5 × 5 blocks.
struct BlockThresholds {
  /// What passes for print.
  struct Sensitivity {
    /// The least difference between a block's brightest and darkest grey that is more than noise.
    let leastContrast: Int

    /// How far below a white area its threshold lies, in greys; half its grey at most.
    let depthOfWhite: UInt8

    /// For dark print on light paper.
    static let normal = Sensitivity(leastContrast: 24, depthOfWhite: 255)

    /// For pale print or little light.
    static let high = Sensitivity(leastContrast: 8, depthOfWhite: 8)
  }

  static let side = 8

  let columns: Int
  let rows: Int

  /// One threshold a block, row by row; what is darker is black.
  private(set) var thresholds: [UInt8]

  /// Measures a picture of at least one block each way; `nil` for a smaller one.
  init?(_ raster: GreyRaster, sensitivity: Sensitivity) {
    guard raster.width >= 2 * Self.side, raster.height >= Self.side else { return nil }
    columns = (raster.width + Self.side - 1) / Self.side
    rows = (raster.height + Self.side - 1) / Self.side
    thresholds = []
    let levels = Self.levels(
      of: raster, columns: columns, rows: rows, sensitivity: sensitivity)
    thresholds = Self.averaged(levels, columns: columns, rows: rows)
  }

  /// The threshold at a pixel inside the picture.
  @inline(__always)
  func threshold(x: Int, y: Int) -> UInt8 {
    thresholds[(y / Self.side) * columns + x / Self.side]
  }

  private static func levels(
    of raster: GreyRaster, columns: Int, rows: Int, sensitivity: Sensitivity
  ) -> [UInt8] {
    var levels = [UInt8](repeating: 0, count: columns * rows)
    levels.withUnsafeMutableBufferPointer { levels in
      for row in 0..<rows {
        let top = min(row * side, raster.height - side)
        for column in 0..<columns {
          let left = min(column * side, raster.width - side)
          let block = BlockGreys(raster.pixels + top * raster.width + left, stride: raster.width)
          levels[row * columns + column] = block.level(sensitivity) { flat in
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
  func level(_ sensitivity: BlockThresholds.Sensitivity, flat neighbours: (UInt8) -> UInt8) -> UInt8
  {
    guard Int(brightest) - Int(darkest) <= sensitivity.leastContrast else { return mean }
    // A flat block is white as far as its neighbours don't say otherwise.
    let below = darkest - min(sensitivity.depthOfWhite, darkest / 2)
    let around = neighbours(below)
    return darkest < around ? around : below
  }
}
