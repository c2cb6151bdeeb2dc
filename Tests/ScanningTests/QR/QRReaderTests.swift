import Labels
import Scanning
import TestSupport
import Testing

@Suite("The reader of QR codes")
struct QRReaderTests {
  private let scanner = BarcodeScanner(rounds: [[QRPass(.quick)], [QRPass(.thorough)]])

  @Test("reads every size of code", arguments: [1, 2, 6, 7, 13, 14, 20, 21, 27, 28, 34, 35, 40])
  func everyVersion(_ version: Int) async throws {
    let picture = try await drawLabel(
      "TT1.TK.00123", as: .qr, options: ["--scale", "1", "--vers", "\(version)"])
    #expect(scanner.scan(picture).map(\.text) == ["TT1.TK.00123"])
  }

  @Test("reads every level of error correction", arguments: 1...4)
  func everyLevel(_ level: Int) async throws {
    let picture = try await drawLabel(
      "Tân Tập", as: .qr, options: ["--scale", "1.5", "--secure", "\(level)"])
    #expect(scanner.scan(picture).map(\.text) == ["Tân Tập"])
  }

  @Test("reads a picture of one pixel a module, as a program draws it", arguments: [1, 5, 10])
  func onePixel(_ version: Int) async throws {
    let picture = try await drawLabel(
      "TT1.TK.00123", as: .qr, options: ["--scale", "0.5", "--vers", "\(version)"])
    #expect(picture.width == 17 + 4 * version + 8)
    #expect(scanner.scan(picture).map(\.text) == ["TT1.TK.00123"])
  }

  @Test("reads the largest codes, a little askew", arguments: [34, 40])
  func large(_ version: Int) async throws {
    let picture = try await drawLabel(
      "TT1.TK.00123", as: .qr, options: ["--scale", "2", "--vers", "\(version)"])
    #expect(scanner.scan(try picture.turned(byDegrees: 0.7)).map(\.text) == ["TT1.TK.00123"])
  }

  @Test("reads codes of dots whose finder patterns are rings", arguments: [1, 2, 7])
  func rings(_ version: Int) async throws {
    let picture = try await drawLabel(
      "TT1.TK.00123", as: .qr, options: ["--scale", "4", "--vers", "\(version)"])
    let dots = try picture.drawnRound(moduleSide: 8)
    #expect(scanner.scan(dots).map(\.text) == ["TT1.TK.00123"])
    #expect(scanner.scan(try dots.turned(byDegrees: 20)).map(\.text) == ["TT1.TK.00123"])
  }

  @Test("reads a code from so near its corner that another side seems longer than its diagonal")
  func corner() async throws {
    for turn in stride(from: 0.0, to: 360, by: 45) {
      let picture = try await drawLabel("TT1", as: .qr, options: ["--scale", "4"])
      let seen = try picture.framed(by: 40).turned(byDegrees: turn).tilted(by: 0.7)
      #expect(scanner.scan(seen).map(\.text) == ["TT1"], "turned by \(turn)°")
    }
  }

  @Test("reads several codes in one picture, each at its own place and angle")
  func several() async throws {
    let texts = ["TT1.TK.00123-K", "TT.TK.00456-7", "Kho sách", "TT1"]
    var picture = try GreyImage.plain(width: 1_280, height: 720, grey: 225)
    for (index, text) in texts.enumerated() {
      let code = try await drawLabel(text, as: .qr).turned(byDegrees: Double(index) * 25)
      picture = try picture.with(code, atX: 20 + index * 310, y: 60 + index * 90)
    }
    let symbols = scanner.scan(picture)
    #expect(Set(symbols.map(\.text)) == Set(texts))
    for symbol in symbols {
      let index = try #require(texts.firstIndex(of: symbol.text))
      let columns = 20 + index * 310..<330 + index * 310
      #expect(symbol.points.allSatisfy { columns.contains($0.x) })
    }
  }

