/// A place where a QR code may be, with a first guess at its grid.
struct QRCandidate {
  let triple: FinderTriple
  let grid: QRGrid

  /// How like a QR code it is, before anything was fitted; 1 at best.
  let agreement: Float

  /// The candidates that three finder patterns and the timing patterns between them speak for, the
  /// best first.
  static func all(
    of patterns: [FinderPattern], in raster: GreyRaster, thresholds: BlockThresholds
  ) -> [QRCandidate] {
    var candidates: [QRCandidate] = []
    for triple in FinderTriple.all(of: patterns) {
      let line = RunLine(raster: raster, thresholds: thresholds, isInverted: triple.isInverted)
      let fitter = QRGridFitter(raster: raster, isInverted: triple.isInverted)
      let estimate = QRGridEstimate(triple, line: line)
      for dimension in estimate.dimensions {
        guard let layout = QRLayout(dimension: dimension) else { continue }
        for controls in estimate.controls(dimension: dimension) {
          guard let grid = QRGrid(layout: layout, controls: controls) else { continue }
          let agreement = fitter.agreement(grid, least: leastAgreement)
          guard agreement > leastAgreement else { continue }
          candidates.append(QRCandidate(triple: triple, grid: grid, agreement: agreement))
          break
        }
      }
    }
    return candidates.sorted { $0.rank > $1.rank }
  }

  /// True codes have 0.9 and more unless they are bent; false ones had up to 0.4.
  private static let leastAgreement: Float = 0.5

  /// Of two that agree alike, the one that is more of a square.
  private var rank: Float { agreement - 0.2 * Float(triple.distortion) }
}
