import Foundation

/// A patch of parallel stripes: what may be a bar code.
struct StripeRegion {
  /// The middle of the patch in pixels.
  let centre: SIMD2<Float>
  /// The direction across the stripes, of length 1, pointing to the right or straight down.
  let across: SIMD2<Float>
  /// How far the patch reaches from its centre across the stripes, in pixels.
  let acrossRange: ClosedRange<Float>
  /// How far it reaches along the stripes.
  let alongRange: ClosedRange<Float>
  /// The energy of its cells.
  let energy: Float

  /// The direction along the stripes.
  var along: SIMD2<Float> { SIMD2(-across.y, across.x) }

  /// The same patch with its lines along the rows or columns of the picture.
  var upright: StripeRegion {
    StripeRegion(
      centre: centre, across: abs(across.x) >= abs(across.y) ? SIMD2(1, 0) : SIMD2(0, 1),
      acrossRange: acrossRange, alongRange: alongRange, energy: energy)
  }

  /// Where at most `limit` lines cross the patch, from its middle outwards, evenly over most of it.
  func lineOffsets(limit: Int) -> [Float] {
    let height = alongRange.upperBound - alongRange.lowerBound
    let middle = (alongRange.lowerBound + alongRange.upperBound) / 2
    let gap = max(height * 0.9 / Float(limit), 1)
    var offsets = [middle]
    for index in 1...max(limit / 2, 1) where Float(index) * gap <= height / 2 {
      offsets += [middle + Float(index) * gap, middle - Float(index) * gap]
    }
    return offsets
  }

  /// Whether another patch lies beside this one across the stripes and runs the same way.
  func isInLine(with other: StripeRegion, gap: Float) -> Bool {
    guard abs((across * other.across).sum()) > 0.97 else { return false }
    let offset = other.centre - centre
    let side = (offset * along).sum()
    let height = alongRange.upperBound - alongRange.lowerBound
    let otherHeight = other.alongRange.upperBound - other.alongRange.lowerBound
    guard abs(side) < max(height, otherHeight) / 2, otherHeight > height / 3,
      otherHeight < height * 3
    else { return false }
    let place = (offset * across).sum()
    return place + other.acrossRange.lowerBound - gap < acrossRange.upperBound
      && place + other.acrossRange.upperBound + gap > acrossRange.lowerBound
  }

  /// Both patches as one, in this one's directions.
  func joined(with other: StripeRegion) -> StripeRegion {
    let offset = other.centre - centre
    let place = (offset * across).sum()
    let side = (offset * along).sum()
    let a = min(acrossRange.lowerBound, place + other.acrossRange.lowerBound)
    let b = max(acrossRange.upperBound, place + other.acrossRange.upperBound)
    let c = max(alongRange.lowerBound, side + other.alongRange.lowerBound)
    let d = min(alongRange.upperBound, side + other.alongRange.upperBound)
    return StripeRegion(
      centre: centre, across: across, acrossRange: a...b, alongRange: min(c, d)...max(c, d),
      energy: energy + other.energy)
  }

  /// Whether a place lies in the patch.
  func contains(_ place: SIMD2<Float>) -> Bool {
    let offset = place - centre
    return acrossRange.contains((offset * across).sum())
      && alongRange.contains((offset * along).sum())
  }
}

extension StripeMap {
  /// What a patch of stripes has to have.
  private enum Threshold {
    /// Squared grey levels a pixel, so that the noise of a camera stays below.
    static let energyPerPixel: Float = 30
    static let coherence: Float = 0.55
    /// The cosine of twice the angle that neighbours may differ by: 15°.
    static let neighbourCosine: Float = 0.866
    /// The same against the mean of the patch: 22.5°.
    static let patchCosine: Float = 0.707
    static let cells = 3
    /// The least extent across the stripes, in pixels.
    static let extent: Float = 24
  }

