import TestSupport
import Testing

@testable import Capture

@Suite("Bytes to codes")
struct LineAssemblerTests {
  @Test("ends a code by CR, LF or both", arguments: ["\r", "\n", "\r\n"])
  func lineEnds(end: String) {
    var lines = LineAssembler(endings: [.line])
    let bytes = "TK.00123\(end)TK.00124\(end)".utf8
    #expect(lines.take(bytes, at: 0) == [.success("TK.00123"), .success("TK.00124")])
    #expect(lines.deadline == nil)
  }

  @Test("puts a code together that comes in pieces, and passes over STX and ETX")
  func pieces() {
    var lines = LineAssembler(endings: [.line, .tab])
    #expect(lines.take([0x02, 0x54], at: 0).isEmpty)
    #expect(lines.take("K.1".utf8, at: 200).isEmpty)
    #expect(lines.take([0x03, 0x09], at: 400) == [.success("TK.1")])
  }

  @Test("ends a code in silence where the profile says so, and else gives it up")
  func silence() {
    var gap = LineAssembler(endings: [.gap])
    #expect(gap.take("TK.1".utf8, at: 0).isEmpty)
    #expect(gap.take("TK.2".utf8, at: CaptureLimits.gapMilliseconds) == [.success("TK.1")])
    #expect(gap.silence(at: 2 * CaptureLimits.gapMilliseconds) == .success("TK.2"))

    var line = LineAssembler(endings: [.line])
    #expect(line.take("TK.1".utf8, at: 0).isEmpty)
    let codes = line.take("TK.2\r".utf8, at: CaptureLimits.staleCodeMilliseconds)
    #expect(codes == [.failure(.cutShort), .success("TK.2")])
  }

  @Test(
    "refuses what is no code, and reads the next one",
    arguments: [
      ([0x54, 0x00, 0x4B], CodeTrouble.controlCharacters), ([0xFF, 0xFE], .noText),
      ([UInt8](repeating: 0x37, count: 10_000), .tooLong),
      ([UInt8](repeating: 0x37, count: 100_000), .tooLong),
    ])
  func bad(bytes: [UInt8], trouble: CodeTrouble) {
    var lines = LineAssembler(endings: [.line])
    #expect(
      lines.take(bytes + Array("\rTK.1\r".utf8), at: 0) == [
        .failure(trouble), .success("TK.1"),
      ])
  }

  @Test("survives garbage", arguments: 0..<20 as Range<UInt64>)
  func garbage(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    var lines = LineAssembler(endings: [.line, .tab])
    var now: Int64 = 0
    for _ in 0..<2_000 {
      now += .random(in: 0...50, using: &generator)
      let bytes = (0..<Int.random(in: 0...40, using: &generator)).map { _ in
        UInt8.random(in: 0...255, using: &generator)
      }
      for case .success(let text) in lines.take(bytes, at: now) { #expect(!text.isEmpty) }
    }
  }
}
