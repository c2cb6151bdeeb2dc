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

  /// The most patches of stripes that are read at each size of cells.
  package static let maximumRegions = 12

  /// How many patches, those with the most energy, get all their lines in any case.
  package static let maximumThoroughRegions = 4

  /// The most lines across a patch.
  package static let maximumLines = 15

  /// On how many lines another patch has to show a code to get the rest.
  package static let linesToConvince = 5

  /// On how many lines any patch has to show one in a rescue.
  package static let rescueLinesToConvince = 9

  /// How many patches are tried by fitting a grid of modules, and on how many lines each at most.
  package static let maximumGridRegions = 3
  package static let maximumGridLines = 7

  /// On how many lines a grid has to fit once, or the patch is left.
  package static let gridLinesToConvince = 2

  /// The most spans of a line that a grid is fitted to.
  package static let maximumSpans = 5

  /// How many parts of a picture zbar scans row by row, and the most pixels of each.
  package static let maximumCrops = 2
  package static let maximumCropPixels = 120_000
  package static let maximumCropPixelsToDouble = 200_000

  /// How many edges a line across a patch has to meet before a rescue looks closer.
  package static let edgesToLookCloser = 24
}
