package import Scanning

/// Finds the codes in the frames of one camera, one frame after the other.
package protocol FrameReading {
  /// The codes that have just come into view; one that stays in view is given once.
  mutating func read(_ frame: GreyImage, at milliseconds: Int64) -> [Sighting]
}

extension FrameReader: FrameReading {}
