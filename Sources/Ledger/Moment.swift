/// When something happened, by both clocks of the machine.
///
/// The wall clock may be wrong, may be set back, and starts in 1970 where the battery is flat. The
/// monotonic clock counts from the machine's start and never goes back, but says nothing across a
/// restart; `boot` tells one start from another. Neither decides an order alone: sequence does.
package struct Moment: Hashable, Sendable {
  /// Milliseconds since 1970-01-01 UTC, as the machine believes.
  package let wallMilliseconds: Int64
  /// Milliseconds since the machine started, sleep included.
  package let monotonicMilliseconds: Int64
  /// Which start of the machine: the first four bytes of the kernel's boot identifier.
  package let boot: UInt32

  package init(wallMilliseconds: Int64, monotonicMilliseconds: Int64, boot: UInt32) {
    self.wallMilliseconds = wallMilliseconds
    self.monotonicMilliseconds = monotonicMilliseconds
    self.boot = boot
  }
}

/// Where a station reads its clocks; a test gives its own.
package struct StationClock: Sendable {
  private let read: @Sendable () -> Moment

  package init(_ read: @escaping @Sendable () -> Moment) {
    self.read = read
  }

  package func now() -> Moment {
    read()
  }
}
