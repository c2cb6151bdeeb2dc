/// How long to wait before the next try: doubled after each failure, up to a limit, and spread.
///
/// The spread keeps forty schools that lost the same link from coming back in the same second.
struct Backoff: Hashable, Sendable {
  let first: Duration
  let longest: Duration
  private(set) var failureCount = 0

  init(first: Duration, longest: Duration) {
    self.first = first
    self.longest = longest
  }

  mutating func succeed() {
    failureCount = 0
  }

  /// Counts a failure and says how long to wait: between half of the doubled time and all of it.
  mutating func fail(using generator: inout some RandomNumberGenerator) -> Duration {
    // Beyond 20 doublings the limit holds for any sensible first wait, and the shift stays small.
    let doubled = first * (1 << min(failureCount, 20))
    failureCount += 1
    return min(doubled, longest) * Double.random(in: 0.5...1, using: &generator)
  }
}
