/// One of the three squares in the corners of a QR code, as found in a picture.
struct FinderPattern: Sendable {
  /// The middle of the pattern.
  var centre: PlanePoint

  /// The width of one module, in pixels, the mean of both axes of the picture.
  var moduleSize: Double

  /// Whether it is printed light on dark.
  let isInverted: Bool

  /// How many rows crossed it.
  var rowCount = 1

  /// Says whether another sighting is of the same pattern.
  func isNear(_ point: PlanePoint, isInverted: Bool) -> Bool {
    self.isInverted == isInverted && (centre - point).squaredLength < reach * reach
  }

  /// Whether nothing in a row of pixels, or below it, can be near.
  func isAbove(_ row: Int) -> Bool { Double(row) - centre.y >= reach }

  /// How far from the middle a sighting is of the same pattern.
  private var reach: Double { 2.5 * moduleSize }

  /// Takes another sighting in.
  mutating func merge(centre other: PlanePoint, moduleSize size: Double) {
    let weight = 1 / Double(rowCount + 1)
    centre += (other - centre) * weight
    moduleSize += (size - moduleSize) * weight
    rowCount += 1
  }
}

/// Five runs of a finder pattern, dark, light, dark, light, dark, one of them three modules wide.
struct FinderRuns {
  /// Says whether five widths are as 1:1:3:1:1, in blur and with ink that ran.
  ///
  /// Two neighbours together count most: what blur or ink adds to one it takes from the other.
  @inline(__always)
  static func match(_ a: Int, _ b: Int, _ c: Int, _ d: Int, _ e: Int) -> Bool {
    let total = a + b + c + d + e
    guard total >= 7, 7 * c >= 2 * total - 7, 7 * c <= 4 * total + 7 else { return false }
    // Seven times a width against a multiple of the total: a module is a seventh of it.
    let pairSlack = total + 4
    return abs(7 * (a + b) - 2 * total) < pairSlack && abs(7 * (d + e) - 2 * total) < pairSlack
      && 7 * a < 2 * total + 4 && 7 * b < 2 * total + 4 && 7 * d < 2 * total + 4
      && 7 * e < 2 * total + 4 && abs(7 * (b + c) - 4 * total) < 2 * pairSlack
      && abs(7 * (c + d) - 4 * total) < 2 * pairSlack
  }
}
