/// Finds the row of modules that explains a line best, among all that a template allows.
///
/// Dynamic programming over the parts of the code. Blur lets the two modules on each side of a part
/// show in it: the state between two parts is the end of the one and the start of the other.
struct LikeliestModules {
  private let template: GridTemplate
  /// The cost of each module for each pattern of it and its neighbours, 32 a module.
  private let costs: [Float]

  init(template: GridTemplate, costs: [Float]) {
    self.template = template
    self.costs = costs
  }

  /// The modules from first to last, dark ones as `true`.
  func modules() -> [Bool] {
    var boundaries = [Boundary()]
    boundaries.reserveCapacity(template.parts.count + 1)
    for head in 0..<4 { boundaries[0].costs[head] = 0 }
    var first = 0
    for (index, patterns) in template.parts.enumerated() {
      let heads = index + 1 < template.parts.count ? template.heads[index + 1] : [0]
      boundaries.append(
        boundary(behind: patterns, at: first, after: boundaries[index].costs, before: heads))
      first += patterns.first?.count ?? 0
    }
    return trace(boundaries)
  }

  /// The best costs up to the end of a part, from those up to its start.
  ///
  /// A cost is kept for each end of the one part (the two high bits of its index) and each start of
  /// the next.
  private func boundary(
    behind patterns: [GridTemplate.Pattern], at first: Int,
    after boundary: InlineArray<16, Float>, before heads: [Int]
  ) -> Boundary {
    var next = Boundary()
    let isLong = (patterns.first?.count ?? 0) >= Self.longPart
    costs.withUnsafeBufferPointer { costs in
      for (number, pattern) in patterns.enumerated() {
        let part = Part(pattern: pattern, number: number, costs: costs, first: first)
        if isLong {
          part.addLong(after: boundary, before: heads, to: &next)
        } else {
          part.addShort(after: boundary, before: heads, to: &next)
        }
      }
    }
    return next
  }

  /// From so many modules on no module sees both the part before and the part after.
  private static let longPart = 4

  /// What is known at the boundary between two parts.
  private struct Boundary {
    var costs = InlineArray<16, Float>(repeating: .infinity)
    var choices = InlineArray<16, Choice>(repeating: Choice())

    @inline(__always)
    mutating func offer(_ cost: Float, _ key: Int, _ choice: Choice) {
      guard cost < costs[key] else { return }
      costs[key] = cost
      choices[key] = choice
    }
  }

  /// One pattern at its place.
  private struct Part {
    let pattern: GridTemplate.Pattern
    let number: Int
    let costs: UnsafeBufferPointer<Float>
    let first: Int

    /// The cost of some modules in a row of bits: two of the part before, the pattern, two of the
    /// part after.
    @inline(__always)
    private func cost(_ row: Int, _ modules: Range<Int>) -> Float {
      var sum: Float = 0
      for module in modules {
        let window = row >> (pattern.count &- 1 &- module) & 31
        sum += costs[(first &+ module) &* 32 &+ window]
      }
      return sum
    }

    func addShort(
      after boundary: InlineArray<16, Float>, before heads: [Int], to next: inout Boundary
    ) {
      for tail in 0..<4 {
        let before = boundary[tail * 4 + pattern.head]
        guard before < .infinity else { continue }
        for head in heads {
          let row = (tail << pattern.count | pattern.bits) << 2 | head
          next.offer(
            before + cost(row, 0..<pattern.count), pattern.tail * 4 + head,
            Choice(pattern: number, tail: tail))
        }
      }
    }

    /// The first two modules see the part before, the last two the part after, and none both: so
    /// the best part before is the same for every part after.
    func addLong(
      after boundary: InlineArray<16, Float>, before heads: [Int], to next: inout Boundary
    ) {
      var best = (cost: Float.infinity, tail: 0)
      for tail in 0..<4 {
        let before = boundary[tail &* 4 &+ pattern.head]
        guard before < .infinity else { continue }
        let sum = before + cost((tail << pattern.count | pattern.bits) << 2, 0..<2)
        if sum < best.cost { best = (sum, tail) }
      }
      guard best.cost < .infinity else { return }
      let middle = best.cost + cost(pattern.bits << 2, 2..<pattern.count - 2)
      for head in heads {
        let last = cost(pattern.bits << 2 | head, pattern.count - 2..<pattern.count)
        next.offer(
          middle + last, pattern.tail &* 4 &+ head, Choice(pattern: number, tail: best.tail))
      }
    }
  }

  private struct Choice {
    var pattern = 0
    /// The last two modules of the part before.
    var tail = 0
  }

  private func trace(_ boundaries: [Boundary]) -> [Bool] {
    var key = 0
    if let end = boundaries.last?.costs {
      for index in end.indices where end[index] < end[key] { key = index }
    }
    var modules: [Bool] = []
    modules.reserveCapacity(template.moduleCount)
    for (index, patterns) in template.parts.enumerated().reversed() {
      let choice = boundaries[index + 1].choices[key]
      let pattern = patterns[choice.pattern]
      for bit in 0..<pattern.count { modules.append(pattern.bits >> bit & 1 == 1) }
      key = choice.tail * 4 + pattern.head
    }
    return modules.reversed()
  }
}