  @Test("reads a code whose middle is wholly black, as far as its error correction goes")
  func blackBar() async throws {
    let code = try await drawLabel("TT1.TK.00123-K", as: .qr, options: ["--secure", "4"])
    let bar = try GreyImage.plain(width: code.width / 5, height: code.height / 4, grey: 0)
    let spoiled = try code.with(bar, atX: code.width * 2 / 5, y: code.height * 2 / 5)
    #expect(scanner.scan(spoiled).map(\.text) == ["TT1.TK.00123-K"])
  }

  @Test("invents nothing where a finder pattern is missing", arguments: 0..<3)
  func missingFinder(_ corner: Int) async throws {
    let code = try await drawLabel("TT1.TK.00123-K", as: .qr)
    let patch = try GreyImage.plain(width: code.width * 2 / 5, height: code.height * 2 / 5)
    let far = code.width - patch.width
    let (x, y) = [(0, 0), (far, 0), (0, far)][corner]
    #expect(scanner.scan(try code.with(patch, atX: x, y: y)).isEmpty)
  }

  @Test("invents nothing in noise, stripes and finder patterns without a code", arguments: 0..<2)
  func noCode(_ seed: Int) async throws {
    let noise = try GreyImage.plain(width: 320, height: 240, grey: 128)
      .noisy(amplitude: 120, seed: UInt64(seed))
    #expect(scanner.scan(noise).isEmpty)
    let stripes = try await drawLabel("TT1.TK.00123-K").turned(byDegrees: Double(seed) * 30)
    #expect(scanner.scan(stripes).isEmpty)
    var finders = try GreyImage.plain(width: 300, height: 300)
    for (x, y) in [(40, 40), (180, 40), (40, 180)] {
      for (inset, grey) in [(0, UInt8(0)), (6, 255), (12, 0)] {
        let square = try GreyImage.plain(width: 42 - 2 * inset, height: 42 - 2 * inset, grey: grey)
        finders = try finders.with(square, atX: x + inset, y: y + inset)
      }
    }
    #expect(scanner.scan(finders).isEmpty)
  }

  @Test("takes pictures of any size, down to one pixel", arguments: [1, 2, 7, 8, 15, 16, 21, 33])
  func tiny(_ side: Int) throws {
    for grey in [UInt8(0), 255] {
      for (width, height) in [(side, side), (side, 1), (1, side), (side, 40), (40, side)] {
        #expect(scanner.scan(try .plain(width: width, height: height, grey: grey)).isEmpty)
      }
    }
  }

  @Test("reads a code that touches the edge of the picture")
  func noQuietZone() async throws {
    let code = try await drawLabel("TT1.TK.00123-K", as: .qr)
    let margin = Double(code.width) * 4 / 33
    let cut = try code.looking(
      width: Int(Double(code.width) - 2 * margin), height: Int(Double(code.height) - 2 * margin)
    ) { $0 + GreyImage.Place(margin, margin) }
    #expect(scanner.scan(cut).map(\.text) == ["TT1.TK.00123-K"])
  }

  @Test("reads a small code in a picture of many megapixels")
  func large() async throws {
    let code = try await drawLabel("TT1.TK.00123-K", as: .qr)
    let photo = try GreyImage.plain(width: 2_000, height: 1_100, grey: 200)
      .with(code, atX: 1_500, y: 700)
    let symbol = try #require(scanner.scan(photo).first)
    #expect(symbol.text == "TT1.TK.00123-K")
    #expect(symbol.points.allSatisfy { (1_500...1_500 + code.width).contains($0.x) })
  }

  @Test("begins nothing more once its time is up")
  func noTime() async throws {
    let code = try await drawLabel("TT1", as: .qr)
    let reader = QRReader()
    let past = ScanDeadline(.time(.zero))
    #expect(reader.symbols(in: code, effort: .thorough, until: past).isEmpty)
    #expect(reader.symbols(in: code, effort: .quick, until: ScanDeadline(.unlimited)).count == 1)
  }

