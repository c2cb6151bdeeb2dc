/// Straight lines of pixels through finder patterns of one polarity.
struct RunLine {
  let raster: GreyRaster
  let thresholds: BlockThresholds
  let isInverted: Bool

  /// Where a line crosses a pattern.
  struct Crossing {
    /// The middle of the inner square on the line.
    let centre: PlanePoint
    /// The width of the whole pattern, in steps.
    let length: Double
  }

  /// Follows a line from the middle both ways; `nil` if its runs are not as 1:1:3:1:1.
  ///
  /// `reach` is the most steps that the whole pattern may have.
  func crossing(_ middle: PlanePoint, step: PlanePoint, reach: Double) -> Crossing? {
    guard let ahead = edges(middle, step: step, reach: reach),
      let behind = edges(middle, step: -1 * step, reach: reach)
    else { return nil }
    let inner = ahead.inner + behind.inner - 1
    guard
      FinderRuns.match(
        behind.outer - behind.ring, behind.ring - behind.inner, inner, ahead.ring - ahead.inner,
        ahead.outer - ahead.ring)
    else { return nil }
    return Crossing(
      centre: middle + step * (Double(ahead.inner - behind.inner) / 2),
      length: Double(ahead.outer + behind.outer - 1))
  }

  /// How many steps it takes to leave the inner square, the light ring and the dark ring.
  private typealias Edges = (inner: Int, ring: Int, outer: Int)

  private func edges(_ middle: PlanePoint, step: PlanePoint, reach: Double) -> Edges? {
    // Half the inner square is less than a quarter of the pattern, with some room for blur.
    let limits = (inner: Int(reach * 0.3) + 1, all: Int(reach) + 1)
    var walk = PixelWalk(from: middle, step: step)
    guard walk.column >= 0, walk.column < raster.width, walk.row >= 0, walk.row < raster.height
    else { return nil }
    let inside = walk.stepsInside(width: raster.width, height: raster.height)
    return thresholds.thresholds.withUnsafeBufferPointer { levels in
      guard isDark(walk, levels),
        let inner = count(&walk, whileDark: true, to: min(limits.inner, inside), levels),
        let ring = count(&walk, whileDark: false, to: min(limits.all, inside), levels)
      else { return nil }
      // The dark ring may touch the edge of the picture.
      guard let outer = count(&walk, whileDark: true, to: min(limits.all, inside), levels) else {
        return inside < limits.all ? (inner, ring, inside + 1) : nil
      }
      return (inner, ring, outer)
    }
  }

  /// Goes on while the pixels are dark, or light, and returns the steps taken since the start;
  /// `nil` at the limit, up to which all pixels are in the picture.
  @inline(__always)
  private func count(
    _ walk: inout PixelWalk, whileDark expected: Bool, to limit: Int,
    _ levels: UnsafeBufferPointer<UInt8>
  ) -> Int? {
    while walk.count < limit {
      walk.advance()
      if isDark(walk, levels) != expected { return walk.count }
    }
    return nil
  }

  @inline(__always)
  private func isDark(_ walk: PixelWalk, _ levels: UnsafeBufferPointer<UInt8>) -> Bool {
    let (x, y) = (walk.column, walk.row)
    // Of a block's side, which is 8, the logarithm is 3.
    let level = levels[(y >> 3) &* thresholds.columns &+ x >> 3]
    return (raster.pixels[y &* raster.width &+ x] < level) != isInverted
  }
}

/// A walk over pixels in equal steps, in fixed point with 16 bits behind the point.
private struct PixelWalk {
  private var x: Int
  private var y: Int
  private let stepX: Int
  private let stepY: Int
  private(set) var count = 0

  private static let one = 65_536.0

  /// Starts at a place within the limits of a picture's size.
  init(from start: PlanePoint, step: PlanePoint) {
    x = Int((start.x + 0.5) * Self.one)
    y = Int((start.y + 0.5) * Self.one)
    stepX = Int(step.x * Self.one)
    stepY = Int(step.y * Self.one)
  }

  var column: Int { x >> 16 }
  var row: Int { y >> 16 }

  @inline(__always)
  mutating func advance() {
    x &+= stepX
    y &+= stepY
    count &+= 1
  }

  /// How many steps from here stay in a picture.
  func stepsInside(width: Int, height: Int) -> Int {
    func steps(_ place: Int, _ step: Int, _ size: Int) -> Int {
      if step == 0 { return .max }
      return step > 0 ? (size << 16 - 1 - place) / step : place / -step
    }
    return min(steps(x, stepX, width), steps(y, stepY, height))
  }
}
