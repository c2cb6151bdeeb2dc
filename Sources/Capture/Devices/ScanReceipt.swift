import Synchronization

/// Tells a source that keeps what it read, such as a picture in a folder, what became of a scan.
///
/// Whoever takes the scan out of the queue settles it, once; a second answer counts for nothing.
package final class ScanReceipt: Sendable {
  private let isTaken = Mutex<Bool?>(nil)
  private let settled = StopSignal()

  package init() {}

  /// Whether somebody has the scan; nothing as long as nobody has said.
  package var answer: Bool? { isTaken.withLock(\.self) }

  /// Says whether somebody has the scan; where nobody has, its source offers it again.
  package func settle(isTaken answer: Bool) {
    isTaken.withLock { $0 = $0 ?? answer }
    settled.fire()
  }

  /// Waits for the answer; no answer before the signal to stop means that nobody has the scan.
  func wait(until stop: StopSignal) -> Bool {
    while !stop.isFired, !settled.isFired {
      _ = stop.wait(for: [settled.descriptor], milliseconds: CaptureLimits.retryMilliseconds)
    }
    return answer ?? false
  }
}

extension ScanReceipt: Hashable {
  package static func == (left: ScanReceipt, right: ScanReceipt) -> Bool { left === right }

  package func hash(into hasher: inout Hasher) { hasher.combine(ObjectIdentifier(self)) }
}
