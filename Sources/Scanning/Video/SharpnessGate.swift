/// Leaves out frames that are smeared by movement, as long as sharper ones come.
package struct SharpnessGate: Sendable {
  /// The sharpness that the camera has shown lately; it fades, for the scene changes.
  private var usual = 0.0
  private var smearedCount = 0

  package init() {}

  /// Says whether a frame is worth reading.
  package mutating func isSharpEnough(_ frame: GreyImage) -> Bool {
    let sharpness = Self.sharpness(of: frame)
    usual = max(sharpness, usual * Self.fading)
    guard sharpness < VideoLimits.leastSharpness * usual,
      smearedCount < VideoLimits.maximumSmearedFrames
    else {
      smearedCount = 0
      return true
    }
    smearedCount += 1
    return false
  }

  /// After 20 frames a third of the usual sharpness is forgotten.
  private static let fading = 0.98
  private static let rowStep = 16

  /// The mean square of the greys' steps along every sixteenth row, two pixels apart.
  ///
  /// Steps of noise count little in a square that is taken of steps of print.
  private static func sharpness(of frame: GreyImage) -> Double {
    frame.withRaster { raster in
      var sum: UInt64 = 0
      var count = 0
      for row in stride(from: rowStep / 2, to: raster.height, by: rowStep) {
        let pixels = raster.pixels + row * raster.width
        var rowSum: UInt32 = 0
        for column in stride(from: 2, to: raster.width, by: 2) {
          let step = Int32(pixels[column]) - Int32(pixels[column - 2])
          rowSum &+= UInt32(step * step)
        }
        sum += UInt64(rowSum)
        count += raster.width / 2
      }
      return Double(sum) / Double(max(count, 1))
    } ?? 0
  }
}
