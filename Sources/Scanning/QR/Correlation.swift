/// The correlation (Pearson's) of greys with what should be light and what dark.
struct Correlation {
  private var count: Float = 0
  private var lightCount: Float = 0
  private var sum: Float = 0
  private var lightSum: Float = 0
  private var squares: Float = 0

  mutating func add(_ grey: Float, isLight: Bool) {
    count += 1
    sum += grey
    squares += grey * grey
    guard isLight else { return }
    lightCount += 1
    lightSum += grey
  }

  /// From -1 to 1; 0 when all greys are the same.
  var value: Float {
    let variance = squares - sum * sum / count
    let weight = lightCount * (count - lightCount) / count
    guard variance > count, weight > 0 else { return 0 }
    let covariance = lightSum - lightCount * sum / count
    return covariance / (variance * weight).squareRoot()
  }
}
