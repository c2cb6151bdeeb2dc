/// The grid of modules of one code, laid over a picture.
///
/// It hangs on four points: the middles of the three finder patterns, and the place where a fourth
/// would be.
struct QRGrid {
  let layout: QRLayout
  private(set) var controls: Quad
  private(set) var map: Homography

  /// Lays a grid; `nil` if three of the points lie on a line.
  init?(layout: QRLayout, controls: Quad) {
    self.layout = layout
    self.controls = controls
    guard let map = Self.map(layout, controls) else { return nil }
    self.map = map
  }

  private static func map(_ layout: QRLayout, _ controls: Quad) -> Homography? {
    Homography(near: 3.5, far: Double(layout.dimension) - 3.5, to: controls)
  }

  /// Moves the controls; the grid stays as it is if they would lie on a line.
  mutating func move(to controls: Quad) {
    guard let map = Self.map(layout, controls) else { return }
    self.controls = controls
    self.map = map
  }

  /// The corners of the code in the picture: upper left, lower left, lower right, upper right.
  var corners: [PlanePoint] {
    let far = Double(layout.dimension)
    return [map(0, 0), map(0, far), map(far, far), map(far, 0)]
  }

  /// The width of a module in the middle of the code, in pixels, as near as matters.
  var moduleSize: Double {
    let middle = Double(layout.dimension) / 2
    return (map(middle + 0.5, middle + 0.5) - map(middle - 0.5, middle - 0.5)).length / 1.4142
  }
}
