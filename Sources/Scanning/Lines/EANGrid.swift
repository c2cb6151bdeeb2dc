/// Where the edges of an EAN-13 or UPC-A lie on its grid of 95 modules (ISO/IEC 15420).
///
/// zbar tells a digit by the distances of like edges within it, and one misread text in ten passes
/// the only check digit. Here all edges of a half have to lie on one grid together.
struct EANGrid {
  /// The outer guard, six digits and the middle guard; for both halves, as they are met forwards.
  private let halves: [Half]

  /// Takes thirteen ASCII digits; `nil` for anything else.
  init?(digits: [UInt8]) {
    guard digits.count == 13, digits.allSatisfy({ (48...57).contains($0) }) else { return nil }
    let values = digits.map { Int($0) - 48 }
    let sets = Self.numberSets[values[0]]
    let left = values[1...6].enumerated().map { index, digit in
      let isOfSetB = sets >> (5 - index) & 1 == 1
      return isOfSetB ? GridTemplate.evenDigits[digit] : GridTemplate.oddDigits[digit]
    }
    let right = values[7...].map { GridTemplate.rightDigits[$0] }
    let outer = GridTemplate.Pattern(0b101, count: 3)
    let middle = GridTemplate.Pattern(0b01010, count: 5)
    let places = Self.edges(of: [outer] + left + [middle] + right + [outer])
    let parts = [places.prefix(Half.edgeCount), places.suffix(Half.edgeCount)]
    halves = parts.compactMap { Half(Array($0)) }
    guard halves.count == parts.count else { return nil }
  }

  /// Whether each half lies on a grid somewhere along one of some lines across the same bars.
  ///
  /// zbar may take the halves from two lines, so that one line need not have both. `isForward` says
  /// whether the lines meet the code's start first, `isInverted` whether its bars are light.
  func isMet(by lines: [LineEdges], isForward: Bool, isInverted: Bool = false) -> Bool {
    let runs = lines.map { EdgeRun($0, isForward: isForward, isInverted: isInverted) }
    return halves.allSatisfy { half in runs.contains { half.lies(along: $0) } }
  }

  /// Which of the left digits are of number set B, the first one as the highest of six bits, by the
  /// digit that this encodes.
  private static let numberSets = [
    0b000000, 0b001011, 0b001101, 0b001110, 0b010011, 0b011001, 0b011100, 0b010101, 0b010110,
    0b011010,
  ]

  private static func edges(of patterns: [GridTemplate.Pattern]) -> [Float] {
    var edges: [Float] = []
    var place: Float = 0
    var isDark = false
    for pattern in patterns {
      for bit in (0..<pattern.count).reversed() {
        if (pattern.bits >> bit & 1 == 1) != isDark {
          edges.append(place)
          isDark.toggle()
        }
        place += 1
      }
    }
    return edges + [place]
  }
}

/// The edges of a line in the order in which a code's own begin.
private struct EdgeRun {
  /// In samples, growing.
  let places: [Float]
  /// The first of them at which a bar begins.
  let firstBar: Int

  init(_ edges: LineEdges, isForward: Bool, isInverted: Bool) {
    places =
      isForward ? edges.places : edges.places.reversed().map { Float(edges.length) - $0 }
    // Read backwards, a bar begins where it ends.
    let endsLight = edges.startsLight == edges.places.count.isMultiple(of: 2)
    let startsLight = isForward ? edges.startsLight : endsLight
    firstBar = startsLight != isInverted ? 0 : 1
  }
}

/// The edges of half an EAN, and how they may be stretched.
private struct Half {
  /// Four of the outer guard, four of each digit, and four of the middle guard.
  static let edgeCount = 32

  /// The most that edges may miss their places by, as the root of the mean square, in modules.
  ///
  /// Measured: nine in ten right readings miss by less than 0.18, wrong ones by 0.22 and more.
  private static let deviationLimit: Float = 0.2

  private typealias Edges = SIMD32<Float>

  /// How many modules it has.
  private let span: Float

  /// All places to which a grid may be stretched, as vectors at right angles, each of length 1.
  ///
  /// A photo that was taken askew stretches it unevenly; ink that has run makes all bars wider.
  private let directions: [Edges]

  /// Takes the places of the edges in modules; `nil` if they tell nothing.
  init?(_ expected: [Float]) {
    guard expected.count == Self.edgeCount, let first = expected.first, let last = expected.last,
      last > first
    else { return nil }
    span = last - first
    var (even, line, curve, ink) = (Edges(repeating: 1), Edges(), Edges(), Edges())
    for (index, place) in expected.enumerated() {
      // From -1 to 1, which keeps the numbers near one another.
      let x = 2 * (place - first) / span - 1
      line[index] = x
      curve[index] = x * x
      ink[index] = index.isMultiple(of: 2) ? 1 : -1
    }
    even = Self.unit(even)
    var directions = [even]
    for vector in [line, curve, ink] {
      directions.append(Self.unit(Self.rest(of: vector, beside: directions)))
    }
    self.directions = directions
  }

  /// Whether the edges of a line lie on this grid somewhere.
  func lies(along run: EdgeRun) -> Bool {
    let last = run.places.count - Self.edgeCount
    guard last >= run.firstBar else { return false }
    return run.places.withUnsafeBufferPointer { places in
      stride(from: run.firstBar, through: last, by: 2).contains { start in
        var found = Edges()
        for index in 0..<Self.edgeCount { found[index] = places[start + index] }
        return isOnGrid(found)
      }
    }
  }

  private func isOnGrid(_ found: Edges) -> Bool {
    let length = found[Self.edgeCount - 1] - found[0]
    guard length > 0 else { return false }
    let modules = (found - found[0]) * (span / length)
    let miss = Self.rest(of: modules, beside: directions)
    let limit = Self.deviationLimit * Self.deviationLimit * Float(Self.edgeCount)
    return (miss * miss).sum() < limit
  }

  /// What is left of a vector without what lies along the directions.
  @inline(__always)
  private static func rest(of vector: Edges, beside directions: [Edges]) -> Edges {
    var rest = vector
    for direction in directions { rest -= direction * (direction * rest).sum() }
    return rest
  }

  private static func unit(_ vector: Edges) -> Edges {
    vector / (vector * vector).sum().squareRoot()
  }
}