  /// The patches of like direction, the one with the most energy first; at most `limit`.
  func regions(limit: Int) -> [StripeRegion] {
    var isFree = [Bool](repeating: false, count: cells.count)
    var seeds: [(energy: Float, index: Int)] = []
    let minimum = Threshold.energyPerPixel * Float(cellSide * cellSide) / 2
    for (index, cell) in cells.enumerated()
    where cell.energy >= minimum && cell.coherence >= Threshold.coherence {
      isFree[index] = true
      seeds.append((cell.energy, index))
    }
    seeds.sort { $0.energy > $1.energy }
    var regions: [StripeRegion] = []
    for seed in seeds where isFree[seed.index] {
      let members = takeConnected(from: seed.index, &isFree)
      if members.count >= Threshold.cells, let region = region(of: members) {
        regions.append(region)
      }
    }
    regions.sort { $0.energy > $1.energy }
    return Array(
      Self.joined(Array(regions.prefix(limit * 3)), gap: Float(cellSide) * 4).prefix(limit))
  }

  /// The cells of like direction that hang together with a seed.
  private func takeConnected(from seed: Int, _ isFree: inout [Bool]) -> [Int] {
    var members = [seed]
    isFree[seed] = false
    var sum = cells[seed].doubled
    var next = 0
    while next < members.count {
      let index = members[next]
      next += 1
      let direction = cells[index].doubled
      for neighbour in neighbours(of: index) where isFree[neighbour] {
        let other = cells[neighbour].doubled
        guard Self.cosine(direction, other) > Threshold.neighbourCosine,
          Self.cosine(sum, other) > Threshold.patchCosine
        else { continue }
        isFree[neighbour] = false
        members.append(neighbour)
        sum += other
      }
    }
    return members
  }

  /// Joins patches that lie in line across their stripes, with a gap that a wide bar may leave.
  private static func joined(_ regions: [StripeRegion], gap: Float) -> [StripeRegion] {
    var result: [StripeRegion] = []
    for region in regions {
      if let index = result.firstIndex(where: { $0.isInLine(with: region, gap: gap) }) {
        result[index] = result[index].joined(with: region)
      } else {
        result.append(region)
      }
    }
    // A patch that bridges two others joins them in a second round.
    return result.count < regions.count ? joined(result, gap: gap) : result
  }

  private static func cosine(_ one: SIMD2<Float>, _ other: SIMD2<Float>) -> Float {
    (one * other).sum() / ((one * one).sum() * (other * other).sum()).squareRoot()
  }

  private func neighbours(of index: Int) -> [Int] {
    let column = index % columns
    let row = index / columns
    var result: [Int] = []
    result.reserveCapacity(8)
    for y in max(row - 1, 0)...min(row + 1, rows - 1) {
      for x in max(column - 1, 0)...min(column + 1, columns - 1)
      where x != column || y != row {
        result.append(y * columns + x)
      }
    }
    return result
  }

  private func region(of members: [Int]) -> StripeRegion? {
    var tensor = Cell()
    var centre = SIMD2<Float>.zero
    for index in members {
      tensor = tensor + cells[index]
      centre += place(of: index)
    }
    centre /= Float(members.count)
    let angle = atan2(tensor.doubled.y, tensor.doubled.x) / 2
    let across = SIMD2<Float>(cos(angle), sin(angle))
    let along = SIMD2<Float>(-across.y, across.x)
    var acrossRange: ClosedRange<Float> = 0...0
    var alongRange: ClosedRange<Float> = 0...0
    for index in members {
      let offset = place(of: index) - centre
      acrossRange = acrossRange.reaching((offset * across).sum())
      alongRange = alongRange.reaching((offset * along).sum())
    }
    let half = Float(cellSide) / 2
    acrossRange = acrossRange.lowerBound - half...acrossRange.upperBound + half
    alongRange = alongRange.lowerBound - half...alongRange.upperBound + half
    guard acrossRange.upperBound - acrossRange.lowerBound >= Threshold.extent else { return nil }
    return StripeRegion(
      centre: centre, across: across, acrossRange: acrossRange, alongRange: alongRange,
      energy: tensor.energy)
  }

  /// The middle of a cell in pixels.
  private func place(of index: Int) -> SIMD2<Float> {
    let corner = SIMD2<Float>(Float(index % columns), Float(index / columns))
    return corner * Float(cellSide) + Float(cellSide) / 2 + 1
  }
}

extension ClosedRange<Float> {
  fileprivate func reaching(_ value: Float) -> ClosedRange<Float> {
    Swift.min(lowerBound, value)...Swift.max(upperBound, value)
  }
}
