import Testing

@testable import Scanning

@Suite("The grid of an EAN")
struct EANGridTests {
  /// The widths of bars and spaces of 0752050200137, as ISO/IEC 15420 draws it.
  private static let widths: [Float] = [
    1, 1, 1, 1, 3, 1, 2, 1, 2, 3, 1, 2, 1, 2, 2, 3, 2, 1, 1, 1, 2, 3, 1, 3, 2, 1, 1,
    1, 1, 1, 1, 1, 2, 1, 2, 2, 3, 2, 1, 1, 3, 2, 1, 1, 2, 2, 2, 1, 1, 4, 1, 1, 1, 3, 1, 2,
    1, 1, 1,
  ]

  /// Edges of those bars, each in samples, with a way to spoil them.
  private static func edges(
    module: Float = 2, ink: Float = 0, stretch: Float = 0
  ) -> LineEdges {
    var places: [Float] = [0]
    for width in widths { places.append(places[places.count - 1] + width) }
    let spoiled = places.enumerated().map { index, place in
      20 + module * (place + stretch * place * place / 95 + (index.isMultiple(of: 2) ? -ink : ink))
    }
    return LineEdges(places: spoiled, startsLight: true, length: 400)
  }

  private func isMet(
    _ text: String, by edges: LineEdges..., isForward: Bool = true, isInverted: Bool = false
  ) -> Bool {
    EANGrid(digits: Array(text.utf8))?
      .isMet(by: edges, isForward: isForward, isInverted: isInverted) ?? false
  }

  @Test("is met by thin and thick bars, by a page that bends, and from the other end")
  func right() {
    let text = "0752050200137"
    #expect(isMet(text, by: Self.edges()))
    #expect(isMet(text, by: Self.edges(ink: 0.25), Self.edges(module: 3.3)))
    #expect(isMet(text, by: Self.edges(ink: -0.2, stretch: 0.2)))
    let straight = Self.edges()
    let turned = LineEdges(
      places: straight.places.reversed().map { 400 - $0 }, startsLight: true, length: 400)
    #expect(isMet(text, by: turned, isForward: false))
    #expect(!isMet(text, by: turned))
  }

  @Test("is met by light bars on a dark page where they are looked for")
  func inverted() {
    let text = "0752050200137"
    let dark = LineEdges(places: Self.edges().places, startsLight: false, length: 400)
    #expect(isMet(text, by: dark, isInverted: true))
    #expect(!isMet(text, by: dark))
  }

  @Test("takes its halves from different lines")
  func halves() {
    let edges = Self.edges()
    let left = LineEdges(places: Array(edges.places.prefix(40)), startsLight: true, length: 400)
    let right = LineEdges(places: Array(edges.places.suffix(40)), startsLight: true, length: 400)
    #expect(isMet("0752050200137", by: left, right))
    #expect(!isMet("0752050200137", by: left))
  }

  @Test(
    "is not met by digits that zbar took for others with the same check digit",
    arguments: ["9711010200137", "0752050200731", "0752050206015"])
  func wrong(text: String) {
    #expect(!isMet(text, by: Self.edges()))
  }

  @Test("is not there for what is no EAN-13", arguments: ["", "12345", "07520502001x7"])
  func noDigits(text: String) {
    #expect(EANGrid(digits: Array(text.utf8)) == nil)
  }
}
