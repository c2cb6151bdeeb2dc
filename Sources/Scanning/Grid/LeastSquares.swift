/// The normal equations of a linear least-squares problem with a few unknowns.
struct LeastSquares {
  private let count: Int
  private var rows = InlineArray<8, SIMD8<Float>>(repeating: .zero)
  private var values = SIMD8<Float>.zero

  /// Begins a problem of `count` unknowns, at most eight.
  init(unknowns count: Int) {
    self.count = count
  }

  mutating func add(_ row: SIMD8<Float>, value: Float) {
    values += row * value
    for index in 0..<count { rows[index] += row * row[index] }
  }

  /// The unknowns, by Gauss-Jordan elimination; `nil` if the rows do not determine them.
  func solution() -> SIMD8<Float>? {
    var rows = rows
    var values = values
    for pivot in 0..<count {
      let divisor = rows[pivot][pivot]
      guard divisor > 1e-6 else { return nil }
      for row in 0..<count where row != pivot {
        let factor = rows[row][pivot] / divisor
        rows[row] -= rows[pivot] * factor
        values[row] -= values[pivot] * factor
      }
    }
    for index in 0..<count { values[index] /= rows[index][index] }
    return values
  }
}
