import Ledger
import Synchronization

/// How long the last answer of the host took to come, the host's own work included.
final class MeasuredWay: Sendable {
  private let last = Mutex<Int?>(nil)

  /// Milliseconds; `nil` before the first answer.
  var milliseconds: Int? { last.withLock(\.self) }

  func note(from start: Moment, to end: Moment) {
    let passed = end.monotonicMilliseconds - start.monotonicMilliseconds
    last.withLock { $0 = Int(min(max(passed, 0), 3_600_000)) }
  }
}
