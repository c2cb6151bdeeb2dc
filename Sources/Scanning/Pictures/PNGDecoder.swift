import CImageCodecs

/// Reads PNG through libpng's simplified interface: any colour type, bit depth and interlacing.
///
/// What is transparent becomes white, as it would on paper. 16-bit samples without a gamma of their
/// own are taken as sRGB, as cameras and scanners write them.
enum PNGDecoder {
  static let signature: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]

  static func decode(_ file: [UInt8]) throws(ImageError) -> GreyImage {
    try refuseWhenTruncated(file)
    return try file.withUnsafeBufferPointer { bytes throws(ImageError) in
      var image = png_image()
      image.version = png_uint_32(PNG_IMAGE_VERSION)
      defer { png_image_free(&image) }

      guard png_image_begin_read_from_memory(&image, bytes.baseAddress, bytes.count) != 0 else {
        throw .corrupt(.png, reason: image.reason)
      }
      let size = try PictureSize(width: Int(image.width), height: Int(image.height))
      image.flags |= png_uint_32(PNG_IMAGE_FLAG_16BIT_sRGB)
      let pixels =
        isInterlaced(file) && image.hasWideOpaqueSamples
        ? try readLinearPixels(of: &image, count: size.pixelCount)
        : try readPixels(of: &image, count: size.pixelCount)
      return GreyImage(size: size, pixels: pixels)
    }
  }

  private static func readPixels(
    of image: inout png_image, count: Int
  ) throws(ImageError) -> [UInt8] {
    image.format = png_uint_32(PNG_FORMAT_GRAY)
    return try read(&image, count: count)
  }

  /// Reads linear 16-bit samples and makes them sRGB bytes.
  ///
  /// Since a fix of a buffer overflow, libpng mixes up the rows of interlaced pictures when it
  /// brings opaque 16-bit samples to 8 bits (pnggroup/libpng issue 853).
  private static func readLinearPixels(
    of image: inout png_image, count: Int
  ) throws(ImageError) -> [UInt8] {
    image.format = png_uint_32(PNG_FORMAT_FLAG_LINEAR)
    let samples: [UInt16] = try read(&image, count: count)
    return samples.map { SRGB.byte(forLinear: $0) }
  }

  private static func read<Sample: FixedWidthInteger>(
    _ image: inout png_image, count: Int
  ) throws(ImageError) -> [Sample] {
    var white = png_color(red: 255, green: 255, blue: 255)
    let samples = [Sample](unsafeUninitializedCapacity: count) { buffer, initializedCount in
      let isRead = png_image_finish_read(&image, &white, buffer.baseAddress, 0, nil) != 0
      initializedCount = isRead ? count : 0
    }
    guard !samples.isEmpty else { throw .corrupt(.png, reason: image.reason) }
    return samples
  }

  /// Walks the chunks up to IEND, so that a file cut at any byte is told from a damaged one.
  private static func refuseWhenTruncated(_ file: [UInt8]) throws(ImageError) {
    let end = Array("IEND".utf8)
    var position = signature.count
    while position + 12 <= file.count {
      let length = file[position..<position + 4].reduce(0) { $0 << 8 | Int($1) }
      let next = position + 12 + length
      if file[position + 4..<position + 8].elementsEqual(end), next <= file.count { return }
      position = next
    }
    throw .truncated(.png)
  }

  /// The interlace method is the last byte of the header chunk, which comes first in every file.
  private static func isInterlaced(_ file: [UInt8]) -> Bool {
    file.count > 28 && file[28] != 0
  }
}

extension png_image {
  /// What libpng found wrong, in its words.
  fileprivate var reason: String {
    withUnsafeBytes(of: message) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
  }

  /// Whether the file itself has 16-bit samples and no alpha channel.
  fileprivate var hasWideOpaqueSamples: Bool {
    let flags = png_uint_32(PNG_FORMAT_FLAG_LINEAR | PNG_FORMAT_FLAG_ALPHA)
    return format & flags == png_uint_32(PNG_FORMAT_FLAG_LINEAR)
  }
}
