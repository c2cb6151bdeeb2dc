import Scanning
import TestSupport

/// A desk as a camera sees it: a wall of some texture, and what is held before it.
struct VideoScene {
  static let (width, height) = (640, 360)
  private let wall: GreyImage

  init() throws {
    var random = SeededGenerator(seed: 25)
    // Patches of unlike greys, so that the scene has some sharpness of its own.
    let patches = (0..<32 * 18).map { _ in Double.random(in: 90...190, using: &random) }
    wall = try GreyImage.plain(width: Self.width, height: Self.height).changed { _, place in
      patches[Int(place.y / 20) * 32 + Int(place.x / 20)]
    }
  }

  /// A frame with labels at their places, with the noise of a sensor.
  func frame(_ labels: [(GreyImage, x: Int, y: Int)] = [], noise seed: UInt64) throws -> GreyImage {
    var frame = wall
    for (label, x, y) in labels { frame = try frame.with(label, atX: x, y: y) }
    return try frame.noisy(amplitude: 4, seed: seed)
  }
}
