package import Labels
package import Scanning

/// Finds the codes in the frames of one camera, one frame after the other.
package protocol FrameReading {
  /// The codes that have just come into view; one that stays in view is given once.
  mutating func newCodes(in frame: GreyImage, at milliseconds: Int64) -> [ScannedCode]
}

/// Reads each frame on its own, and takes a code that stays in view for one scan.
package struct PlainFrameReader: FrameReading {
  private let scanner = BarcodeScanner(passes: [PlainPass()])
  private var lastSeen: [ScannedCode: Int64] = [:]

  package init() {}

  package mutating func newCodes(in frame: GreyImage, at milliseconds: Int64) -> [ScannedCode] {
    lastSeen = lastSeen.filter {
      milliseconds - $0.value < CaptureLimits.presenceMilliseconds
    }
    let codes = scanner.scan(frame).map { ScannedCode(text: $0.text, symbology: $0.type) }
    let new = codes.filter { lastSeen[$0] == nil }
    for code in codes { lastSeen[code] = milliseconds }
    return new
  }
}
