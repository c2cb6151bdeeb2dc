/// Takes levels along lines through a picture.
enum LineSampler {
  /// The mean levels of `width` lines side by side, each place blended from four pixels.
  ///
  /// Beyond the picture its rim goes on. The picture has at least two pixels each way.
  static func mean(
    from start: SIMD2<Float>, step: SIMD2<Float>, count: Int, side: SIMD2<Float>, width: Int,
    of image: GreyImage
  ) -> [Float] {
    let first = start - side * (Float(width - 1) / 2)
    let limit = SIMD2(Float(image.width) - 1.001, Float(image.height) - 1.001)
    // The lines are inside if their four ends are, with some room for rounding.
    let isInside = [0, count - 1].allSatisfy { index in
      [0, width - 1].allSatisfy { line in
        let place = first + step * Float(index) + side * Float(line)
        return place == place.clamped(lowerBound: SIMD2(0.1, 0.1), upperBound: limit - 0.1)
      }
    }
    return image.pixels.withUnsafeBufferPointer { pixels in
      [Float](unsafeUninitializedCapacity: count) { levels, filled in
        let levels = UnsafeMutableBufferPointer(rebasing: levels[..<count])
        if isInside {
          let first = FixedPlace(first)
          let (step, side) = (FixedPlace(step), FixedPlace(side))
          sample(pixels, stride: image.width, first, step, side, width: width, into: levels)
        } else {
          for index in levels.indices {
            var place = first + step * Float(index)
            var sum: Float = 0
            for _ in 0..<width {
              sum += blend(
                pixels, stride: image.width,
                at: place.clamped(lowerBound: .zero, upperBound: limit))
              place += side
            }
            levels[index] = sum / Float(width)
          }
        }
        filled = count
      }
    }
  }

  /// A place or a step in fixed point, with 32 bits behind it.
  private struct FixedPlace {
    var x: Int
    var y: Int

    init(_ place: SIMD2<Float>) {
      x = Int(Double(place.x) * 4_294_967_296)
      y = Int(Double(place.y) * 4_294_967_296)
    }

    @inline(__always)
    mutating func advance(by step: FixedPlace) {
      x &+= step.x
      y &+= step.y
    }
  }

  /// Samples lines that lie wholly inside the picture; each pixel's part has 8 bits.
  private static func sample(
    _ pixels: UnsafeBufferPointer<UInt8>, stride: Int, _ first: FixedPlace, _ step: FixedPlace,
    _ side: FixedPlace, width: Int, into levels: UnsafeMutableBufferPointer<Float>
  ) {
    let weight = 1 / Float(width &* 65_536)
    var start = first
    for index in levels.indices {
      var place = start
      var sum = 0
      for _ in 0..<width {
        let corner = (place.y >> 32) &* stride &+ place.x >> 32
        let right = (place.x >> 24) & 255
        let down = (place.y >> 24) & 255
        let above = Int(pixels[corner]) &* (256 &- right) &+ Int(pixels[corner &+ 1]) &* right
        let below =
          Int(pixels[corner &+ stride]) &* (256 &- right)
          &+ Int(pixels[corner &+ stride &+ 1]) &* right
        sum &+= above &* (256 &- down) &+ below &* down
        place.advance(by: side)
      }
      levels[index] = Float(sum) * weight
      start.advance(by: step)
    }
  }

  @inline(__always)
  private static func blend(
    _ pixels: UnsafeBufferPointer<UInt8>, stride: Int, at place: SIMD2<Float>
  ) -> Float {
    let column = Int(place.x)
    let row = Int(place.y)
    let index = row &* stride &+ column
    let right = place.x - Float(column)
    let down = place.y - Float(row)
    let above = Float(pixels[index])
    let below = Float(pixels[index &+ stride])
    let top = above + (Float(pixels[index &+ 1]) - above) * right
    let bottom = below + (Float(pixels[index &+ stride &+ 1]) - below) * right
    return top + (bottom - top) * down
  }

  /// Puts `factor` samples in the place of each, on a smooth curve through them (Catmull-Rom).
  static func finer(_ levels: [Float], by factor: Int) -> [Float] {
    let last = levels.count - 1
    var finer: [Float] = []
    finer.reserveCapacity(levels.count * factor)
    for index in levels.indices {
      let before = levels[max(index - 1, 0)]
      let here = levels[index]
      let next = levels[min(index + 1, last)]
      let afterNext = levels[min(index + 2, last)]
      let cubic = 0.5 * (3 * (here - next) + afterNext - before)
      let square = before - 2.5 * here + 2 * next - 0.5 * afterNext
      let linear = 0.5 * (next - before)
      for part in 0..<factor {
        let t = Float(part) / Float(factor)
        finer.append(((cubic * t + square) * t + linear) * t + here)
      }
    }
    return finer
  }
}
