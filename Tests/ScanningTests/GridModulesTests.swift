import Testing

@testable import Scanning

@Suite("The likeliest row of modules")
struct GridModulesTests {
  private static let digits = [0b0001101, 0b1110010, 0b0100111, 0b1011000]
    .map { GridTemplate.Pattern($0, count: 7) }
  private static let template = GridTemplate(parts: [
    [GridTemplate.Pattern(0b101, count: 3)], digits, digits,
    [GridTemplate.Pattern(0b01010, count: 5)], digits, [GridTemplate.Pattern(0b101, count: 3)],
  ])

  @Test("costs as little as the best of all rows, one by one", arguments: 1...20)
  func best(seed: UInt64) {
    var generator = SplitMix(state: seed)
    let count = Self.template.moduleCount
    let costs = (0..<count * 32).map { _ in Float(generator.next() % 1_000) }
    let found = LikeliestModules(template: Self.template, costs: costs).modules()
    #expect(found.count == count)
    #expect(cost(of: found, costs) == rows().map { cost(of: $0, costs) }.min())
  }

  /// Every row of modules that the template allows.
  private func rows() -> [[Bool]] {
    Self.template.parts.reduce([[]]) { rows, patterns in
      rows.flatMap { row in
        patterns.map { pattern in
          row + (0..<pattern.count).map { pattern.bits >> (pattern.count - 1 - $0) & 1 == 1 }
        }
      }
    }
  }

  /// What a row costs, with light on both sides of it.
  private func cost(of row: [Bool], _ costs: [Float]) -> Float {
    let padded = [false, false] + row + [false, false]
    return row.indices.map { index in
      let window = padded[index..<index + 5].reduce(0) { $0 << 1 | ($1 ? 1 : 0) }
      return costs[index * 32 + window]
    }.reduce(0, +)
  }
}

/// A generator that gives the same numbers each time.
private struct SplitMix: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = (state ^ state >> 30) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
    return mixed ^ mixed >> 31
  }
}
