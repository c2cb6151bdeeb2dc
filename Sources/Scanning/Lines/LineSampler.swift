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
    let weight = 1 / Float(width)
    let limit = SIMD2(Float(image.width) - 1.001, Float(image.height) - 1.001)
    return image.pixels.withUnsafeBufferPointer { pixels in
      [Float](unsafeUninitializedCapacity: count) { levels, filled in
        for index in 0..<count {
          var place = first + step * Float(index)
          var sum: Float = 0
          for _ in 0..<width {
            sum += blend(
              pixels, stride: image.width, at: place.clamped(lowerBound: .zero, upperBound: limit))
            place += side
          }
          levels[index] = sum * weight
        }
        filled = count
      }
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
