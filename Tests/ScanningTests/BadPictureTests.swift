import Labels
import Scanning
import TestSupport
import Testing

@Suite("Bad pictures")
struct BadPictureTests {
  @Test("are refused as cut short, wherever they are cut", arguments: PictureFormat.all)
  func truncated(_ format: PictureFormat) async throws {
    let whole = try format.file(try await drawSmallLabel())
    let kind = try #require(ImageFormat(detecting: whole))
    for length in cuts(of: whole.count) {
      #expect(throws: ImageError.truncated(kind), "cut to \(length) of \(whole.count)") {
        try GreyImage(decoding: Array(whole.prefix(length)))
      }
    }
  }

  /// Some hundred lengths, closest together where the header is.
  ///
  /// The last is short of a whole sample, since a plain file may lose a digit without a trace.
  private func cuts(of count: Int) -> [Int] {
    Array(16..<64) + Array(stride(from: 64, to: count - 6, by: max(count / 100, 1))) + [count - 6]
  }

  /// A label of one pixel a module, too small to read but with every part of a file.
  private func drawSmallLabel() async throws -> GreyImage {
    try await drawLabel("TT1", options: ["--scale", "0.5", "--height", "10"])
  }

  @Test("do not bring the program down, whichever bytes are changed", arguments: PictureFormat.all)
  func changedBytes(_ format: PictureFormat) async throws {
    let whole = try format.file(try await drawSmallLabel())
    let scanner = BarcodeScanner(rounds: ScanPlan.frame)
    var random = SeededGenerator(seed: 1_930)
    for _ in 0..<150 {
      var file = whole
      for _ in 0..<Int.random(in: 1...4, using: &random) {
        // Half of the changes hit the header, where they do most.
        let range = Bool.random(using: &random) ? 0..<64 : 0..<file.count
        file[Int.random(in: range, using: &random)] = UInt8.random(in: 0...255, using: &random)
      }
      if let picture = try? GreyImage(decoding: file) { _ = scanner.scan(picture) }
    }
  }

  @Test("of 30,000 × 30,000 pixels are refused before memory is taken", arguments: [false, true])
  func hugePNG(isInterlaced: Bool) throws {
    let header = PNGWriter.header(width: 30_000, height: 30_000, isInterlaced: isInterlaced)
    let content = PNGWriter.chunk("IDAT", [0x78, 0x01]) + PNGWriter.chunk("IEND", [])
    try expectTooLarge(
      PNGWriter.signature + header + content, width: 30_000, height: 30_000)
  }

  @Test("with a huge size in their header are refused before memory is taken")
  func hugeNetpbm() throws {
    try expectTooLarge(Array("P5 30000 30000 255\n".utf8), width: 30_000, height: 30_000)
    try expectTooLarge(
      Array("P6 999999999 999999999 255\n".utf8), width: 999_999_999, height: 999_999_999)
  }

  @Test("of progressive JPEG, which can't be scaled row by row, are refused when too large")
  func hugeProgressiveJPEG() throws {
    let small = try JPEGWriter(isProgressive: true).file(width: 1, height: 1, pixels: [0])
    try expectTooLarge(
      withSize(width: 10_000, height: 10_000, small), width: 10_000, height: 10_000)
  }

  @Test("of JPEG over any camera's size are refused before memory is taken")
  func hugeJPEG() throws {
    let small = try JPEGWriter().file(width: 1, height: 1, pixels: [0])
    try expectTooLarge(
      withSize(width: 65_000, height: 65_000, small), width: 65_000, height: 65_000)
  }

  @Test(
    "that are no pictures say so", arguments: ["Số đăng ký;Nhan đề", "P", "%PDF-1.7", "GIF89a"])
  func noPictures(_ text: String) {
    #expect(throws: ImageError.unknownFormat) { try GreyImage(decoding: Array(text.utf8)) }
  }

  @Test("that are empty say so")
  func empty() {
    #expect(throws: ImageError.empty) { try GreyImage(decoding: []) }
    #expect(throws: ImageError.empty) { try GreyImage(width: 0, height: 3, pixels: []) }
    #expect(throws: ImageError.empty) { try GreyImage(decoding: Array("P5 0 9 255\n".utf8)) }
  }

  @Test("as raw frames of a wrong length say what was expected")
  func wrongFrameLength() {
    #expect(throws: ImageError.wrongFrameLength(expected: 12, actual: 11)) {
      try GreyImage(width: 4, height: 3, pixels: [UInt8](repeating: 0, count: 11))
    }
  }

  @Test(
    "in Netpbm are refused with the reason",
    arguments: [
      "P5 1 1 0\n1", "P5 1 1 65536\n1", "P2 1 1 7\n8\n", "P2 1 1 7\nx\n", "P5 1 1 255x1",
      "P5 12345678901 1 255\n",
    ])
  func corruptNetpbm(_ text: String) {
    #expect {
      try GreyImage(decoding: Array(text.utf8))
    } throws: { error in
      if case .corrupt(.netpbm, _)? = error as? ImageError { true } else { false }
    }
  }

  @Test("tell the person what to do, in both languages", arguments: ImageError.samples)
  func advice(_ error: ImageError) {
    let (vietnamese, english) = (error.advice(in: .vietnamese), error.advice(in: .english))
    #expect(vietnamese != english)
    #expect(vietnamese.contains("Hãy"))
    #expect(english.count > 20)
  }

  private func expectTooLarge(_ file: [UInt8], width: Int, height: Int) throws {
    #expect(throws: ImageError.tooLarge(width: width, height: height)) {
      try GreyImage(decoding: file)
    }
  }

  /// The JPEG with another size in its frame header.
  private func withSize(width: Int, height: Int, _ file: [UInt8]) throws -> [UInt8] {
    let frame = try #require(
      file.indices.dropLast().first { file[$0] == 0xFF && [0xC0, 0xC2].contains(file[$0 + 1]) })
    var changed = file
    changed.replaceSubrange(
      frame + 5..<frame + 9,
      with: [UInt8(height >> 8), UInt8(height & 0xFF), UInt8(width >> 8), UInt8(width & 0xFF)])
    return changed
  }
}

extension ImageError {
  static let samples: [ImageError] = [
    .empty, .unknownFormat, .truncated(.png), .corrupt(.jpeg, reason: "bad data"),
    .unsupported(.jpeg, reason: "CMYK"), .tooLarge(width: 1, height: 2),
    .wrongFrameLength(expected: 3, actual: 4),
  ]
}
