/// A code that was held before a camera: one scan, however many frames show it.
package struct Sighting: Hashable, Sendable {
  package let symbol: Symbol

  /// When the scene began to change that brought the code into view, on the caller's clock.
  package let cameIntoViewMilliseconds: Int64

  /// The time of the frame that decided, on the caller's clock.
  package let scannedMilliseconds: Int64

  package init(
    symbol: Symbol, cameIntoViewMilliseconds: Int64, scannedMilliseconds: Int64
  ) {
    self.symbol = symbol
    self.cameIntoViewMilliseconds = cameIntoViewMilliseconds
    self.scannedMilliseconds = scannedMilliseconds
  }

  /// How long the person had to wait.
  package var waitMilliseconds: Int64 { scannedMilliseconds - cameIntoViewMilliseconds }
}
