import CImageCodecs

/// Reads JPEG straight to grey through TurboJPEG: only the luma plane is ever computed.
///
/// A picture over the pixel limit is scaled by 1/2, 1/4 or 1/8 while it is transformed. A file that
/// ends early or has damaged data is refused: half a label reads as nothing, or as another label.
/// Only bytes left over between two markers are let pass, since some phones and webcams write them
/// and no pixel is lost.
enum JPEGDecoder {
  static func decode(_ file: [UInt8]) throws(ImageError) -> GreyImage {
    let header = try JPEGHeader(file)
    let size = try outputSize(of: header)
    guard hasEnd(file[header.scanStart...]) else { throw .truncated(.jpeg) }
    guard let decompressor = tjInitDecompress() else {
      throw .corrupt(.jpeg, reason: errorText(of: nil))
    }
    defer { tjDestroy(decompressor) }

    var pixels = [UInt8](repeating: 255, count: size.pixelCount)
    let status = pixels.withUnsafeMutableBufferPointer { buffer in
      tjDecompress2(
        decompressor, file, UInt(file.count), buffer.baseAddress, Int32(size.width),
        Int32(size.width), Int32(size.height), TJPF_GRAY.rawValue, TJFLAG_LIMITSCANS)
    }
    if status != 0 { try refuseWhenPixelsAreLost(errorText(of: decompressor)) }
    return GreyImage(size: size, pixels: pixels)
  }

  /// Looks for the end-of-image marker, from behind, where it nearly always is.
  ///
  /// Within a scan no other byte than 0 follows an FF that is not part of a marker.
  private static func hasEnd(_ scans: ArraySlice<UInt8>) -> Bool {
    var isAfterEnd = false
    for byte in scans.reversed() {
      if byte == 0xFF, isAfterEnd { return true }
      isAfterEnd = byte == 0xD9
    }
    return false
  }

  /// The size to decode to: the picture's own, or the largest scaled one within the limits.
  private static func outputSize(of header: JPEGHeader) throws(ImageError) -> PictureSize {
    let (width, height) = (header.width, header.height)
    guard header.isReadRowByRow, width * height <= ScanningLimits.maximumScaledJPEGPixels else {
      return try PictureSize(width: width, height: height)
    }
    for divisor in [1, 2, 4] {
      if let size = try? PictureSize(
        width: (width + divisor - 1) / divisor, height: (height + divisor - 1) / divisor)
      {
        return size
      }
    }
    return try PictureSize(width: (width + 7) / 8, height: (height + 7) / 8)
  }

  private static func refuseWhenPixelsAreLost(_ reason: String) throws(ImageError) {
    if reason.contains("extraneous bytes before marker") { return }
    if reason.contains("Unsupported") { throw .unsupported(.jpeg, reason: reason) }
    throw .corrupt(.jpeg, reason: reason)
  }

  private static func errorText(of decompressor: tjhandle?) -> String {
    tjGetErrorStr2(decompressor).map { String(cString: $0) } ?? "no reason given"
  }
}
