/// Reads bar codes along lines across the stripes of a picture.
///
/// Each line is a vote. A patch of stripes is left once a text is trusted there.
package struct LinePass: ScanPass {
  private let method: LineMethod

  package init(_ method: LineMethod) { self.method = method }

  package func run(_ scan: PictureScan) {
    for (rank, region) in scan.regions(level: method.level).enumerated() {
      let site = scan.site(of: region)
      if scan.ballot.isDecided(region: site) { continue }
      if scan.deadline.hasPassed { return }
      scan.tools.lines.reset()
      let offsets = region.lineOffsets(
        limit: ScanningLimits.maximumLines, over: region.alongRange)
      for (index, offset) in offsets.enumerated() {
        // A patch of little energy has to show on its first lines that it is a code.
        if rank >= ScanningLimits.maximumThoroughRegions, index == ScanningLimits.linesToConvince,
          !scan.ballot.hasCandidate(region: site)
        {
          break
        }
        let line = BarLine(
          across: region, at: offset, width: method.width,
          samplesPerPixel: method.samplesPerPixel, in: scan.image)
        for read in reads(line, with: scan.tools.lines) {
          scan.ballot.cast(line.symbol(read, in: region), in: site)
        }
        if scan.ballot.isDecided(region: site) { break }
      }
    }
  }

  private func reads(_ line: BarLine, with decoder: LineDecoder) -> [LineDecoder.Read] {
    switch method.edges {
    case .steepest:
      return decoder.reads(inProfile: line.samples, scale: line.samplesPerPixel > 1 ? 4 : 1)
    case .steepestEvened:
      let edges = decoder.edges(inProfile: line.samples, scale: 4)
      return edges.isTooFew ? [] : decoder.reads(inWidths: edges.widths(inkShift: edges.inkShift))
    case .halfway, .halfwayInverted:
      let edges = LineEdges(halfwayAlong: line.samples)
      let widths = edges.widths(isInverted: method.edges == .halfwayInverted)
      return edges.isTooFew ? [] : decoder.reads(inWidths: widths)
    }
  }
}

extension StripeRegion {
  /// Where lines cross the region, from its middle outwards, evenly over most of it.
  func lineOffsets(limit: Int, over range: ClosedRange<Float>) -> [Float] {
    let height = range.upperBound - range.lowerBound
    let middle = (range.lowerBound + range.upperBound) / 2
    let gap = max(height * 0.9 / Float(limit), 1)
    var offsets = [middle]
    for index in 1...max(limit / 2, 1) where Float(index) * gap <= height / 2 {
      offsets += [middle + Float(index) * gap, middle - Float(index) * gap]
    }
    return offsets
  }
}
