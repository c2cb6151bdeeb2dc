/// How long a lock-out lasts: nothing for the first slips, then twice as long each time.
package enum LockOut {
  /// Wrong passwords in a row that are forgiven.
  package static let freeFailures = 5
  package static let firstSeconds: Int64 = 30
  package static let longestSeconds: Int64 = 3_600

  /// For how many milliseconds an account is locked after so many failures.
  package static func milliseconds(afterFailures failures: Int) -> Int64 {
    guard failures >= freeFailures else { return 0 }
    let doublings = min(failures - freeFailures, 10)
    return min(firstSeconds << Int64(doublings), longestSeconds) * 1_000
  }

  /// Refuses while an account is locked.
  ///
  /// A clock that was set back must not lock anybody out for longer than the longest time.
  package static func refuseWhenLocked(
    until moment: Int64, at now: Int64
  ) throws(AccessError) {
    let left = min(moment - now, longestSeconds * 1_000)
    guard left <= 0 else { throw .lockedOut(seconds: Int((left + 999) / 1_000)) }
  }
}
