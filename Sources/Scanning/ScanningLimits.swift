/// What a picture may cost, in one place.
package enum ScanningLimits {
  /// The most pixels of a picture held in memory, at one byte each.
  package static let maximumPixels = 40_000_000

  /// The longest side of a picture, in pixels: zbar multiplies QR coordinates in 32-bit integers.
  package static let maximumSide = 32_767

  /// The most pixels of a JPEG that may be scaled down while it is read, row by row.
  ///
  /// The largest sensors in phones have 200 megapixels. A JPEG whose scans can't be read row by row
  /// has to meet ``maximumPixels`` unscaled, because the library then holds all its coefficients.
  package static let maximumScaledJPEGPixels = 200_000_000

  /// The most bytes of a picture file: a 16-bit colour PPM of ``maximumPixels``, and a little more.
  package static let maximumFileBytes = 256 * 1_048_576

  /// The largest picture that is tried again at twice its size, in pixels.
  package static let maximumPixelsToDouble = 500_000

  /// How often a zbar scanner is used before a new one replaces it.
  ///
  /// libzbar 0.23.92 grows by 1.5 MiB in 10,000 scans of QR codes; destroying it gives them back.
  package static let scansPerScanner = 1_000

  /// The shortest Interleaved 2 of 5 text, in digits: part of any bar pattern reads as a shorter.
  package static let minimumInterleaved2of5Length = 6
}
