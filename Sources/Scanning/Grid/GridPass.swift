/// Reads EAN and UPC codes that are too blurred or too small for their edges to be found.
package struct GridPass: ScanPass {
  package init() {}

  package func run(_ scan: PictureScan) {
    let regions = scan.regions(level: 1).prefix(ScanningLimits.maximumGridRegions)
    for region in regions {
      let site = scan.site(of: region)
      if !scan.ballot.isDecided(region: site), scan.looksLikeCode(region, site: site) {
        read(region, site: site, scan)
      }
    }
  }

  private func read(_ region: StripeRegion, site: Int, _ scan: PictureScan) {
    scan.tools.lines.reset()
    var template = GridTemplate.ean13
    var fitCount = 0
    let offsets = region.lineOffsets(limit: ScanningLimits.maximumGridLines)
    for (index, offset) in offsets.enumerated() {
      if scan.deadline.hasPassed || scan.ballot.isDecided(region: site) { return }
      if index >= ScanningLimits.gridLinesToConvince, fitCount == 0 { return }
      let line = BarLine(
        across: region, at: offset, width: Self.width, samplesPerPixel: 1, in: scan.image)
      let reader = GridReader(samples: line.samples)
      var fit = reader.fit(template)
      if fit == nil, index == 0, let reversed = reader.fit(template.reversed) {
        fit = reversed
        template = template.reversed
      }
      guard let fit else { continue }
      fitCount += 1
      for read in scan.tools.lines.reads(inWidths: fit.widths) {
        scan.ballot.cast(line.symbol(read, in: region), in: site)
      }
    }
  }

  /// How many neighbouring lines are averaged.
  private static let width = 9
}
