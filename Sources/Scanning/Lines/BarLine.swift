/// A line across stripes, and the mean levels along it.
struct BarLine {
  let start: SIMD2<Float>
  let end: SIMD2<Float>
  let samplesPerPixel: Int
  let samples: [Float]

  /// Samples the line that crosses a region at `offset` along its stripes, and reaches some way
  /// beyond it, for the quiet zones and for bars that the region lacks.
  init(
    across region: StripeRegion, at offset: Float, width: Int, samplesPerPixel: Int,
    in image: GreyImage
  ) {
    let length = region.acrossRange.upperBound - region.acrossRange.lowerBound
    let margin = max(16, length * 0.12)
    let foot = region.centre + region.along * offset
    let reach = (region.acrossRange.lowerBound - margin...region.acrossRange.upperBound + margin)
      .inside(image, from: foot, along: region.across)
    start = foot + region.across * reach.lowerBound
    end = foot + region.across * reach.upperBound
    self.samplesPerPixel = samplesPerPixel
    let pixels = LineSampler.mean(
      from: start, step: region.across, count: Int(reach.upperBound - reach.lowerBound) + 1,
      side: region.along, width: width, of: image)
    samples = samplesPerPixel > 1 ? LineSampler.finer(pixels, by: samplesPerPixel) : pixels
  }

  /// A symbol read along the line.
  func symbol(_ read: LineDecoder.Read, in region: StripeRegion) -> Symbol {
    let direction = read.isForward ? region.across : -region.across
    let upright = abs(direction.x) >= abs(direction.y)
    let orientation: Symbol.Orientation =
      upright ? (direction.x > 0 ? .up : .down) : (direction.y > 0 ? .right : .left)
    return Symbol(
      type: read.type, bytes: read.bytes, quality: 1, orientation: orientation,
      points: [Symbol.Point(start), Symbol.Point(end)])
  }
}

extension ClosedRange<Float> {
  /// The part of a way from `foot` that lies in a picture; the foot itself if none does.
  fileprivate func inside(
    _ image: GreyImage, from foot: SIMD2<Float>, along direction: SIMD2<Float>
  ) -> ClosedRange<Float> {
    let limit = SIMD2(Float(image.width - 1), Float(image.height - 1))
    var low = lowerBound
    var high = upperBound
    for axis in 0..<2 where abs(direction[axis]) > 1e-4 {
      let one = -foot[axis] / direction[axis]
      let other = (limit[axis] - foot[axis]) / direction[axis]
      low = Swift.max(low, Swift.min(one, other))
      high = Swift.min(high, Swift.max(one, other))
    }
    return low <= high ? low...high : 0...0
  }
}

extension Symbol.Point {
  fileprivate init(_ place: SIMD2<Float>) {
    self.init(x: Int(place.x.rounded()), y: Int(place.y.rounded()))
  }
}
