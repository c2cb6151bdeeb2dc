import Foundation
import Scanning
import TestSupport

/// Frames of 1280×720 through ``FrameReader``, as a camera's thread gives them.
enum VideoBenchmark {
  static func run() async throws -> [Figure] {
    let wall = try DecodeBenchmark.texture()
    let label = try await draw(.code128)
    let code = try await draw(.qr)
    return [
      try moving(
        "a moving 1280×720 frame with a bar code",
        [wall.with(label, atX: 300), wall.with(label, atX: 420)]),
      try moving(
        "a moving 1280×720 frame with a QR code",
        [wall.with(code, atX: 300), wall.with(code, atX: 420)]),
      try moving("a moving 1280×720 frame without a code", [wall, shaded(wall)]),
      unmoved("an unmoved 1280×720 frame, gated", wall),
    ]
  }

  /// Frames that take turns, so that each differs from the last one and is read.
  private static func moving(_ what: String, _ frames: [GreyImage]) -> Figure {
    var reader = FrameReader()
    return figure(what, goal: 2, reader: &reader) { frames[$0 % frames.count] }
  }

  private static func unmoved(_ what: String, _ frame: GreyImage) -> Figure {
    var reader = FrameReader()
    return figure(what, goal: 0.3, reader: &reader) { _ in frame }
  }

  private static func figure(
    _ what: String, goal: Double, reader: inout FrameReader, frame: (Int) -> GreyImage
  ) -> Figure {
    var samples: [Double] = []
    for index in 0..<200 {
      let next = frame(index)
      let duration = ContinuousClock().measure {
        // A millisecond apart, so that only movement asks for a frame to be read.
        _ = reader.read(next, at: Int64(index))
      }
      samples.append(duration / .milliseconds(1))
    }
    let counts = reader.counts
    return Figure(
      what: what, goal: goal, measured: Sampling.median(samples), unit: "ms",
      note: "median of \(counts.frames) frames, \(counts.read) of them read")
  }

  private static func draw(_ symbology: Zint.Symbology) async throws -> GreyImage {
    let folder = try TemporaryFolder()
    let file = try await Zint.draw("TT1.TK.00123-K", as: symbology, in: folder)
    return try GreyImage(decoding: [UInt8](Data(contentsOf: file)))
  }

  /// The wall with a darker half, as when someone walks by.
  private static func shaded(_ wall: GreyImage) throws -> GreyImage {
    let pixels = wall.pixels.enumerated().map { index, grey in
      index % wall.width < wall.width / 2 ? grey / 2 : grey
    }
    return try GreyImage(width: wall.width, height: wall.height, pixels: pixels)
  }
}

extension GreyImage {
  /// This wall with a label on it, so many pixels from its left edge.
  fileprivate func with(_ label: GreyImage, atX left: Int) throws -> GreyImage {
    var pixels = pixels
    for row in 0..<label.height {
      let start = (row + 200) * width + left
      pixels.replaceSubrange(
        start..<start + label.width,
        with: label.pixels[row * label.width..<(row + 1) * label.width])
    }
    return try GreyImage(width: width, height: height, pixels: pixels)
  }
}
