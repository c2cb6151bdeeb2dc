/// Finds QR codes by their finder patterns, lays them flat and has zbar decode them.
package struct QRPass: ScanPass {
  private let effort: QREffort

  package init(_ effort: QREffort) { self.effort = effort }

  package func run(_ scan: PictureScan) {
    let symbols = scan.tools.qrReader.symbols(
      in: scan.image, effort: effort, until: scan.deadline)
    for symbol in symbols { scan.ballot.cast(symbol) }
  }
}

/// How much is done for the QR codes of a picture.
package enum QREffort: Sendable {
  /// One search, which costs next to nothing where there is no code.
  case quick
  /// Searches at other sizes, and zbar's own where finder patterns were seen.
  case thorough
}
