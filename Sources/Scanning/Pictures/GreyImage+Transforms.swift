extension GreyImage {
  /// The negative.
  func inverted() -> GreyImage {
    GreyImage(size: size, pixels: pixels.map { ~$0 })
  }

  /// The picture at twice its width and height, each new pixel blended from its four neighbours.
  func doubled() throws(ImageError) -> GreyImage {
    let size = try PictureSize(width: width * 2, height: height * 2)
    let doubled = [UInt8](unsafeUninitializedCapacity: size.pixelCount) { buffer, count in
      for y in 0..<size.height {
        for x in 0..<size.width {
          buffer[count] = blend(x: x, y: y)
          count += 1
        }
      }
    }
    return GreyImage(size: size, pixels: doubled)
  }

  /// The picture at half its width and height, each new pixel the mean of four; an odd last row or
  /// column is left out.
  func halved() throws(ImageError) -> GreyImage {
    let size = try PictureSize(width: width / 2, height: height / 2)
    let halved = pixels.withUnsafeBufferPointer { pixels in
      [UInt8](unsafeUninitializedCapacity: size.pixelCount) { buffer, count in
        for y in 0..<size.height {
          let upper = 2 * y * width
          for x in 0..<size.width {
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

  /// The grey at a place of the doubled picture: nine parts the pixel it lies in, three parts each
  /// the nearer neighbours beside and above or below, one part the one between those.
  private func blend(x: Int, y: Int) -> UInt8 {
    let column = x / 2
    let row = y / 2
    let nextColumn = min(max(column + (x % 2 * 2 - 1), 0), width - 1)
    let nextRow = min(max(row + (y % 2 * 2 - 1), 0), height - 1)
    let sum =
      9 * Int(pixels[row * width + column]) + 3 * Int(pixels[row * width + nextColumn])
      + 3 * Int(pixels[nextRow * width + column]) + Int(pixels[nextRow * width + nextColumn])
    return UInt8((sum + 8) / 16)
  }
}
