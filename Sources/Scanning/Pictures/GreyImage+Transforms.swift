extension GreyImage {
  /// The negative.
  func inverted() -> GreyImage {
    GreyImage(size: size, pixels: pixels.map { ~$0 })
  }

  /// The picture at twice its width and height, each new pixel blended from its four neighbours:
  /// nine parts the pixel it lies in, three parts each the nearer neighbours beside and above or
  /// below, one part the one between those.
  func doubled() throws(ImageError) -> GreyImage {
    let size = try PictureSize(width: width * 2, height: height * 2)
    let doubled = pixels.withUnsafeBufferPointer { pixels in
      [UInt8](unsafeUninitializedCapacity: size.pixelCount) { buffer, count in
        var column = [UInt16](repeating: 0, count: width)
        for y in 0..<size.height {
          let row = y / 2
          let nextRow = min(max(row + (y % 2 * 2 - 1), 0), height - 1)
          for x in 0..<width {
            column[x] =
              3 &* UInt16(pixels[row &* width &+ x])
              &+ UInt16(pixels[nextRow &* width &+ x])
          }
          for x in 0..<width {
            let own = 3 &* column[x] &+ 8
            let left = own &+ column[max(x &- 1, 0)]
            let right = own &+ column[min(x &+ 1, width &- 1)]
            buffer[count] = UInt8(truncatingIfNeeded: left >> 4)
            buffer[count &+ 1] = UInt8(truncatingIfNeeded: right >> 4)
            count &+= 2
          }
        }
      }
    }
    return GreyImage(size: size, pixels: doubled)
  }

  /// The picture at half its width and height, each new pixel the mean of four; an odd last row or
  /// column is left out.
  func halved() throws(ImageError) -> GreyImage {
    let size = try PictureSize(width: width / 2, height: height / 2)
    let halved = pixels.withUnsafeBytes { pixels in
      [UInt8](unsafeUninitializedCapacity: size.pixelCount) { buffer, count in
        for y in 0..<size.height {
          let upper = 2 * y * width
          for x in stride(from: 0, to: size.width - 15, by: 16) {
            let mean = Self.meansOfPairs(in: pixels, upper &+ 2 &* x, upper &+ width &+ 2 &* x)
            UnsafeMutableRawBufferPointer(buffer)
              .storeBytes(of: mean, toByteOffset: y &* size.width &+ x, as: SIMD16<UInt8>.self)
          }
          for x in (size.width / 16 * 16)..<size.width {
            let first = upper + 2 * x
            let sum =
              UInt16(pixels[first]) &+ UInt16(pixels[first + 1]) &+ UInt16(pixels[first + width])
              &+ UInt16(pixels[first + width + 1])
            buffer[y * size.width + x] = UInt8(truncatingIfNeeded: (sum &+ 2) >> 2)
          }
        }
        count = size.pixelCount
      }
    }
    return GreyImage(size: size, pixels: halved)
  }

  /// The means of 16 squares of four pixels, two of each in one row and two in the next.
  @inline(__always)
  private static func meansOfPairs(
    in pixels: UnsafeRawBufferPointer, _ upper: Int, _ lower: Int
  ) -> SIMD16<UInt8> {
    // As 16-bit numbers, the low byte of each is one pixel of a pair, the high byte the other.
    let one = pixels.loadUnaligned(fromByteOffset: upper, as: SIMD16<UInt16>.self)
    let other = pixels.loadUnaligned(fromByteOffset: lower, as: SIMD16<UInt16>.self)
    let sum = (one & 0xFF) &+ (one &>> 8) &+ (other & 0xFF) &+ (other &>> 8)
    return SIMD16<UInt8>(truncatingIfNeeded: (sum &+ 2) &>> 2)
  }
}
