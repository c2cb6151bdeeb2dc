/// Fits a grid to what a picture shows.
struct QRGridFitter {
  let raster: GreyRaster
  let isInverted: Bool

  /// How well the picture agrees with a grid, in greys: about half the contrast for a true code.
  ///
  /// The fixed modules have to be as they are in every code, and every module's middle clearly dark
  /// or clearly light.
  func score(_ grid: QRGrid) -> Float {
    var fixed: Float = 0
    var sum: Float = 0
    let modules = grid.layout.fixedModules
    for module in modules {
      let grey = raster.grey(at: grid.map(module.x, module.y))
      fixed += module.weight * grey
      sum += grey
    }
    let count = Float(modules.count)
    return ((isInverted ? -fixed : fixed) + deviation(grid, from: sum / count)) / count
  }

  /// How far the greys of the other modules are from a middle grey, together.
  private func deviation(_ grid: QRGrid, from middle: Float) -> Float {
    let dimension = grid.layout.dimension
    let step = dimension < 30 ? 1 : dimension / 20
    var sum: Float = 0
    for y in stride(from: 9, to: dimension, by: step) {
      for x in stride(from: 9, to: dimension, by: step) {
        sum += abs(raster.grey(at: grid.map(Double(x) + 0.5, Double(y) + 0.5)) - middle)
      }
    }
    return 0.5 * sum
  }

  /// How like the fixed modules of a QR code the picture is: 1 is flawless, 0 is like anything.
  ///
  /// The worst finder pattern counts, and the timing patterns together. Anything below `least` is
  /// not measured to its end, and may be given as 0.
  func agreement(_ grid: QRGrid, least: Float) -> Float {
    let far = Double(grid.layout.dimension) - 3.5
    var worst: Float = 1
    for (x, y) in [(3.5, 3.5), (far, 3.5), (3.5, far)] {
      worst = min(worst, finderAgreement(grid, x: x, y: y))
      guard worst > least else { return 0 }
    }
    let timing = [true, false].map { isRow in
      // The line may bend, or the first guess be off.
      [-0.5, 0, 0.5].map { timingAgreement(grid, isRow: isRow, offset: $0) }.max() ?? 0
    }
    return min(worst, (timing[0] + timing[1]) / 2)
  }

  /// The correlation of the modules around a place with a finder pattern, which may be round.
  private func finderAgreement(_ grid: QRGrid, x: Double, y: Double) -> Float {
    var correlation = Correlation()
    for row in -3...3 {
      for column in -3...3 where min(abs(row), abs(column)) < 2 {
        let isLight = max(abs(row), abs(column)) == 2
        correlation.add(
          raster.grey(at: grid.map(x + Double(column), y + Double(row))), isLight: isLight)
      }
    }
    return correlation.value * (isInverted ? -1 : 1)
  }

  /// The correlation of a line with alternating modules.
  private func timingAgreement(_ grid: QRGrid, isRow: Bool, offset: Double) -> Float {
    var correlation = Correlation()
    for place in 8..<grid.layout.dimension - 8 {
      let (along, across) = (Double(place) + 0.5, 6.5 + offset)
      let point = isRow ? grid.map(along, across) : grid.map(across, along)
      correlation.add(raster.grey(at: point), isLight: !place.isMultiple(of: 2))
    }
    return correlation.value * (isInverted ? -1 : 1)
  }

  /// Finds the fourth corner by the last alignment pattern, or in version 1 by the whole grid.
  func searchingFourthCorner(_ grid: QRGrid) -> QRGrid {
    guard let centre = grid.layout.alignmentCentre else { return searchingWhole(grid) }
    let reach = min(5.0, 2.5 + Double(grid.layout.dimension) / 40)
    var best = (score: -Float.infinity, x: 0.0, y: 0.0)
    for y in stride(from: -reach, through: reach, by: 0.5) {
      for x in stride(from: -reach, through: reach, by: 0.5) {
        let score = alignmentScore(grid, x: centre + x, y: centre + y)
        // Of two that look alike, the nearer.
        let penalized = score * Float(1 - 0.04 * (abs(x) + abs(y)))
        if penalized > best.score { best = (penalized, x, y) }
      }
    }
    let stretch = (Double(grid.layout.dimension) - 3.5) / centre
    var controls = grid.controls
    let far = Double(grid.layout.dimension) - 3.5
    controls.lowerRight = grid.map(far + best.x * stretch, far + best.y * stretch)
    var moved = grid
    moved.move(to: controls)
    return moved
  }

  private func alignmentScore(_ grid: QRGrid, x: Double, y: Double) -> Float {
    var (dark, light): (Float, Float) = (0, 0)
    for row in -2...2 {
      for column in -2...2 {
        let grey = raster.grey(at: grid.map(x + Double(column), y + Double(row)))
        if max(abs(row), abs(column)) == 1 { light += grey } else { dark += grey }
      }
    }
    return (light / 8 - dark / 17) * (isInverted ? -1 : 1)
  }

  /// Finds the fourth corner by every module.
  func searchingWhole(_ grid: QRGrid) -> QRGrid {
    var best = (score: score(grid), grid: grid)
    let far = Double(grid.layout.dimension) - 3.5
    for y in stride(from: -2.0, through: 2, by: 1) {
      for x in stride(from: -2.0, through: 2, by: 1) {
        var moved = grid
        var controls = grid.controls
        controls.lowerRight = grid.map(far + x, far + y)
        moved.move(to: controls)
        let score = score(moved)
        if score > best.score { best = (score, moved) }
      }
    }
    return best.grid
  }

  /// Moves the four points in ever smaller steps as long as the score grows.
  func refining(_ grid: QRGrid) -> QRGrid {
    var best = (score: score(grid), grid: grid)
    let size = grid.moduleSize
    for step in [0.5, 0.25, 0.12] {
      for _ in 0..<3 {
        let before = best.score
        for move in Self.moves {
          var controls = best.grid.controls
          controls[move.corner] += move.direction * (step * size)
          var moved = best.grid
          moved.move(to: controls)
          let score = score(moved)
          if score > best.score { best = (score, moved) }
        }
        if best.score <= before { break }
      }
    }
    return best.grid
  }

  /// One corner one way.
  private static let moves = (0..<Quad.cornerCount).flatMap { corner in
    [PlanePoint(1, 0), PlanePoint(-1, 0), PlanePoint(0, 1), PlanePoint(0, -1)]
      .map { (corner: corner, direction: $0) }
  }
}
