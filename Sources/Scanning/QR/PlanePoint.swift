/// A place in a picture, or a distance in it, in pixels; the centre of the first pixel is (0, 0).
typealias PlanePoint = SIMD2<Double>

extension SIMD2<Double> {
  /// The square of the distance from the origin.
  var squaredLength: Double { x * x + y * y }

  /// The distance from the origin.
  var length: Double { squaredLength.squareRoot() }

  /// The cosine of the angle to another vector, times both lengths.
  func dot(_ other: Self) -> Double { x * other.x + y * other.y }

  /// The sine of the angle to another vector, times both lengths: positive when the other lies
  /// clockwise, since y grows downwards.
  func cross(_ other: Self) -> Double { x * other.y - y * other.x }
}
