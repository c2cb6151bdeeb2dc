import Labels

/// Reads bar codes along lines across the stripes of a picture.
///
/// Each line is a vote. A patch of stripes is left once a text is trusted there.
package struct LinePass: ScanPass {
  private let method: LineMethod
  private let isRescue: Bool

  /// Makes a pass; a rescue looks only at patches that look like codes.
  package init(_ method: LineMethod, isRescue: Bool = true) {
    self.method = method
    self.isRescue = isRescue
  }

  package func run(_ scan: PictureScan) {
    for (rank, region) in scan.regions(level: method.level).enumerated() {
      let site = scan.site(of: region)
      if scan.deadline.hasPassed { return }
      if scan.ballot.isDecided(region: site) { continue }
      if isRescue, !scan.looksLikeCode(region, site: site) { continue }
      read(
        method.direction == .upright ? region.upright : region, site: site,
        isThorough: rank < ScanningLimits.maximumThoroughRegions, scan)
    }
  }

  private func read(_ region: StripeRegion, site: Int, isThorough: Bool, _ scan: PictureScan) {
    scan.tools.lines.reset()
    var lines: [BarLine] = []
    for (index, offset) in region.lineOffsets(limit: ScanningLimits.maximumLines).enumerated() {
      // A patch of little energy has to show on its first lines that it is a code; in a rescue
      // each has to.
      if index == linesToConvince(isThorough), !scan.ballot.hasCandidate(region: site) { return }
      let line = BarLine(
        across: region, at: offset, width: method.width,
        samplesPerPixel: method.samplesPerPixel, in: scan.image)
      lines.append(line)
      for read in reads(line, with: scan.tools.lines) {
        scan.ballot.cast(
          line.symbol(read, in: region),
          isOnGrid: isOnGrid(read, lines.suffix(Self.linesOfOneRead), with: scan.tools.lines),
          in: site)
      }
      if scan.ballot.isDecided(region: site) { return }
    }
  }

  private func linesToConvince(_ isThorough: Bool) -> Int {
    guard isThorough else { return ScanningLimits.linesToConvince }
    return isRescue ? ScanningLimits.rescueLinesToConvince : ScanningLimits.maximumLines
  }

  /// The lines among which zbar may have met both halves of an EAN.
  private static let linesOfOneRead = 4

  /// Whether an EAN-13 lies on its grid along the last lines; other codes check themselves.
  private func isOnGrid(
    _ read: LineDecoder.Read, _ lines: ArraySlice<BarLine>, with decoder: LineDecoder
  ) -> Bool {
    guard read.type == .ean13, let grid = EANGrid(digits: read.bytes) else { return true }
    return grid.isMet(
      by: lines.map { decoder.edges(inProfile: $0.samples, scale: scale(of: $0)) },
      isForward: read.isForward, isInverted: method.edges == .steepestInverted)
  }

  /// Samples between pixels change less from one to the next; zbar's threshold is for pixels.
  private func scale(of line: BarLine) -> Float { line.samplesPerPixel > 1 ? 4 : 1 }

  private func reads(_ line: BarLine, with decoder: LineDecoder) -> [LineDecoder.Read] {
    let scale = scale(of: line)
    switch method.edges {
    case .steepest:
      return decoder.reads(inProfile: line.samples, scale: scale)
    case .steepestInverted:
      return decoder.reads(inProfile: line.samples.map { 255 - $0 }, scale: scale)
    case .steepestEvened:
      let edges = decoder.edges(inProfile: line.samples, scale: scale)
      return edges.isTooFew ? [] : decoder.reads(inWidths: edges.widths(inkShift: edges.inkShift))
    case .halfway:
      let edges = LineEdges(halfwayAlong: line.samples)
      return edges.isTooFew ? [] : decoder.reads(inWidths: edges.widths())
    }
  }
}
