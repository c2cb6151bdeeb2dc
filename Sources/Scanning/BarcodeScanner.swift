/// Reads the codes in a picture: one pass after the other, until one reads something.
///
/// Not for use from two threads at once; make one for each thread.
package final class BarcodeScanner {
  private let passes: [any ScanPass]
  private var zbar = ZBarScanner()
  private var scansLeft = ScanningLimits.scansPerScanner

  /// Makes a scanner that tries `passes` in turn: for a still by default, `[PlainPass()]` for the
  /// frames of a camera, where the next frame is the retry.
  package init(passes: [any ScanPass] = [PlainPass(), InvertedPass(), DoubledPass()]) {
    self.passes = passes
  }

  /// The codes of the first pass that reads any, in zbar's order; empty if none does.
  package func scan(_ image: GreyImage) -> [Symbol] {
    for pass in passes {
      renewScannerWhenUsedUp()
      let symbols = pass.symbols(in: image, using: zbar)
      if !symbols.isEmpty { return symbols }
    }
    return []
  }

  /// Gives back what zbar's QR reader has kept over the last scans.
  private func renewScannerWhenUsedUp() {
    if scansLeft == 0 {
      zbar = ZBarScanner()
      scansLeft = ScanningLimits.scansPerScanner
    }
    scansLeft -= 1
  }
}
