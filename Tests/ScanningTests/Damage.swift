import Scanning
import TestSupport

/// What happens to labels on books, and to pictures of them, in three strengths.
enum Damage: String, CaseIterable, Sendable {
  case blur, tilt, perspective, glare, noise, lowContrast, dirt, curl

  /// How many of five labels are read at least, in three strengths each.
  var expectedReads: Int {
    switch self {
    case .noise: 7
    case .perspective: 11
    case .blur: 12
    case .glare, .dirt, .curl: 14
    case .tilt, .lowContrast: 15
    }
  }

  /// A picture with the damage; `strength` is 1, 2 or 3.
  func spoil(_ picture: GreyImage, strength: Int) throws -> GreyImage {
    let strength = Double(strength)
    return switch self {
    case .blur: try picture.blurred(sigma: 0.7 * strength)
    case .tilt: try picture.turned(byDegrees: 15 * strength)
    case .perspective: try picture.tilted(by: 0.15 * strength)
    case .glare: try picture.glaring(radius: 0.08 * strength)
    case .noise: try picture.noisy(amplitude: Int(25 * strength))
    case .lowContrast: try picture.faded(contrast: 0.25 / strength)
    case .dirt: try picture.dirty(spots: Int(8 * strength))
    case .curl: try picture.curled(by: 0.25 * strength)
    }
  }
}

extension GreyImage {
  /// With dark spots of five pixels' radius all over it.
  fileprivate func dirty(spots count: Int) throws -> GreyImage {
    var random = SeededGenerator(seed: 16)
    let spots = (0..<count).map { _ in
      Place(
        Double.random(in: 0..<Double(width), using: &random),
        Double.random(in: 0..<Double(height), using: &random))
    }
    return try changed { grey, place in
      let isHit = spots.contains { (($0 - place) * ($0 - place)).sum() < 25 }
      return isHit ? 40 : grey
    }
  }
}
