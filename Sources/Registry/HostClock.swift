import Glibc

/// The host's wall clock.
///
/// It dates receipts and contacts; no order ever depends on it.
package enum HostClock {
  /// Milliseconds since 1970-01-01 UTC.
  package static let wallMilliseconds: @Sendable () -> Int64 = {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    return Int64(time.tv_sec) * 1_000 + Int64(time.tv_nsec) / 1_000_000
  }
}
