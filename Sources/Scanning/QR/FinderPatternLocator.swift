/// Finds the finder patterns of QR codes: squares within one another, so that every line through
/// the middle has runs as 1:1:3:1:1.
///
/// Every few rows are searched; a hit is checked in its column and in its row again, and what
/// enough rows agree on is checked on slanting lines, so that it may lie at any angle.
struct FinderPatternLocator {
  private let raster: GreyRaster
  private let thresholds: BlockThresholds
  private let rowStep: Int
  private var sightings: [FinderPattern] = []
  /// The sightings that a row from here on may cross.
  private var live: [Int] = []

  /// The finder patterns of a picture, the most certain first.
  static func patterns(in raster: GreyRaster, thresholds: BlockThresholds) -> [FinderPattern] {
    var locator = FinderPatternLocator(raster, thresholds: thresholds)
    locator.search()
    return locator.certainPatterns
  }

  private init(_ raster: GreyRaster, thresholds: BlockThresholds) {
    self.raster = raster
    self.thresholds = thresholds
    // At one pixel a module an inner square has three rows, and small pictures hold small codes.
    rowStep = raster.height < 200 ? 1 : raster.height < 400 ? 2 : 3
  }

  private mutating func search() {
    var edges = RowEdges(width: raster.width)
    for row in stride(from: rowStep / 2, to: raster.height, by: rowStep) {
      edges.find(in: raster, row: row, thresholds: thresholds)
      search(edges, row: row)
      if sightings.count >= QRLimits.maximumSightings { return }
    }
  }

  private mutating func search(_ edges: RowEdges, row: Int) {
    let starts = edges.starts
    guard starts.count >= 7 else { return }
    live.removeAll { sightings[$0].isAbove(row) }
    starts.withUnsafeBufferPointer { starts in
      // The first run and the last may go on outside.
      for first in 1..<starts.count - 5 {
        let (a, b) = (Int(starts[first]), Int(starts[first + 1]))
        let (c, d) = (Int(starts[first + 2]), Int(starts[first + 3]))
        let (e, f) = (Int(starts[first + 4]), Int(starts[first + 5]))
        guard FinderRuns.match(b - a, c - b, d - c, e - d, f - e) else { continue }
        let middle = PlanePoint(Double(c + d - 1) / 2, Double(row))
        check(middle, width: Double(f - a), isInverted: first.isMultiple(of: 2))
      }
    }
  }

  private mutating func check(_ middle: PlanePoint, width: Double, isInverted: Bool) {
    let known = live.first { sightings[$0].isNear(middle, isInverted: isInverted) }
    if let known, sightings[known].rowCount >= QRLimits.rowsPerFinderPattern { return }
    let line = RunLine(raster: raster, thresholds: thresholds, isInverted: isInverted)
    guard let column = line.crossing(middle, step: PlanePoint(0, 1), reach: 2.5 * width),
      width < 2.5 * column.length,
      let row = line.crossing(column.centre, step: PlanePoint(1, 0), reach: 2 * width)
    else { return }
    let centre = PlanePoint(row.centre.x, column.centre.y)
    let size = (row.length + column.length) / 14
    if let known {
      sightings[known].merge(centre: centre, moduleSize: size)
    } else {
      live.append(sightings.count)
      sightings.append(FinderPattern(centre: centre, moduleSize: size, isInverted: isInverted))
    }
  }

  private var certainPatterns: [FinderPattern] {
    sightings.filter { certainty(of: $0) >= QRLimits.leastCertainty }
      .map { (pattern: $0, lines: linesThrough($0)) }
      .filter { $0.lines >= QRLimits.leastLines }
      .sorted { ($0.lines, $0.pattern.rowCount) > ($1.lines, $1.pattern.rowCount) }
      .prefix(QRLimits.maximumFinderPatterns).map(\.pattern)
  }

  /// How many rows crossed a pattern, against how many its inner square is high; at most 1.
  private func certainty(of pattern: FinderPattern) -> Double {
    let height = 3 * pattern.moduleSize / Double(rowStep)
    let expected = min(max(height - 1, 1), Double(QRLimits.rowsPerFinderPattern))
    return min(Double(pattern.rowCount) / expected, 1)
  }

  /// How many of six slanting lines through the middle have the runs of a finder pattern.
  private func linesThrough(_ pattern: FinderPattern) -> Int {
    let line = RunLine(raster: raster, thresholds: thresholds, isInverted: pattern.isInverted)
    return Self.slants.count { slant in
      line.crossing(pattern.centre, step: slant, reach: 16 * pattern.moduleSize) != nil
    }
  }

  private static let slants = [
    PlanePoint(1, 1), PlanePoint(1, -1), PlanePoint(1, 0.4), PlanePoint(1, -0.4),
    PlanePoint(0.4, 1), PlanePoint(-0.4, 1),
  ]
}
