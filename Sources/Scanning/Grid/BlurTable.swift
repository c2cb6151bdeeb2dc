/// What a module shows at the middles of its two halves, for each of the 32 ways in which it and
/// two neighbours on each side can be dark or light.
///
/// A pattern's highest bit is the earliest module; the outermost ones stand for all beyond them.
struct BlurTable: Sendable {
  /// The part of dark, 0 to 1, and how it changes with the place and with the bars' gain.
  struct Entry: Sendable {
    var early: Float = 0
    var late: Float = 0
    var earlySlope: Float = 0
    var lateSlope: Float = 0
    var earlyGain: Float = 0
    var lateGain: Float = 0
  }

  let entries: [Entry]
  /// The darkness of each pattern at the middle of the first half, and of the second.
  let early: [Float]
  let late: [Float]

  private init(blur: Float, gain: Float) {
    let step: Float = 0.05
    let entries = (0..<32).map { pattern in
      func dark(_ place: Float, _ gain: Float) -> Float {
        Self.dark(pattern, at: place, blur: blur, gain: gain)
      }
      func slope(_ place: Float) -> Float {
        (dark(place + step, gain) - dark(place - step, gain)) / (2 * step)
      }
      func change(_ place: Float) -> Float {
        (dark(place, gain + step) - dark(place, gain - step)) / (2 * step)
      }
      return Entry(
        early: dark(-0.25, gain), late: dark(0.25, gain), earlySlope: slope(-0.25),
        lateSlope: slope(0.25), earlyGain: change(-0.25), lateGain: change(0.25))
    }
    self.entries = entries
    early = entries.map(\.early)
    late = entries.map(\.late)
  }

  /// How dark a blurred place is, in modules from the middle of the middle module.
  private static func dark(_ pattern: Int, at place: Float, blur: Float, gain: Float) -> Float {
    var sum: Float = 0
    for module in 0..<5 where isDark(pattern, module) {
      let left = Float(module) - 2.5 - (isDark(pattern, module - 1) ? 0 : gain / 2)
      let right = Float(module) - 1.5 + (isDark(pattern, module + 1) ? 0 : gain / 2)
      let below = module == 0 ? 0 : Normal.cumulative((left - place) / blur)
      let above = module == 4 ? 1 : Normal.cumulative((right - place) / blur)
      sum += above - below
    }
    return sum
  }

  private static func isDark(_ pattern: Int, _ module: Int) -> Bool {
    pattern >> (4 - min(max(module, 0), 4)) & 1 == 1
  }

  // MARK: - Made once

  /// The blurs that are tried, in modules.
  static let blurs: [Float] = [0.35, 0.6, 0.85, 1.1]
  /// The greatest gain, in modules.
  static let largestGain: Float = 0.6
  private static let gainStep: Float = 0.1

  private static let tables: [[BlurTable]] = blurs.map { blur in
    let count = Int((largestGain / gainStep).rounded())
    return (-count...count).map { BlurTable(blur: blur, gain: Float($0) * gainStep) }
  }

  /// The table for a blur, given by its index, and the gain nearest to the one wanted.
  static func table(blur: Int, gain: Float) -> BlurTable {
    let row = tables[blur]
    let index = Int((gain / gainStep).rounded()) + row.count / 2
    return row[min(max(index, 0), row.count - 1)]
  }

  /// The gain that a table is made for.
  static func tabulated(_ gain: Float) -> Float {
    min(max((gain / gainStep).rounded() * gainStep, -largestGain), largestGain)
  }
}
