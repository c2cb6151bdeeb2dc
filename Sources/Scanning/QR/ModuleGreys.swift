/// The greys of a code's modules, one number each, free of perspective.
struct ModuleGreys {
  let dimension: Int
  private(set) var greys: [Float]

  /// Measures each module by five points in its middle; a negative picture is made positive.
  init(
    _ raster: GreyRaster, grid: QRGrid, isInverted: Bool, warp: GridWarp = GridWarp()
  ) {
    let dimension = grid.layout.dimension
    self.dimension = dimension
    greys = [Float](unsafeUninitializedCapacity: dimension * dimension) { buffer, count in
      for y in 0..<dimension {
        for x in 0..<dimension {
          let shift = warp.shift(x: x, y: y)
          let (x, y) = (Double(x) + 0.5 + shift.x, Double(y) + 0.5 + shift.y)
          let offset = 0.2
          var sum = 2 * raster.grey(at: grid.map(x, y))
          sum += raster.grey(at: grid.map(x - offset, y - offset))
          sum += raster.grey(at: grid.map(x + offset, y - offset))
          sum += raster.grey(at: grid.map(x - offset, y + offset))
          sum += raster.grey(at: grid.map(x + offset, y + offset))
          buffer[count] = isInverted ? 255 - sum / 6 : sum / 6
          count += 1
        }
      }
    }
  }

  /// Each grey against the mean of a square around it, `radius` modules each way.
  func darkByLocalMean(radius: Int) -> ModuleMatrix {
    let sums = IntegralSums(greys, dimension: dimension)
    return ModuleMatrix(dimension: dimension) { x, y in
      greys[y * dimension + x] < sums.mean(x: x, y: y, radius: radius)
    }
  }

  /// Each grey against one threshold, the one that parts all greys best (Otsu's).
  func darkByOneThreshold() -> ModuleMatrix {
    let sorted = greys.sorted()
    let total = sorted.reduce(0, +)
    var best = (between: -Float.infinity, threshold: Float(127))
    var below: Float = 0
    for index in 1..<sorted.count {
      below += sorted[index - 1]
      let (low, high) = (Float(index), Float(sorted.count - index))
      let difference = below / low - (total - below) / high
      let between = low * high * difference * difference
      if between > best.between {
        best = (between, (sorted[index - 1] + sorted[index]) / 2)
      }
    }
    let threshold = best.threshold
    return ModuleMatrix(dimension: dimension) { x, y in greys[y * dimension + x] < threshold }
  }

  /// Takes back some of what blur carried over from the four neighbours of each module.
  func sharpened(by amount: Float) -> ModuleGreys {
    var result = self
    func grey(_ x: Int, _ y: Int) -> Float {
      greys[min(max(y, 0), dimension - 1) * dimension + min(max(x, 0), dimension - 1)]
    }
    for y in 0..<dimension {
      for x in 0..<dimension {
        let around = grey(x - 1, y) + grey(x + 1, y) + grey(x, y - 1) + grey(x, y + 1)
        result.greys[y * dimension + x] += amount * (grey(x, y) - around / 4)
      }
    }
    return result
  }
}

/// The sums of all greys above and left of each place, so that any square's mean costs four reads.
private struct IntegralSums {
  private let sums: [Float]
  private let dimension: Int

  init(_ greys: [Float], dimension: Int) {
    self.dimension = dimension
    var sums = [Float](repeating: 0, count: (dimension + 1) * (dimension + 1))
    for y in 0..<dimension {
      var row: Float = 0
      for x in 0..<dimension {
        row += greys[y * dimension + x]
        sums[(y + 1) * (dimension + 1) + x + 1] = sums[y * (dimension + 1) + x + 1] + row
      }
    }
    self.sums = sums
  }

  func mean(x: Int, y: Int, radius: Int) -> Float {
    let (left, right) = (max(x - radius, 0), min(x + radius + 1, dimension))
    let (top, bottom) = (max(y - radius, 0), min(y + radius + 1, dimension))
    let stride = dimension + 1
    let sum =
      sums[bottom * stride + right] - sums[top * stride + right] - sums[bottom * stride + left]
      + sums[top * stride + left]
    return sum / Float((right - left) * (bottom - top))
  }
}
