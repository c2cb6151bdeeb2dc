/// How long a picture may be looked at.
package enum ScanBudget: Hashable, Sendable {
  /// As long as the passes take, which is bounded by ``ScanningLimits``.
  case unlimited

  /// No new step after this time; the step under way is finished.
  case time(Duration)
}

/// The instant at which a budget is spent.
package struct ScanDeadline: Sendable {
  private let instant: ContinuousClock.Instant?

  /// Starts the clock.
  package init(_ budget: ScanBudget) {
    switch budget {
    case .unlimited: instant = nil
    case .time(let duration): instant = .now + duration
    }
  }

  /// Whether a pass has to stop.
  ///
  /// Asking costs some 50 ns: ask before a region or a line, not before a pixel.
  package var hasPassed: Bool {
    guard let instant else { return false }
    return ContinuousClock.now >= instant
  }
}
