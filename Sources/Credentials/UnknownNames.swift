import Synchronization

/// Counts attempts to sign in with names that no account has, so that a lock tells nobody which
/// names are accounts.
package final class UnknownNames: Sendable {
  private struct Attempts {
    var failures = 0
    var lockedUntil: Int64 = 0
  }

  /// Names that are remembered at once; then the ones whose lock ended first are forgotten.
  package static let limit = 256

  private let names = Mutex<[String: Attempts]>([:])

  package init() {}

  /// Counts a failure; refuses while the name is locked, as a real account's would be.
  package func countAttempt(of name: String, at now: Int64) throws(AccessError) {
    let left = names.withLock { names in
      var attempts = names[name] ?? Attempts()
      let left = min(attempts.lockedUntil - now, LockOut.longestSeconds * 1_000)
      guard left <= 0 else { return left }
      attempts.failures += 1
      attempts.lockedUntil = now + LockOut.milliseconds(afterFailures: attempts.failures)
      if names.count >= Self.limit, names[name] == nil {
        names.min { $0.value.lockedUntil < $1.value.lockedUntil }.map { names[$0.key] = nil }
      }
      names[name] = attempts
      return 0
    }
    guard left <= 0 else { throw .lockedOut(seconds: Int((left + 999) / 1_000)) }
  }
}
