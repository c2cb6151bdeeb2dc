/// Three finder patterns that may be the corners of one QR code.
struct FinderTriple: Sendable {
  let upperLeft: FinderPattern
  let upperRight: FinderPattern
  let lowerLeft: FinderPattern

  /// Their places in the list that they came from.
  let members: [Int]

  /// How far they are from a square seen straight on; 0 is perfect.
  let distortion: Double

  var isInverted: Bool { upperLeft.isInverted }

  /// The likeliest groups of three, the best first.
  static func all(of patterns: [FinderPattern]) -> [FinderTriple] {
    var triples: [FinderTriple] = []
    for first in patterns.indices {
      for second in patterns.indices.dropFirst(first + 1)
      where patterns[first].isAkin(to: patterns[second]) {
        for third in patterns.indices.dropFirst(second + 1)
        where patterns[first].isAkin(to: patterns[third])
          && patterns[second].isAkin(to: patterns[third])
        {
          triples += all(
            of: (patterns[first], patterns[second], patterns[third]),
            members: [first, second, third])
        }
      }
    }
    return Array(
      triples.sorted { $0.distortion < $1.distortion }.prefix(QRLimits.maximumTriples))
  }

  /// Puts three patterns in order, in every way in which a QR code may look so.
  ///
  /// The upper left one is opposite the longest side, unless perspective makes another one longer.
  private static func all(
    of patterns: (FinderPattern, FinderPattern, FinderPattern), members: [Int]
  ) -> [FinderTriple] {
    let (first, second, third) = patterns
    let orders = [(first, second, third), (second, third, first), (third, first, second)]
    let sides = orders.map { ($0.1.centre - $0.2.centre).squaredLength }
    let longest = sides.max() ?? 0
    return zip(orders, sides).compactMap { order, side in
      guard side > leastSquaredDiagonal * longest else { return nil }
      return FinderTriple(corner: order.0, order.1, order.2, members: members)
    }
  }

  /// How short a diagonal may be against the longest side, both squared.
  private static let leastSquaredDiagonal = 0.6

  /// Takes a corner and the patterns beside it, which follow it clockwise; `nil` if no QR code
  /// looks so.
  private init?(
    corner: FinderPattern, _ one: FinderPattern, _ other: FinderPattern, members: [Int]
  ) {
    let (toOne, toOther) = (one.centre - corner.centre, other.centre - corner.centre)
    let isClockwise = toOne.cross(toOther) > 0
    let (longer, shorter) = (
      max(toOne.length, toOther.length), min(toOne.length, toOther.length)
    )
    guard shorter > 0 else { return nil }
    let cosine = abs(toOne.dot(toOther)) / (longer * shorter)
    let size = (corner.moduleSize + one.moduleSize + other.moduleSize) / 3
    // Two patterns of a code are 14 to 170 modules apart; foreshortened, they seem less or more.
    guard cosine < 0.8, longer < 2.2 * shorter, longer + shorter > 18 * size,
      longer + shorter < 440 * size
    else { return nil }
    upperLeft = corner
    upperRight = isClockwise ? one : other
    lowerLeft = isClockwise ? other : one
    self.members = members
    distortion = cosine + (longer / shorter - 1)
  }
}

extension FinderPattern {
  /// Says whether two patterns may be of one code: of like size and the same polarity.
  fileprivate func isAkin(to other: FinderPattern) -> Bool {
    isInverted == other.isInverted && moduleSize < 2.2 * other.moduleSize
      && other.moduleSize < 2.2 * moduleSize
  }
}
