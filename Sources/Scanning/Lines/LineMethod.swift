/// One way to read lines across stripes: how they are sampled and how their edges are found.
package struct LineMethod: Hashable, Sendable {
  /// Which cells the stripes are sought in: 0 for 8 pixels a side, 1 for 16, 2 for 32.
  let level: Int
  /// How many neighbouring lines are averaged.
  let width: Int
  /// How many samples stand for a pixel.
  let samplesPerPixel: Int
  let edges: Edges
  let direction: Direction

  package init(
    level: Int, width: Int, samplesPerPixel: Int = 1, edges: Edges = .steepest,
    direction: Direction = .across
  ) {
    self.level = level
    self.width = width
    self.samplesPerPixel = samplesPerPixel
    self.edges = edges
    self.direction = direction
  }

  /// How bars are told from spaces.
  package enum Edges: Hashable, Sendable {
    /// By zbar's line scanner: where the level changes fastest.
    case steepest
    /// The same in the negative, for codes printed light on dark.
    case steepestInverted
    /// The same, with bars made wider and spaces narrower, or the reverse, until the narrow ones of
    /// both are alike: for ink that spread and for light that ate the bars.
    case steepestEvened
    /// Halfway between each peak and the next trough, for blurred narrow bars.
    case halfway
  }

  /// Which way the lines run.
  package enum Direction: Hashable, Sendable {
    /// Square across the stripes.
    case across
    /// Along a row or a column of pixels, whichever is nearer to that: no blending blurs them.
    case upright
  }
}
