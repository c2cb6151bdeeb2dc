import Foundation

/// The normal distribution.
enum Normal {
  /// The part of the distribution below a value.
  static func cumulative(_ value: Float) -> Float {
    0.5 * erfc(-value / Float(2).squareRoot())
  }
}
