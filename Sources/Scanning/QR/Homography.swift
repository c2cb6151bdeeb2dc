/// A projective map of the plane: how a flat printed square appears to a camera.
struct Homography: Sendable {
  /// The columns of the matrix: what one step right, one step down and the origin become.
  private let right: SIMD3<Double>
  private let down: SIMD3<Double>
  private let origin: SIMD3<Double>

  /// Maps the square whose upper left corner is (`near`, `near`) and whose lower right one is
  /// (`far`, `far`), with its four corners given, upper left, upper right, lower left and lower
  /// right; `nil` if three of them lie on a line.
  ///
  /// The closed form is Heckbert's, "Fundamentals of Texture Mapping", 1989, section 2.2.3.
  init?(near: Double, far: Double, to quad: Quad) {
    let diagonal = quad.upperLeft - quad.upperRight + quad.lowerRight - quad.lowerLeft
    let first = quad.upperRight - quad.lowerRight
    let second = quad.lowerLeft - quad.lowerRight
    let determinant = first.cross(second)
    guard abs(determinant) > 1e-9, far > near else { return nil }
    let rightWeight = diagonal.cross(second) / determinant
    let downWeight = first.cross(diagonal) / determinant
    let scale = 1 / (far - near)
    let toRight = quad.upperRight - quad.upperLeft + rightWeight * quad.upperRight
    let toDown = quad.lowerLeft - quad.upperLeft + downWeight * quad.lowerLeft
    right = scale * SIMD3(toRight.x, toRight.y, rightWeight)
    down = scale * SIMD3(toDown.x, toDown.y, downWeight)
    origin = SIMD3(quad.upperLeft.x, quad.upperLeft.y, 1) - near * (right + down)
  }

  /// Where a point of the flat plane appears.
  @inline(__always)
  func callAsFunction(_ x: Double, _ y: Double) -> PlanePoint {
    let point = x * right + y * down + origin
    return PlanePoint(point.x, point.y) / point.z
  }
}

/// Four places that are the corners of a square in the plane of a code.
struct Quad: Sendable {
  var upperLeft: PlanePoint
  var upperRight: PlanePoint
  var lowerLeft: PlanePoint
  var lowerRight: PlanePoint

  /// The corners by number, in the order of the declaration.
  subscript(index: Int) -> PlanePoint {
    get {
      switch index {
      case 0: upperLeft
      case 1: upperRight
      case 2: lowerLeft
      default: lowerRight
      }
    }
    set {
      switch index {
      case 0: upperLeft = newValue
      case 1: upperRight = newValue
      case 2: lowerLeft = newValue
      default: lowerRight = newValue
      }
    }
  }

  static let cornerCount = 4
}
