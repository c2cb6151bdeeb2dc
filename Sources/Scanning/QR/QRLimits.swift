/// What reading QR codes in one picture may cost, in one place.
package enum QRLimits {
  /// The most places of a picture that are looked at as finder patterns.
  static let maximumSightings = 1_024

  /// After so many rows a finder pattern's place is known well enough.
  static let rowsPerFinderPattern = 8

  /// The least share of the rows through a finder pattern that have to show it.
  static let leastCertainty = 0.4

  /// How many of six slanting lines through a finder pattern have to show it.
  static let leastLines = 4

  /// The most finder patterns that are kept of a picture: those of 12 codes and some false ones.
  static let maximumFinderPatterns = 48

  /// The most groups of three finder patterns that are looked at in a picture.
  static let maximumTriples = 400

  /// The most grids that are fitted in a picture, beside those of the codes that are read.
  static let maximumFits = 8

  /// The most codes that are read in one picture.
  package static let maximumCodes = 16

  /// A picture with more pixels than this is first searched at half its size.
  static let pixelsToHalve = 2_000_000

  /// A picture with fewer pixels than this is not searched again at half its size.
  static let minimumPixelsToHalve = 20_000

  /// The largest picture that is searched again at twice its size, in pixels.
  static let maximumPixelsToDouble = 300_000

  /// A picture of no more pixels is searched at twice its size in any case, which costs little.
  static let pixelsAlwaysDoubled = 40_000

  /// The largest picture that zbar searches for itself in the end, in pixels.
  static let maximumPixelsForZBar = 500_000
}
