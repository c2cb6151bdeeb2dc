/// A part of a line that may be a whole code: what lies between two light quiet zones.
struct CodeSpan {
  /// Where the left quiet zone ends, in samples.
  let start: Float
  /// Where the right one begins.
  let end: Float

  /// The spans of a line that can hold `moduleCount` modules, the longest first; at most `limit`.
  ///
  /// A quiet zone is a flat, light run of some modules; within a code none is longer than the
  /// widest space, four modules and what blur does to them.
  static func spans(in samples: [Float], moduleCount: Int, limit: Int) -> [CodeSpan] {
    let runs = flatLightRuns(of: samples)
    var spans: [CodeSpan] = []
    for (index, left) in runs.enumerated() {
      var longestWithin = 0
      for right in runs[(index + 1)...] {
        let module = Float(right.lowerBound - left.upperBound) / Float(moduleCount)
        let isCutOff = right.upperBound == samples.count
        if module >= Threshold.module, Float(longestWithin) <= Threshold.widestSpace * module,
          Float(left.count) >= Threshold.quietZone * module,
          isCutOff || Float(right.count) >= Threshold.quietZone * module
        {
          spans.append(CodeSpan(start: Float(left.upperBound), end: Float(right.lowerBound)))
        }
        longestWithin = max(longestWithin, right.count)
      }
    }
    return Array(spans.sorted { $0.end - $0.start > $1.end - $1.start }.prefix(limit))
  }

  private enum Threshold {
    /// The narrowest module in samples: below, even the grid can't be told.
    static let module: Float = 0.9
    /// The longest flat run within a code, in modules.
    static let widestSpace: Float = 5.5
    /// The shortest quiet zone that is taken for one, in modules.
    static let quietZone: Float = 3
    /// How much a level may change from one sample to the next, as a part of the line's range.
    static let slope: Float = 0.02
    static let shortestRun = 3
    /// The longest break, in samples, that noise may make in a run.
    static let longestBreak = 2
  }

  /// The runs of samples in which the upper half of the levels hardly changes.
  private static func flatLightRuns(of samples: [Float]) -> [Range<Int>] {
    let sorted = samples.sorted()
    let dark = sorted[sorted.count / 20]
    let range = max(sorted[sorted.count * 19 / 20] - dark, 8)
    let slope = max(range * Threshold.slope, 1)
    var runs: [Range<Int>] = []
    var start: Int?
    for index in 0...samples.count {
      let isFlat =
        index < samples.count && samples[index] > dark + range / 2
        && (index + 1 == samples.count || abs(samples[index + 1] - samples[index]) < slope)
      if isFlat {
        start = start ?? index
      } else if let first = start {
        if index - first >= Threshold.shortestRun { append(first..<index) }
        start = nil
      }
    }
    return runs

    func append(_ run: Range<Int>) {
      if let last = runs.last, run.lowerBound - last.upperBound <= Threshold.longestBreak,
        abs(samples[run.lowerBound] - samples[last.upperBound - 1]) < 2 * slope
      {
        runs[runs.count - 1] = last.lowerBound..<run.upperBound
      } else {
        runs.append(run)
      }
    }
  }
}
