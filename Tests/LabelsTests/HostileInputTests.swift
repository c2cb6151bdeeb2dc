import Labels
import Testing

@Suite("Hostile input")
struct HostileInputTests {
  @Test("Random bytes up to 10,000 characters are refused with words, and never kept whole")
  func randomBytes() {
    var random = SplitMix64(seed: 36)
    for _ in 0..<60 {
      let length = Int.random(in: 0...10_000, using: &random)
      let bytes = (0..<length).map { _ in UInt8.random(in: .min ... .max, using: &random) }
      expectShortRefusal(of: String(decoding: bytes, as: UTF8.self))
    }
  }

  @Test("Random texts of a label's characters never trap, and what is read carries its check")
  func randomLabels() {
    var random = SplitMix64(seed: 37)
    let reader = LabelReader()
    for _ in 0..<5_000 {
      let length = Int.random(in: 1...20, using: &random)
      let characters = (0..<length).compactMap { _ in
        Samples.alphabet.randomElement(using: &random)
      }
      switch reader.read(ScannedCode(text: String(characters))) {
      case .item(.id(let id)): #expect(String(characters) == id.label)
      case .card(let card): #expect(String(characters).filter(\.isASCII) == card.label)
      case .box(let box): #expect(String(characters) == box.label)
      case .command(let command): #expect(String(characters) == command.label)
      case .item, .isbn, .unknown: break
      }
    }
  }

  @Test("One character with thousands of marks is cut before it is kept")
  func stackedMarks() {
    expectShortRefusal(of: "A" + String(repeating: "\u{301}", count: 100_000))
  }

  private func expectShortRefusal(of text: String) {
    let label = LabelReader().read(ScannedCode(reported: text))
    guard case .unknown(let kept, let reason) = label else {
      Issue.record("\(text.debugDescription) was read as \(label)")
      return
    }
    #expect(kept.unicodeScalars.count <= 256)
    #expect(!reason.advice(in: .vietnamese).isEmpty)
    #expect(!reason.advice(in: .english).isEmpty)
  }
}
