package import Labels
package import Scanning

/// Finds the codes in the frames of one camera, one frame after the other.
package protocol FrameReading {
  /// The codes that have just come into view; one that stays in view is given once.
  mutating func newCodes(in frame: GreyImage, at milliseconds: Int64) -> [ScannedCode]
}

extension FrameReader: FrameReading {
  package mutating func newCodes(in frame: GreyImage, at milliseconds: Int64) -> [ScannedCode] {
    read(frame, at: milliseconds).map {
      ScannedCode(text: $0.symbol.text, symbology: $0.symbol.type)
    }
  }
}
