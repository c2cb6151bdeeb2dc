/// zbar's own scan of a whole picture, after a change of it.
///
/// A line of zbar's that reads a code is a vote for it.
package struct WholePicturePass: ScanPass {
  private let change: Change

  package init(_ change: Change) { self.change = change }

  /// What is done to the picture first.
  package enum Change: Sendable {
    case none
    /// The negative, for codes printed light on dark.
    case inverted
    /// Twice the size, for codes with too few pixels a module.
    case doubled
  }

  package func run(_ scan: PictureScan) {
    for symbol in symbols(in: scan) { scan.ballot.cast(symbol, votes: symbol.quality) }
  }

  private func symbols(in scan: PictureScan) -> [Symbol] {
    let image = scan.image
    switch change {
    case .none:
      return scan.tools.pictureScanner.symbols(in: image)
    case .inverted:
      return scan.tools.pictureScanner.symbols(in: image.inverted())
    case .doubled:
      guard image.size.pixelCount <= ScanningLimits.maximumPixelsToDouble,
        let doubled = try? image.doubled()
      else { return [] }
      return scan.tools.pictureScanner.symbols(in: doubled).map { $0.reduced(by: 2) }
    }
  }
}
