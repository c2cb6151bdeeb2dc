/// A first guess at the grid of a code, from its three finder patterns alone.
///
/// How a finder pattern shrinks along an edge tells the perspective: the scale along a line goes
/// with the square of its distance.
struct QRGridEstimate {
  private let triple: FinderTriple

  /// How much farther from the camera the upper right and the lower left pattern are.
  private let rightWeight: Double
  private let downWeight: Double

  /// The number of modules between the middles of two finder patterns, as measured.
  let span: Double

  init(_ triple: FinderTriple, line: RunLine) {
    self.triple = triple
    let top = triple.upperRight.centre - triple.upperLeft.centre
    let left = triple.lowerLeft.centre - triple.upperLeft.centre
    let across = Self.sizes(triple.upperLeft, triple.upperRight, along: top, line: line)
    let down = Self.sizes(triple.upperLeft, triple.lowerLeft, along: left, line: line)
    rightWeight = Self.weight(across)
    downWeight = Self.weight(down)
    span =
      (top.length / (across.near * across.far).squareRoot()
        + left.length / (down.near * down.far).squareRoot()) / 2
  }

  private static func weight(_ sizes: (near: Double, far: Double)) -> Double {
    min(max((sizes.near / sizes.far).squareRoot(), 0.6), 1.6)
  }

  /// The module size at both ends of an edge, measured along it.
  private static func sizes(
    _ near: FinderPattern, _ far: FinderPattern, along edge: PlanePoint, line: RunLine
  ) -> (near: Double, far: Double) {
    let step = edge / max(edge.length, 1e-9)
    let sizes = [near, far].map { pattern in
      line.crossing(pattern.centre, step: step, reach: 16 * pattern.moduleSize)
        .map { $0.length / 7 }
    }
    // If one can't be measured, the picture is taken for seen straight on.
    guard let one = sizes[0], let other = sizes[1] else {
      let known = sizes[0] ?? sizes[1] ?? (near.moduleSize + far.moduleSize) / 2
      return (known, known)
    }
    return (one, other)
  }

  /// The sizes that a code may have, the likeliest first.
  var dimensions: [Int] {
    let measured = span + 7
    let nearest = Int(((measured - 17) / 4).rounded()) * 4 + 17
    let slack = measured > 60 ? 2 : 1
    return stride(from: nearest - 4 * slack, through: nearest + 4 * slack, by: 4)
      .filter { $0 >= 21 && $0 <= 177 }
      .sorted { abs(Double($0) - measured) < abs(Double($1) - measured) }
  }

  /// The three patterns' middles and where a fourth would be, the likeliest first.
  ///
  /// A large code's timing patterns show an error of the perspective that is smaller than what one
  /// pixel of a finder pattern's width makes: such a code may as well be seen straight on.
  func controls(dimension: Int) -> [Quad] {
    let measured = controls(rightWeight, downWeight)
    let isNearlyStraight = max(abs(rightWeight - 1), abs(downWeight - 1)) < Self.leastPerspective
    guard dimension >= Self.largeDimension, isNearlyStraight else { return [measured] }
    return [measured, controls(1, 1)]
  }

  private static let largeDimension = 61
  private static let leastPerspective = 0.04

  private func controls(_ rightWeight: Double, _ downWeight: Double) -> Quad {
    let (right, down) = (triple.upperRight.centre, triple.lowerLeft.centre)
    let sum = rightWeight * right + downWeight * down - triple.upperLeft.centre
    return Quad(
      upperLeft: triple.upperLeft.centre, upperRight: right, lowerLeft: down,
      lowerRight: sum / max(rightWeight + downWeight - 1, 0.2))
  }
}
