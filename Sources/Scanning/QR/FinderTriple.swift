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
    var corners: [Corner] = []
    for first in patterns.indices {
      for second in patterns.indices.dropFirst(first + 1)
      where patterns[first].isAkin(to: patterns[second]) {
        for third in patterns.indices.dropFirst(second + 1)
        where patterns[first].isAkin(to: patterns[third])
          && patterns[second].isAkin(to: patterns[third])
        {
          Corner.add(patterns, first, second, third, to: &corners)
        }
      }
    }
    return corners.sorted { $0.distortion < $1.distortion }.prefix(QRLimits.maximumTriples)
      .map { FinderTriple($0, of: patterns) }
  }

  private init(_ corner: Corner, of patterns: [FinderPattern]) {
    let places = corner.places
    upperLeft = patterns[Int(places.x)]
    upperRight = patterns[Int(places.y)]
    lowerLeft = patterns[Int(places.z)]
    members = [Int(places.x), Int(places.y), Int(places.z)]
    distortion = corner.distortion
  }
}

/// A finder pattern and the two beside it, by their places in a list: small, since there are tens
/// of thousands of them in a picture of a brick wall.
private struct Corner {
  /// The corner, the one clockwise of it, and the third.
  let places: SIMD3<Int32>
  let distortion: Double

  /// Puts three patterns in order, in every way in which a QR code may look so.
  ///
  /// The upper left one is opposite the longest side, unless perspective makes another one longer.
  static func add(
    _ patterns: [FinderPattern], _ first: Int, _ second: Int, _ third: Int,
    to corners: inout [Corner]
  ) {
    let (a, b, c) = (patterns[first].centre, patterns[second].centre, patterns[third].centre)
    let sides = SIMD3(
      (b - c).squaredLength, (c - a).squaredLength, (a - b).squaredLength)
    let least = leastSquaredDiagonal * sides.max()
    if sides.x > least { add(patterns, first, second, third, to: &corners) }
    if sides.y > least { add(patterns, second, third, first, to: &corners) }
    if sides.z > least { add(patterns, third, first, second, to: &corners) }

    /// Adds a corner and the patterns beside it, if a QR code may look so.
    func add(
      _ patterns: [FinderPattern], _ corner: Int, _ one: Int, _ other: Int,
      to corners: inout [Corner]
    ) {
      let middle = patterns[corner]
      let toOne = patterns[one].centre - middle.centre
      let toOther = patterns[other].centre - middle.centre
      let (oneLength, otherLength) = (toOne.length, toOther.length)
      let (longer, shorter) = (max(oneLength, otherLength), min(oneLength, otherLength))
      let size = (middle.moduleSize + patterns[one].moduleSize + patterns[other].moduleSize) / 3
      // Two patterns of a code are 14 to 170 modules apart; foreshortened, they seem less or more.
      guard shorter > 0, longer < 2.2 * shorter, longer + shorter > 18 * size,
        longer + shorter < 440 * size
      else { return }
      let cosine = abs(toOne.dot(toOther)) / (longer * shorter)
      guard cosine < 0.8 else { return }
      let places =
        toOne.cross(toOther) > 0
        ? SIMD3(Int32(corner), Int32(one), Int32(other))
        : SIMD3(Int32(corner), Int32(other), Int32(one))
      corners.append(Corner(places: places, distortion: cosine + (longer / shorter - 1)))
    }
  }

  /// How short a diagonal may be against the longest side, both squared.
  private static let leastSquaredDiagonal = 0.6
}

extension FinderPattern {
  /// Says whether two patterns may be of one code: of like size and the same polarity.
  fileprivate func isAkin(to other: FinderPattern) -> Bool {
    isInverted == other.isInverted && moduleSize < 2.2 * other.moduleSize
      && other.moduleSize < 2.2 * moduleSize
  }
}
