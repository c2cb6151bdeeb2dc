import Labels
import Scanning
import Testing

@Suite("The ballot of scan lines")
struct BallotTests {
  private func symbol(_ text: String, _ type: Symbology, at x: Int = 0) -> Symbol {
    Symbol(
      type: type, bytes: Array(text.utf8), quality: 1, orientation: .up,
      points: [Symbol.Point(x: x, y: 0), Symbol.Point(x: x + 10, y: 5)])
  }

  @Test(
    "trusts a text once as many lines agree as its symbology needs",
    arguments: zip(
      [Symbology.code128, .ean13, .code39, .codabar, .ean8, .itf, .qr], [2, 2, 3, 3, 3, 4, 1]))
  func votes(type: Symbology, needed: Int) {
    var ballot = Ballot()
    for vote in 1...needed {
      #expect(!ballot.isDecided)
      ballot.cast(symbol("12345670", type), in: 0)
      #expect(ballot.readings.map(\.votes) == [vote])
    }
    #expect(ballot.readings.map(\.trust) == [.trusted])
  }

  @Test("doubts two texts across the same bars until one has twice the votes of the other")
  func contradiction() {
    var ballot = Ballot()
    ballot.cast(symbol("TT1", .code128), votes: 3, in: 0)
    ballot.cast(symbol("TT7", .code128), votes: 2, in: 0)
    #expect(ballot.readings.map(\.trust) == [.doubted(.contradicted), .doubted(.contradicted)])
    ballot.cast(symbol("TT1", .code128), in: 0)
    #expect(ballot.readings.map(\.isTrusted) == [true, false])
  }

  @Test("lets two labels side by side both be right")
  func sideBySide() {
    var ballot = Ballot()
    ballot.cast(symbol("TT1", .code128), votes: 2, in: 0)
    ballot.cast(symbol("TT7", .code128), votes: 2, in: 1)
    ballot.cast(symbol("TT9", .code128, at: 100), votes: 2)
    #expect(ballot.readings.map(\.isTrusted) == [true, true, true])
    #expect(ballot.isDecided(region: 1))
    #expect(!ballot.isDecided(region: 2))
  }

  @Test("never trusts a short Interleaved 2 of 5")
  func shortInterleaved() {
    var ballot = Ballot()
    ballot.cast(symbol("1234", .itf), votes: 100)
    #expect(ballot.readings.map(\.trust) == [.doubted(.tooShort)])
  }

  @Test(
    "wants thrice the lines for an EAN until one vote shows that its edges lie on a grid"
  )
  func grid() {
    var ballot = Ballot()
    ballot.cast(symbol("9711010200137", .ean13), votes: 2, isOnGrid: false)
    #expect(ballot.readings.map(\.trust) == [.doubted(.fewVotes(needed: 6))])
    ballot.cast(symbol("9711010200137", .ean13), isOnGrid: true)
    #expect(ballot.isDecided)
  }

  @Test("wants twice the lines for an EAN full of zeros")
  func zeros() {
    var ballot = Ballot()
    ballot.cast(symbol("0008700000030", .ean13), votes: 3)
    #expect(ballot.readings.map(\.trust) == [.doubted(.fewVotes(needed: 4))])
  }
}
