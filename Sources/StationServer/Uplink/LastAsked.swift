import Ledger
import Synchronization

/// When the host was last asked for what it has released.
final class LastAsked: Sendable {
  /// A release is rare, and nobody waits for it.
  static let intervalMilliseconds: Int64 = 3_600_000

  private let last = Mutex<Moment?>(nil)

  /// Whether it is time to ask, which then counts as done.
  func isDue(at now: Moment) -> Bool {
    last.withLock { last in
      if let last, last.boot == now.boot,
        now.monotonicMilliseconds - last.monotonicMilliseconds < Self.intervalMilliseconds
      {
        return false
      }
      last = now
      return true
    }
  }
}
