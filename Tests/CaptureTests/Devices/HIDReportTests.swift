import TestSupport
import Testing

@testable import Capture

@Suite("HID POS scanners")
struct HIDReportTests {
  /// Report 2: a count, three bytes of AIM identifier, 56 of data, a bit that says more follows.
  private static let scanner: [UInt8] = [
    0x05, 0x8C, 0x09, 0x02, 0xA1, 0x01, 0x09, 0x12, 0xA1, 0x02, 0x85, 0x02, 0x15, 0x00, 0x26, 0xFF,
    0x00, 0x75, 0x08, 0x95, 0x01, 0x05, 0x01, 0x09, 0x3B, 0x81, 0x02, 0x05, 0x8C, 0x09, 0xFB, 0x09,
    0xFC, 0x09, 0xFD, 0x95, 0x03, 0x81, 0x02, 0x09, 0xFE, 0x95, 0x38, 0x82, 0x02, 0x01, 0x09, 0xFF,
    0x75, 0x01, 0x95, 0x01, 0x81, 0x02, 0x95, 0x07, 0x81, 0x03, 0xC0, 0xC0,
  ]
  private static let keyboard: [UInt8] = [
    0x05, 0x01, 0x09, 0x06, 0xA1, 0x01, 0x05, 0x07, 0x19, 0xE0, 0x29, 0xE7, 0x15, 0x00, 0x25, 0x01,
    0x75, 0x01, 0x95, 0x08, 0x81, 0x02, 0x95, 0x01, 0x75, 0x08, 0x81, 0x03, 0x95, 0x06, 0x75, 0x08,
    0x15, 0x00, 0x25, 0x65, 0x05, 0x07, 0x19, 0x00, 0x29, 0x65, 0x81, 0x00, 0xC0,
  ]

  @Test("are told from keyboards by their report descriptor")
  func recognised() {
    #expect(HIDScanLayout.isScanner(Self.scanner))
    #expect(!HIDScanLayout.isScanner(Self.keyboard))
    #expect(!HIDScanLayout.isScanner([]))
  }

  @Test("give the code and the AIM identifier of a report")
  func oneReport() throws {
    var reports = try Self.assembler()
    #expect(
      reports.take(Self.report("TT1.TK.00123-K"), at: 0) == [.success("]C0TT1.TK.00123-K")])
    #expect(
      reports.take(Self.report("TK.1\r\n", identifier: [0, 0, 0]), at: 1) == [.success("TK.1")])
  }

  @Test("go on over several reports for a long code")
  func continued() throws {
    var reports = try Self.assembler()
    let half = String(repeating: "A", count: 56)
    #expect(reports.take(Self.report(half, isContinued: true), at: 0).isEmpty)
    #expect(reports.take(Self.report("B"), at: 100) == [.success("]C0\(half)B")])
  }

  @Test("whose rest never comes are given up, and never joined to the next code")
  func stale() throws {
    let half = String(repeating: "A", count: 56)
    let wait = CaptureLimits.staleCodeMilliseconds
    var reports = try Self.assembler()
    #expect(reports.deadline == nil)
    #expect(reports.take(Self.report(half, isContinued: true), at: 50).isEmpty)
    #expect(reports.deadline == 50 + wait)
    #expect(
      reports.take(Self.report("TK.2"), at: 50 + wait)
        == [.failure(.cutShort), .success("]C0TK.2")])
    #expect(reports.deadline == nil)
    #expect(reports.take(Self.report(half, isContinued: true), at: 0).isEmpty)
    #expect(reports.silence(at: wait - 1) == nil)
    #expect(reports.silence(at: wait) == .failure(.cutShort))
    #expect(reports.take(Self.report("TK.3"), at: wait + 1) == [.success("]C0TK.3")])
  }

  @Test("are read on after another report, a short one and one with NUL bytes")
  func bad() throws {
    var reports = try Self.assembler()
    #expect(reports.take([3, 1, 2], at: 0).isEmpty)
    #expect(reports.take(Self.report("TK.1").prefix(20), at: 0).isEmpty)
    #expect(reports.take(Self.report("T\u{0}K"), at: 0) == [.failure(.controlCharacters)])
    #expect(reports.take(Self.report(""), at: 0).isEmpty)
    for _ in 0..<400 {
      _ = reports.take(Self.report(String(repeating: "A", count: 56), isContinued: true), at: 0)
    }
    #expect(reports.take(Self.report("B"), at: 0) == [.failure(.tooLong)])
    #expect(reports.take(Self.report("TK.2"), at: 0) == [.success("]C0TK.2")])
  }

  @Test("with a damaged descriptor are refused, and no descriptor stops the station")
  func damaged() {
    #expect(throws: HIDDescriptorError.cutShort) { try HIDReportDescriptor([0x26, 0xFF]) }
    #expect(throws: HIDDescriptorError.tooLong) {
      try HIDReportDescriptor([UInt8](repeating: 0, count: 4_097))
    }
    #expect(throws: HIDDescriptorError.hugeReport) {
      try HIDReportDescriptor([0x77, 0xFF, 0xFF, 0xFF, 0x7F, 0x97, 0xFF, 0xFF, 0xFF, 0xFF, 0x81, 2])
    }
    #expect(throws: HIDDescriptorError.tooManyFields) {
      try HIDReportDescriptor([UInt8](repeating: 0xA4, count: 20))
    }
  }

  @Test("may name usages up to the very last one")
  func lastUsages() throws {
    let range: [UInt8] = [0x1B, 0x02, 0xFF, 0xFF, 0xFF, 0x2B, 0xFF, 0xFF, 0xFF, 0xFF]
    #expect(try HIDReportDescriptor(range) == HIDReportDescriptor([]))
  }

  @Test("are parsed from garbage without harm", arguments: 0..<50 as Range<UInt64>)
  func garbage(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    for round in 0..<200 {
      var bytes = Self.scanner
      if round % 2 == 0 {
        for _ in 0..<4 {
          let index = Int.random(in: bytes.indices, using: &generator)
          bytes[index] = .random(in: 0...255, using: &generator)
        }
      } else {
        bytes = (0..<Int.random(in: 0...300, using: &generator)).map { _ in
          UInt8.random(in: 0...255, using: &generator)
        }
      }
      guard let descriptor = try? HIDReportDescriptor(bytes),
        let layout = HIDScanLayout(descriptor)
      else { continue }
      var reports = HIDReportAssembler(layout: layout)
      for _ in 0..<5 {
        let report = (0..<Int.random(in: 0...80, using: &generator)).map { _ in
          UInt8.random(in: 0...255, using: &generator)
        }
        for case .success(let text) in reports.take(report, at: 0) { #expect(!text.isEmpty) }
      }
    }
  }

  private static func assembler() throws -> HIDReportAssembler {
    let layout = HIDScanLayout(try HIDReportDescriptor(scanner))
    return HIDReportAssembler(layout: try #require(layout))
  }

  private static func report(
    _ text: String, identifier: [UInt8] = Array("]C0".utf8), isContinued: Bool = false
  ) -> [UInt8] {
    let data = Array(text.utf8)
    let padding = [UInt8](repeating: 0, count: 56 - data.count)
    return [2, UInt8(data.count)] + identifier + data + padding + [isContinued ? 1 : 0]
  }
}
