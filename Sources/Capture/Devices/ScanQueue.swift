import Synchronization

/// The scans of all devices on their way to the desk: a short line for each device, taken in turn.
///
/// A device whose line is full loses its newest scan; it costs no memory, and no other device waits
/// for it.
package final class ScanQueue: Sendable {
  private struct State {
    var lines: [String: [DeviceScan]] = [:]
    /// The devices that have scans, the next one to be served first.
    var turns: [String] = []
  }

  private let state = Mutex(State())
  /// Says that there may be something to take; ends with ``finish()``.
  package let arrivals: AsyncStream<Void>
  private let arrival: AsyncStream<Void>.Continuation

  package init() {
    (arrivals, arrival) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
  }

  /// Puts a scan in its device's line, and returns at once.
  ///
  /// - Returns: false where the line is full and the scan was thrown away.
  @discardableResult
  package func add(_ scan: DeviceScan) -> Bool {
    let isTaken = state.withLock { state in
      var line = state.lines[scan.device] ?? []
      guard line.count < CaptureLimits.maximumScansPerDevice else { return false }
      if line.isEmpty { state.turns.append(scan.device) }
      line.append(scan)
      state.lines[scan.device] = line
      return true
    }
    if isTaken { arrival.yield() }
    return isTaken
  }

  /// Takes the next scan, of each device in its turn.
  package func next() -> DeviceScan? {
    state.withLock { state in
      guard !state.turns.isEmpty else { return nil }
      let device = state.turns.removeFirst()
      guard var line = state.lines[device], !line.isEmpty else { return nil }
      let scan = line.removeFirst()
      state.lines[device] = line.isEmpty ? nil : line
      if !line.isEmpty { state.turns.append(device) }
      return scan
    }
  }

  /// Ends ``arrivals``.
  package func finish() {
    arrival.finish()
  }
}
