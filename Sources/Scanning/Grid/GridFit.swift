/// Finds the dark and light modules that best explain a blurred line.
///
/// Where blur has melted narrow bars together there are no edges left to find. But a code's modules
/// lie on a grid, and its guards say where. So the likeliest row of modules is searched, then the
/// grid, the light and the ink are fitted to it by least squares, and so on in turn.
struct GridFit {
  private let samples: [Float]
  private let template: GridTemplate
  let blur: Int
  private(set) var grid: ModuleGrid
  private(set) var modules: [Bool] = []
  /// The mean square of what is left unexplained, as a part of the contrast's square.
  private(set) var error: Float = .infinity

  /// Begins with a code that reaches from one edge to another.
  init(
    samples: [Float], template: GridTemplate, from start: Float, to end: Float, blur: Int,
    light: Float, ink: Float
  ) {
    self.samples = samples
    self.template = template
    self.blur = blur
    let reach = Self.blurReach * BlurTable.blurs[blur]
    let pitch = (end - start) / (Float(template.moduleCount) + 2 * reach)
    grid = ModuleGrid(
      moduleCount: template.moduleCount, start: start + reach * pitch, pitch: pitch,
      blur: BlurTable.blurs[blur],
      light: SIMD2(light, 0), ink: SIMD2(ink, 0))
  }

  /// Improves the fit until it no longer changes, at most `rounds` times.
  mutating func improve(rounds: Int) {
    var table = BlurTable.table(blur: blur, gain: 0)
    for _ in 0..<rounds {
      let observed = observations()
      let before = modules
      modules = LikeliestModules(template: template, costs: costs(observed, table)).modules()
      fitLevels(observed, table)
      fitPlaces(observed, table)
      table = BlurTable.table(blur: blur, gain: grid.gain)
      if modules == before { break }
    }
    measureError(observations(), table)
  }

  /// The level at a place between two samples.
  private func level(at place: Float) -> Float {
    let limit = Float(samples.count) - 1.001
    let inside = max(min(place, limit), 0)
    let index = Int(inside)
    let part = inside - Float(index)
    return samples[index] + (samples[index + 1] - samples[index]) * part
  }

  /// The levels at the middles of each module's halves.
  private func observations() -> [SIMD2<Float>] {
    (0..<grid.moduleCount).map { module in
      SIMD2(
        level(at: grid.place(of: Float(module) + 0.25)),
        level(at: grid.place(of: Float(module) + 0.75)))
    }
  }

  /// The square of what each pattern would leave unexplained at each module.
  private func costs(_ observed: [SIMD2<Float>], _ table: BlurTable) -> [Float] {
    [Float](unsafeUninitializedCapacity: observed.count * 32) { costs, count in
      table.early.withUnsafeBufferPointer { early in
        table.late.withUnsafeBufferPointer { late in
          for (module, levels) in observed.enumerated() {
            let (light, contrast) = grid.levels(at: part(of: module))
            let one = levels.x - light
            let other = levels.y - light
            for pattern in 0..<32 {
              let first = one - contrast * early[pattern]
              let second = other - contrast * late[pattern]
              costs[module &* 32 &+ pattern] = first * first + second * second
            }
          }
        }
      }
      count = observed.count * 32
    }
  }

  private func part(of module: Int) -> Float {
    (Float(module) + 0.5) / Float(grid.moduleCount)
  }

  /// The patterns of each module, its two neighbours before and its two after.
  private func patterns() -> [Int] {
    var window = (modules[0] ? 2 : 0) + (modules[1] ? 1 : 0)
    return modules.indices.map { index in
      let newest = index + 2 < modules.count && modules[index + 2]
      window = (window << 1 | (newest ? 1 : 0)) & 31
      return window
    }
  }

  /// Fits light and ink, each a straight slope along the code, to the modules.
  private mutating func fitLevels(_ observed: [SIMD2<Float>], _ table: BlurTable) {
    var equations = LeastSquares(unknowns: 4)
    for (module, pattern) in patterns().enumerated() {
      let entry = table.entries[pattern]
      let part = part(of: module)
      func add(_ dark: Float, _ value: Float) {
        equations.add(
          SIMD8(1 - dark, (1 - dark) * part, dark, dark * part, 0, 0, 0, 0), value: value)
      }
      add(entry.early, observed[module].x)
      add(entry.late, observed[module].y)
    }
    guard let levels = equations.solution() else { return }
    grid.light = SIMD2(levels[0], levels[1])
    grid.ink = SIMD2(levels[2], levels[3])
  }

  /// Moves the grid to where the modules explain the levels better: one Gauss-Newton step.
  private mutating func fitPlaces(_ observed: [SIMD2<Float>], _ table: BlurTable) {
    var equations = LeastSquares(unknowns: 5)
    for (module, pattern) in patterns().enumerated() {
      let part = part(of: module)
      let (light, contrast) = grid.levels(at: part)
      let entry = table.entries[pattern]
      // A grid that lies d modules too far on shows what is d modules further on.
      let bow = 4 * part * (1 - part)
      func add(_ dark: Float, _ slope: Float, _ gain: Float, _ value: Float) {
        let move = SIMD8(
          slope, slope * part, slope * bow, slope * bow * (1 - 2 * part), gain, 0, 0, 0)
        equations.add(move * contrast, value: value - light - contrast * dark)
      }
      add(entry.early, entry.earlySlope, entry.earlyGain, observed[module].x)
      add(entry.late, entry.lateSlope, entry.lateGain, observed[module].y)
    }
    guard let solution = equations.solution() else { return }
    let limit = SIMD8<Float>(repeating: Self.largestMove)
    let move = solution.clamped(lowerBound: -limit, upperBound: limit)
    grid.start -= move[0] * grid.pitch
    grid.bend -= move[2] * grid.pitch
    grid.skew -= move[3] * grid.pitch
    grid.pitch -= move[1] * grid.pitch / Float(grid.moduleCount)
    grid.gain = BlurTable.tabulated(grid.gain + move[4])
  }

  /// How far before its edge a bar begins to show, in standard deviations of the blur.
  private static let blurReach: Float = 1.6

  /// The farthest that a step moves the grid, in modules: a longer one follows a wrong reading.
  private static let largestMove: Float = 0.6

  private mutating func measureError(_ observed: [SIMD2<Float>], _ table: BlurTable) {
    var sum: Float = 0
    var contrastSum: Float = 0
    for (module, pattern) in patterns().enumerated() {
      let (light, contrast) = grid.levels(at: part(of: module))
      let one = observed[module].x - light - contrast * table.entries[pattern].early
      let other = observed[module].y - light - contrast * table.entries[pattern].late
      sum += one * one + other * other
      contrastSum += 2 * contrast * contrast
    }
    error = contrastSum > 0 ? sum / contrastSum : .infinity
  }
}
