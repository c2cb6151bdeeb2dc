import Ledger
import Testing

@Suite struct CBORTests {
  @Test(
    "reads back every integer it writes",
    arguments: [
      0, 1, 23, 24, 255, 256, 65_535, 65_536, 4_294_967_295, 4_294_967_296, Int64.max, -1, -24,
      -25, -257, Int64.min,
    ])
  func integers(number: Int64) throws {
    var writer = CBORWriter()
    writer.write(number)
    var reader = CBORReader(writer.bytes)
    #expect(try reader.readInteger() == number)
    #expect(reader.isAtEnd)
  }

  @Test(
    "refuses a longer encoding of the same value",
    arguments: [
      [0x18, 0x05], [0x19, 0x00, 0x20], [0x1A, 0, 0, 1, 0], [0x1B, 0, 0, 0, 0, 1, 0, 0, 0],
    ])
  func notCanonical(bytes: [UInt8]) {
    var reader = CBORReader(bytes)
    #expect(throws: CBORError.notCanonical) { try reader.readInteger() }
  }

  @Test("refuses text that is not UTF-8")
  func badText() {
    var reader = CBORReader([0x62, 0xC3, 0x28])
    #expect(throws: CBORError.badText) { try reader.readText(limit: 10) }
  }

  @Test("believes no length beyond the bytes that are there")
  func lengths() {
    var text = CBORReader([0x7B, 0x7F, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x41])
    #expect(throws: CBORError.tooLong(limit: 100)) { try text.readText(limit: 100) }
    var array = CBORReader([0x9B, 0x7F, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF])
    #expect(throws: CBORError.endsEarly) { try array.readEncodedValue() }
  }

  @Test("follows no nesting without end")
  func nesting() {
    var reader = CBORReader([UInt8](repeating: 0x81, count: 100_000))
    #expect(throws: CBORError.tooDeep(limit: CBORReader.deepestNesting)) {
      try reader.readEncodedValue()
    }
  }

  @Test("never traps on any three bytes")
  func garbage() {
    for number in stride(from: 0, to: 1 << 24, by: 7) {
      let bytes = [UInt8(number >> 16), UInt8(number >> 8 & 255), UInt8(number & 255)]
      var reader = CBORReader(bytes)
      _ = try? reader.readEncodedValue()
      #expect(reader.index <= 3)
    }
  }
}
