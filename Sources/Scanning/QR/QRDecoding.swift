/// One candidate on its way to its bytes: from the cheapest step to those that seldom help.
struct QRDecoding {
  private let candidate: QRCandidate
  private let raster: GreyRaster
  private let scanner: QRScanner
  private let fitter: QRGridFitter

  /// The grid on which a code was read, and what it says.
  struct Result {
    let grid: QRGrid
    let bytes: [UInt8]
  }

  init(_ candidate: QRCandidate, raster: GreyRaster, scanner: QRScanner) {
    self.candidate = candidate
    self.raster = raster
    self.scanner = scanner
    fitter = QRGridFitter(raster: raster, isInverted: candidate.triple.isInverted)
  }

  func run(until deadline: ScanDeadline) -> Result? {
    let first = fitter.searchingFourthCorner(candidate.grid)
    var faults = 1.0
    // A code on a screen or a scanned page is seen straight on, so that the first guess holds.
    for grid in [first, candidate.grid] {
      let matrix = greys(on: grid).darkByLocalMean(radius: 5)
      let found = matrix.faults(in: grid.layout)
      if found < min(Self.mostFaultsUnmoved, faults), let bytes = bytes(of: matrix, grid.layout) {
        return Result(grid: grid, bytes: bytes)
      }
      faults = min(faults, found)
    }
    guard faults < Self.mostFaultsUnfitted else { return nil }
    let refined = fitter.refining(first)
    if let result = read(refined, until: deadline) { return result }
    // The alignment pattern may be covered, or another place may look like it.
    guard first.layout.alignmentCentre != nil, !deadline.hasPassed else { return nil }
    return read(fitter.refining(fitter.searchingWhole(candidate.grid)), until: deadline)
  }

  private func read(_ grid: QRGrid, until deadline: ScanDeadline) -> Result? {
    let flat = greys(on: grid)
    let matrix = flat.darkByLocalMean(radius: 5)
    let faults = matrix.faults(in: grid.layout)
    guard faults < Self.mostFaults else { return nil }
    let steps: [() -> ModuleMatrix] = [
      { matrix }, { flat.darkByOneThreshold() },
      { flat.sharpened(by: 0.5).darkByLocalMean(radius: 4) },
      { flat.sharpened(by: 1.2).darkByLocalMean(radius: 4) },
      { warpedGreys(on: grid).darkByLocalMean(radius: 5) },
    ]
    for step in steps where !deadline.hasPassed {
      if let bytes = bytes(of: step(), grid.layout) {
        return Result(grid: grid, bytes: bytes)
      }
    }
    return nil
  }

  /// With more of them wrong, fitting the grid comes before reading.
  private static let mostFaultsUnmoved = 0.03

  /// With more of the fixed modules wrong it is no QR code, or too badly fitted to be read.
  private static let mostFaults = 0.2

  /// The same before the grid is fitted.
  private static let mostFaultsUnfitted = 0.35

  private func greys(on grid: QRGrid) -> ModuleGreys {
    ModuleGreys(raster, grid: grid, isInverted: candidate.triple.isInverted)
  }

  private func warpedGreys(on grid: QRGrid) -> ModuleGreys {
    ModuleGreys(
      raster, grid: grid, isInverted: candidate.triple.isInverted,
      warp: GridWarp(raster, grid: grid))
  }

  /// What zbar reads in a matrix, or in its mirror image if the format information is better there.
  private func bytes(of matrix: ModuleMatrix, _ layout: QRLayout) -> [UInt8]? {
    let matrix = matrix.mended(by: layout)
    let mirrored = matrix.mirrored
    let isMirrored = QRFormat.faults(in: mirrored) < QRFormat.faults(in: matrix)
    let picture = try? (isMirrored ? mirrored : matrix).picture()
    return picture.flatMap { scanner.readings(in: $0, density: 2).first?.bytes }
  }
}
