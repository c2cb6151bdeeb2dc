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
    var boundary = [Float](repeating: .infinity, count: 16)
    for head in 0..<4 { boundary[head] = 0 }
    var choices: [Choice] = []
    choices.reserveCapacity(template.parts.count * 16)
    var first = 0
    for (index, patterns) in template.parts.enumerated() {
      let heads = index + 1 < template.parts.count ? template.heads[index + 1] : [0]
      boundary = add(patterns, at: first, after: boundary, before: heads, &choices)
      first += patterns.first?.count ?? 0
    }
    return trace(choices, boundary)
  }

  /// The best costs up to the end of a part, from those up to its start.
  ///
  /// A cost is kept for each end of the one part (the two high bits of its index) and each start of
  /// the next.
  private func add(
    _ patterns: [GridTemplate.Pattern], at first: Int, after boundary: [Float],
    before heads: [Int], _ choices: inout [Choice]
  ) -> [Float] {
    var next = [Float](repeating: .infinity, count: 16)
    var choice = [Choice](repeating: Choice(), count: 16)
    costs.withUnsafeBufferPointer { costs in
      for (number, pattern) in patterns.enumerated() {
        for tail in 0..<4 {
          let before = boundary[tail * 4 + pattern.head]
          guard before < .infinity else { continue }
          for head in heads {
            let row = (tail << pattern.count | pattern.bits) << 2 | head
            var sum = before
            for module in 0..<pattern.count {
              let window = row >> (pattern.count &- 1 &- module) & 31
              sum += costs[(first &+ module) &* 32 &+ window]
            }
            let key = pattern.tail * 4 + head
            if sum < next[key] {
              next[key] = sum
              choice[key] = Choice(pattern: number, tail: tail)
            }
          }
        }
      }
    }
    choices += choice
    return next
  }

  private struct Choice {
    var pattern = 0
    /// The last two modules of the part before.
    var tail = 0
  }

  private func trace(_ choices: [Choice], _ end: [Float]) -> [Bool] {
    var key = end.indices.min { end[$0] < end[$1] } ?? 0
    var modules: [Bool] = []
    modules.reserveCapacity(template.moduleCount)
    for (index, patterns) in template.parts.enumerated().reversed() {
      let choice = choices[index * 16 + key]
      let pattern = patterns[choice.pattern]
      for bit in 0..<pattern.count { modules.append(pattern.bits >> bit & 1 == 1) }
      key = choice.tail * 4 + pattern.head
    }
    return modules.reversed()
  }
}