  @Test("says which way a code lies")
  func orientation() async throws {
    var picture = try await drawLabel("TT1.TK.00123-K", as: .qr)
    var orientations: [Symbol.Orientation] = []
    for _ in 0..<4 {
      orientations += scanner.scan(picture).map(\.orientation)
      picture = try picture.turned()
    }
    #expect(orientations == [.up, .right, .down, .left])
  }
}

@Suite("A QR code's text")
struct QRTextTests {
  private func text(_ bytes: [UInt8]) -> String {
    Symbol(type: .qr, bytes: bytes, quality: 1, orientation: .up, points: []).text
  }

  @Test("is UTF-8 where its bytes are that, Vietnamese marks and all")
  func utf8() {
    #expect(text(Array("Đối chiếu cuối kỳ".utf8)) == "Đối chiếu cuối kỳ")
  }

  @Test("is Latin-1 where it can be words", arguments: ["café", "Überraschung", "été à l'école"])
  func latin(_ word: String) {
    #expect(text(word.unicodeScalars.map { UInt8($0.value) }) == word)
  }

  @Test("is Shift-JIS where it can't be Latin-1")
  func shiftJIS() {
    #expect(text([0x93, 0xFA, 0x96, 0x7B, 0x8C, 0xEA]) == "日本語")
    #expect(text([0xC3, 0xDE, 0xBB, 0xDE, 0xB2, 0xDD, 0x51, 0x52]) == "ﾃﾞｻﾞｲﾝQR")
  }

  @Test("is there for any bytes, and keeps them")
  func anyBytes() {
    var random = SeededGenerator(seed: 8_859)
    for length in 0..<200 {
      let bytes = (0..<length).map { _ in UInt8.random(in: 0...255, using: &random) }
      let symbol = Symbol(type: .qr, bytes: bytes, quality: 1, orientation: .up, points: [])
      #expect(symbol.bytes == bytes)
      #expect(symbol.text.isEmpty == bytes.isEmpty)
    }
  }

  @Test("comes back from a code, whatever its character set", arguments: ["3", "20", "26"])
  func characterSets(_ eci: String) async throws {
    let word = eci == "20" ? "日本語" : eci == "3" ? "café" : "Dế Mèn"
    let picture = try await drawLabel(word, as: .qr, options: ["--scale", "2", "--eci", eci])
    #expect(BarcodeScanner().scan(picture).map(\.text) == [word])
  }

  @Test("that is no text comes back byte for byte")
  func binary() async throws {
    let escaped = "\\xFF\\x00\\x80\\xC3\\x28\\x01"
    let picture = try await drawLabel(
      escaped, as: .qr, options: ["--scale", "2", "--esc", "--binary"])
    let symbol = try #require(BarcodeScanner().scan(picture).first)
    #expect(symbol.bytes == [0xFF, 0x00, 0x80, 0xC3, 0x28, 0x01])
  }
}

extension GreyImage {
  /// A drawn QR code with a dot for each dark module, and rings for its finder patterns.
  fileprivate func drawnRound(moduleSide: Int) throws -> GreyImage {
    let side = Double(moduleSide)
    let (first, last) = (4.0, Double(width / moduleSide) - 11)
    let finders = [(first, first), (last, first), (first, last)].map { Place($0 + 3.5, $1 + 3.5) }
    return try changed { _, place in
      let module = (place + Place(0.5, 0.5)) / side
      for finder in finders {
        let offset = module - finder
        guard max(abs(offset.x), abs(offset.y)) < 3.5 else { continue }
        let radius = (offset * offset).sum().squareRoot()
        return radius < 1.5 || (2.5..<3.5).contains(radius) ? 0 : 255
      }
      let (column, row) = (Int(module.x), Int(module.y))
      let middle = pixels[
        (row * moduleSide + moduleSide / 2) * width + column * moduleSide + moduleSide / 2]
      let offset = module - Place(Double(column) + 0.5, Double(row) + 0.5)
      return middle < 128 && (offset * offset).sum() < 0.16 ? 0 : 255
    }
  }
}
