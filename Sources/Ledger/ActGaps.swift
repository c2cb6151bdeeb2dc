/// Acts on an item that are known to have happened, but have not come yet: by their numbers.
///
/// An act's number is how many acts its maker had seen, and one. A receiver who read a slip has
/// seen acts that a ledger lacks; when they come they belong before the last one.
package struct ActGaps: Hashable, Sendable, CustomStringConvertible {
  /// In order, without an overlap.
  package private(set) var ranges: [ClosedRange<Int>] = []

  /// Runs of missing acts that are kept; of more, the oldest are given up.
  package static let mostRanges = 16

  package init() {}

  package var isEmpty: Bool { ranges.isEmpty }

  package func contains(_ number: Int) -> Bool {
    ranges.contains { $0.contains(number) }
  }

  /// Notes that the acts of these numbers have not come; they are later than all before.
  func adding(_ numbers: ClosedRange<Int>) -> ActGaps {
    var gaps = self
    gaps.ranges = (ranges + [numbers]).suffix(Self.mostRanges)
    return gaps
  }

  /// Notes that an act has come.
  func filling(_ number: Int) -> ActGaps {
    var gaps = self
    gaps.ranges = ranges.flatMap { range -> [ClosedRange<Int>] in
      guard range.contains(number) else { return [range] }
      let before = number > range.lowerBound ? [range.lowerBound...(number - 1)] : []
      let after = number < range.upperBound ? [(number + 1)...range.upperBound] : []
      return before + after
    }
    gaps.ranges = gaps.ranges.suffix(Self.mostRanges)
    return gaps
  }
}

extension ActGaps {
  /// The text form in tables, for example `3-5,9-9`; empty where nothing is missing.
  package var description: String {
    ranges.map { "\($0.lowerBound)-\($0.upperBound)" }.joined(separator: ",")
  }

  /// Reads the text form, or gives `nil`.
  package init?(_ text: some StringProtocol) {
    for part in text.split(separator: ",", omittingEmptySubsequences: true) {
      let bounds = part.split(separator: "-").compactMap { Int($0) }
      guard bounds.count == 2, bounds[0] <= bounds[1] else { return nil }
      ranges.append(bounds[0]...bounds[1])
    }
    guard ranges.count <= Self.mostRanges, description == text else { return nil }
  }
}
