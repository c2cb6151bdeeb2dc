/// Tells a scanner that has gone mad from one in quick hands.
///
/// A device may give ``CaptureLimits/maximumCodesPerSecond`` codes within a second. One that gives
/// more is not listened to until it has kept within that for
/// ``CaptureLimits/madnessMilliseconds``.
struct ScanPace: Hashable, Sendable {
  private var windowStart: Int64 = .min / 2
  private var countInWindow = 0
  private var madSince: Int64?

  var isMad: Bool { madSince != nil }

  /// Counts a code, and says whether to listen to it.
  mutating func admits(at milliseconds: Int64) -> Bool {
    if milliseconds - windowStart >= 1_000 || milliseconds < windowStart {
      windowStart = milliseconds
      countInWindow = 0
    }
    countInWindow += 1
    if countInWindow > CaptureLimits.maximumCodesPerSecond {
      madSince = milliseconds
      return false
    }
    guard let madSince else { return true }
    guard milliseconds - madSince >= CaptureLimits.madnessMilliseconds else { return false }
    self.madSince = nil
    return true
  }

  /// Notes that time has passed without a code; true where a mad device has calmed down.
  mutating func calms(at milliseconds: Int64) -> Bool {
    guard let madSince, milliseconds - madSince >= CaptureLimits.madnessMilliseconds else {
      return false
    }
    self.madSince = nil
    return true
  }
}
