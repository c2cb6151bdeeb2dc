import Labels
import Scanning
import TestSupport
import Testing

@Suite("The scanner")
struct BarcodeScannerTests {
  @Test("finds nothing in a blank picture")
  func blank() throws {
    let blank = try GreyImage(
      width: 640, height: 480, pixels: [UInt8](repeating: 200, count: 640 * 480))
    #expect(BarcodeScanner().scan(blank).isEmpty)
  }

  @Test("finds nothing in pictures of a few pixels", arguments: [1, 2, 3, 7], [1, 2, 5])
  func tiny(width: Int, height: Int) throws {
    let tiny = try GreyImage(
      width: width, height: height, pixels: [UInt8](repeating: 0, count: width * height))
    #expect(BarcodeScanner().scan(tiny).isEmpty)
  }

  @Test("says which way a label lies")
  func orientation() async throws {
    var picture = try await drawLabel()
    var orientations: [Symbol.Orientation] = []
    for _ in 0..<4 {
      orientations += BarcodeScanner().scan(picture).map(\.orientation)
      picture = try picture.turned()
    }
    #expect(orientations == [.up, .right, .down, .left])
  }

  @Test("says where a QR code lies")
  func points() async throws {
    let picture = try await drawLabel("TT1.TK.00123-K", as: .qr)
    let symbol = try #require(BarcodeScanner().scan(picture).first)
    #expect(symbol.points.count == 4)
    #expect(
      symbol.points.allSatisfy {
        (0...picture.width).contains($0.x) && (0...picture.height).contains($0.y)
      })
  }

  @Test("reads every label in a picture")
  func several() async throws {
    let picture = try await drawLabel("TT1.TK.00123-K").above(drawLabel("TT.TK.00456-7"))
    #expect(
      Set(BarcodeScanner().scan(picture).map(\.text)) == ["TT1.TK.00123-K", "TT.TK.00456-7"])
  }

  @Test("reads a label again in each picture that shows it")
  func repeats() async throws {
    let picture = try await drawLabel()
    let scanner = BarcodeScanner()
    for _ in 0..<3 { #expect(scanner.scan(picture).count == 1) }
  }

  @Test("gives places in the picture as it was, whichever pass read it")
  func placesAfterDoubling() async throws {
    let picture = try await drawLabel("TT1.TK.00123-K", as: .qr)
    let plain = try #require(
      BarcodeScanner(rounds: [[WholePicturePass(.none)]]).scan(picture).first)
    let doubled = try #require(
      BarcodeScanner(rounds: [[WholePicturePass(.doubled)]]).scan(picture).first)
    #expect(plain.text == doubled.text)
    let columns = plain.points.map(\.x)
    let doubledColumns = doubled.points.map(\.x)
    #expect(abs(try #require(columns.min()) - #require(doubledColumns.min())) <= 4)
    #expect(abs(try #require(columns.max()) - #require(doubledColumns.max())) <= 4)
  }

  @Test("runs all passes of a round and no further round once a code is trusted")
  func stopsAtFirstTrustedRead() throws {
    let log = PassLog()
    let rounds: [[any ScanPass]] = [
      [ScriptedPass(log: log, name: "first", reads: nil)],
      [ScriptedPass(log: log, name: "second", reads: "TT1")],
      [ScriptedPass(log: log, name: "third", reads: "TT2", column: 1)],
    ]
    #expect(BarcodeScanner(rounds: rounds).scan(try onePixel()).map(\.text) == ["TT1"])
    #expect(log.names == ["first", "second"])

    #expect(
      BarcodeScanner(rounds: [rounds[1] + rounds[2]]).scan(try onePixel()).map(\.text)
        == ["TT1", "TT2"])
  }

  @Test("goes on after a reading that it doubts, and trusts what a later pass agrees with")
  func agreement() throws {
    let log = PassLog()
    let pass = ScriptedPass(log: log, name: "one line", reads: "TT1", votes: 1)
    let once = BarcodeScanner(rounds: [[pass]]).read(try onePixel())
    #expect(once.map(\.trust) == [.doubted(.fewVotes(needed: 2))])

    let twice = BarcodeScanner(rounds: [[pass], [pass]]).read(try onePixel())
    #expect(twice.map(\.trust) == [.trusted])
    #expect(twice.map(\.votes) == [2])
  }

  @Test("begins no rescue when its time is over, and never cuts its first look short")
  func budget() throws {
    let log = PassLog()
    let rounds: [[any ScanPass]] = [
      [
        ScriptedPass(log: log, name: "first", reads: nil),
        ScriptedPass(log: log, name: "second", reads: nil),
      ],
      [ScriptedPass(log: log, name: "third", reads: nil)],
    ]
    let readings = BarcodeScanner(rounds: rounds).read(try onePixel(), within: .time(.zero))
    #expect(readings.isEmpty)
    #expect(log.names == ["first", "second"])
  }

  @Test(
    "reads a clean code even where the time is over before it begins",
    arguments: [Zint.Symbology.code128, .qr])
  func slowMachine(symbology: Zint.Symbology) async throws {
    let picture = try await drawLabel("TT1.TK.00123-K", as: symbology)
    let symbols = BarcodeScanner(rounds: ScanPlan.frame).scan(picture, within: .time(.zero))
    #expect(symbols.map(\.text) == ["TT1.TK.00123-K"])
  }

  private func onePixel() throws -> GreyImage {
    try GreyImage(width: 1, height: 1, pixels: [0])
  }

  @Test("goes on reading after it has changed its zbar scanner")
  func renewal() async throws {
    let picture = try await drawLabel("TT1", as: .qr, options: ["--scale", "1"])
    let scanner = BarcodeScanner()
    for _ in 0...ScanningLimits.scansPerScanner {
      try #require(scanner.scan(picture).map(\.text) == ["TT1"])
    }
  }
}

@Suite("A symbol's text")
struct SymbolTextTests {
  private func text(_ bytes: [UInt8]) -> String {
    Symbol(type: .qr, bytes: bytes, quality: 1, orientation: .up, points: []).text
  }

  @Test("is UTF-8 where the bytes are")
  func utf8() {
    #expect(text(Array("Sách giáo khoa".utf8)) == "Sách giáo khoa")
  }

  @Test("is Latin-1 where they are not")
  func latin1() {
    #expect(text([0x63, 0x61, 0x66, 0xE9]) == "café")
  }

  @Test("is there for any bytes")
  func anyBytes() {
    for byte in UInt8.min...UInt8.max { #expect(text([byte]).unicodeScalars.count == 1) }
  }
}
