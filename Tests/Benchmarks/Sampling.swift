/// Times two sides of a comparison in turn, so that whatever slows the machine slows both.
enum Sampling {
  /// The medians of `rounds` rounds A, B, A, B, …, in milliseconds, after one round unmeasured.
  static func medians(
    rounds: Int, _ one: () throws -> Void, _ other: () throws -> Void
  ) rethrows -> (one: Double, other: Double) {
    try one()
    try other()
    var samples: (one: [Double], other: [Double]) = ([], [])
    for _ in 0..<rounds {
      samples.one.append(try milliseconds(one))
      samples.other.append(try milliseconds(other))
    }
    return (median(samples.one), median(samples.other))
  }

  private static func milliseconds(_ work: () throws -> Void) rethrows -> Double {
    try ContinuousClock().measure(work) / .milliseconds(1)
  }

  static func median(_ samples: [Double]) -> Double {
    let sorted = samples.sorted()
    guard let upper = sorted.dropFirst(sorted.count / 2).first else { return 0 }
    guard sorted.count.isMultiple(of: 2) else { return upper }
    return (upper + sorted[sorted.count / 2 - 1]) / 2
  }
}
