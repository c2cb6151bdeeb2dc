import CLinuxDevices
import Scanning

/// Makes a grey picture of a camera's frame.
struct FrameDecoder: Hashable, Sendable {
  let format: CameraFormat
  /// Bytes from one row to the next, which may have more than the pixels' own.
  let bytesPerRow: Int

  /// Reads a frame; rows of raw ones are copied without their padding.
  ///
  /// - Throws: `DeviceError.shortFrame` where bytes are missing, `DeviceError.badFrame` where a
  /// JPEG is damaged.
  func image(from frame: UnsafeRawBufferPointer) throws(DeviceError) -> GreyImage {
    guard let bytesPerPixel = format.pixelFormat.bytesPerPixel else {
      return try picture { () throws(ImageError) in try GreyImage(decoding: Array(frame)) }
    }
    let (width, height) = (format.size.width, format.size.height)
    let stride = max(bytesPerRow, width * bytesPerPixel)
    // The last row may come without its padding.
    let expected = stride * (height - 1) + width * bytesPerPixel
    guard frame.count >= expected else {
      throw .shortFrame(expected: expected, actual: frame.count)
    }
    let pixels = [UInt8](unsafeUninitializedCapacity: width * height) { buffer, count in
      lt_video_copy_luma(
        frame.assumingMemoryBound(to: UInt8.self).baseAddress, stride, bytesPerPixel,
        buffer.baseAddress, width, height)
      count = width * height
    }
    return try picture { () throws(ImageError) in
      try GreyImage(width: width, height: height, pixels: pixels)
    }
  }

  private func picture(
    _ make: () throws(ImageError) -> GreyImage
  ) throws(DeviceError) -> GreyImage {
    do {
      return try make()
    } catch {
      throw .badFrame(error)
    }
  }
}
