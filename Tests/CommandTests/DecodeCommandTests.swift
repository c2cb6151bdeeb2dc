import Foundation
import Scanning
import TestSupport
import Testing

@Suite("lienthong decode")
struct DecodeCommandTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
  }

  @Test("prints a line for each code and ends with 0")
  func text() async throws {
    let files = [try await draw("TT1.TK.00123-K"), try await draw("TT1.TK.00456-7", as: .qr)]
    let output = try await decode(files)
    #expect(output.stdout == "CODE-128:TT1.TK.00123-K\nQR-Code:TT1.TK.00456-7\n")
    #expect(output.stderr.isEmpty)
    #expect(output.status == 0)
  }

  @Test("prints Codabar with its letters, as zbarimg does")
  func codabar() async throws {
    let output = try await decode([draw("A31234000123457B", as: .codabar)])
    #expect(output.stdout == "Codabar:A31234000123457B\n")
  }

  @Test("prints one JSON object a line for each file, whatever became of it")
  func json() async throws {
    let label = try await draw("TT1.TK.00123-K")
    let output = try await decode(["--json", label, try blank(), try text("no picture")])
    let reports = try output.stdout.split(separator: "\n").map(Report.init)
    #expect(output.status == 1)
    #expect(reports.map(\.symbols.count) == [1, 0, 0])
    #expect(reports.allSatisfy { $0.milliseconds > 0 })

    let read = try #require(reports.first)
    let symbol = try #require(read.symbols.first)
    #expect(read.file == label)
    #expect(read.error == nil)
    #expect(symbol.type == "CODE-128")
    #expect(symbol.text == "TT1.TK.00123-K")
    #expect(symbol.orientation == "UP")
    #expect(symbol.quality > 0)
    #expect(reports[1].error == nil)
    #expect(try #require(reports[2].error).contains("not a PNG"))
  }

  @Test("keeps one line a file for a text with line ends")
  func lineEnds() async throws {
    let output = try await decode(["--json", draw("TT\nTT1", as: .qr)])
    let reports = try output.stdout.split(separator: "\n").map(Report.init)
    #expect(reports.flatMap(\.symbols).map(\.text) == ["TT\nTT1"])
  }

  @Test("prints what it doubts with --all alone, and why")
  func all() async throws {
    let (width, pixels) = try await torn("TK.00123", and: "TK.00124")
    let torn = try folder.write(
      NetpbmWriter().file(width: width, height: pixels.count / width, pixels: pixels),
      to: "torn.pgm")
    let trusted = try await decode([torn.path])
    #expect(trusted.stdout.isEmpty)
    #expect(trusted.status == 4)
    let all = try await decode(["--all", torn.path])
    let reason = "(not trusted: other lines across it read something else)"
    #expect(
      Set(all.stdout.split(separator: "\n")) == [
        "CODE-39:TK.00123 \(reason)", "CODE-39:TK.00124 \(reason)",
      ])
    #expect(all.status == 0)
    let json = try await decode(["--all", "--json", torn.path])
    #expect(json.stdout.contains("\"doubt\":\"other lines across it read something else\""))
  }

  @Test("reads a picture from standard input")
  func standardInput() async throws {
    let label = try await draw("TT1.TK.00123-K")
    let output = try await BuiltProduct.run(
      ["decode", "-"], input: [UInt8](Data(contentsOf: URL(filePath: label))))
    #expect(output.stdout == "CODE-128:TT1.TK.00123-K\n")
    #expect(output.status == 0)
  }

  @Test("ends with 4 where there is no code")
  func nothing() async throws {
    let output = try await decode([blank()])
    #expect(output.stdout.isEmpty)
    #expect(output.stderr.isEmpty)
    #expect(output.status == 4)
  }

  @Test("ends with 1 for a bad file, names it, and still reads the others")
  func badFile() async throws {
    let bad = try text("no picture")
    let output = try await decode([bad, draw("TT1.TK.00123-K")])
    #expect(output.stdout == "CODE-128:TT1.TK.00123-K\n")
    #expect(output.stderr.hasPrefix("lienthong: \(bad): "))
    #expect(output.status == 1)
  }

  @Test("names what is no readable file and never waits for it", arguments: BadPath.allCases)
  func badPath(_ kind: BadPath) async throws {
    let path = try kind.make(in: folder)
    let output = try await decode([path])
    #expect(output.stdout.isEmpty)
    #expect(output.stderr.contains(path))
    #expect(output.stderr.contains(kind.reason))
    #expect(output.status == 1)
  }

  @Test("explains itself when no file is named")
  func noFile() async throws {
    let output = try await decode([])
    #expect(output.stderr.contains("Usage: lienthong decode"))
    #expect(output.status == 64)
  }

  @Test("says so when its output can't be written")
  func fullDisk() async throws {
    let output = try await ChildProcess.run(
      URL(filePath: "/bin/sh"),
      ["-c", "\"$0\" decode \"$1\" > /dev/full", BuiltProduct.url().path, draw("TT1.TK.00123-K")])
    #expect(output.stderr.contains("standard output can't be written"))
    #expect(output.status == 1)
  }

  @Test("takes any number of files in one call without growing")
  func manyFiles() async throws {
    let files = [try await draw("TT1.TK.00123-K"), try await draw("TT1.TK.00456-7", as: .qr)]
    func decode(times: Int) async throws -> ChildProcess.Output {
      let output = try await BuiltProduct.run(
        ["decode"] + [[String]](repeating: files, count: times).joined(), timeout: .seconds(600))
      let expected = "CODE-128:TT1.TK.00123-K\nQR-Code:TT1.TK.00456-7\n"
      #expect(output.stdout == String(repeating: expected, count: times))
      #expect(output.status == 0)
      return output
    }
    let (few, many) = (try await decode(times: 50), try await decode(times: 2_000))
    // A kilobyte kept for each picture would be as much.
    #expect(many.peakKibibytes < few.peakKibibytes + 4 * 1_024)
  }

  @Test("refuses a header of 30,000 × 30,000 pixels without taking the memory for them")
  func hugeHeader() async throws {
    let header = PNGWriter.header(width: 30_000, height: 30_000)
    let content = PNGWriter.chunk("IDAT", [0x78, 0x01]) + PNGWriter.chunk("IEND", [])
    let file = try folder.write(PNGWriter.signature + header + content, to: "huge.png")
    let output = try await BuiltProduct.run(["decode", file.path], withinMemoryOf: memoryLimit)
    #expect(output.stderr.contains("30000 × 30000 pixels; at most 40 megapixels"))
    #expect(output.status == 1)
  }

  /// Address space in bytes: room for the arenas of malloc, which are reserved and not used, but
  /// neither for 900 megapixels nor for the pictures of a long run.
  private let memoryLimit = 640 * 1_048_576

  private func decode(_ arguments: [String]) async throws -> ChildProcess.Output {
    try await BuiltProduct.run(["decode"] + arguments)
  }

  private func draw(
    _ text: String, as symbology: Zint.Symbology = .code128
  ) async throws -> String {
    try await Zint.draw(text, as: symbology, in: folder).path
  }

  /// The upper half of one label above the lower half of another one, as wide as it.
  private func torn(_ one: String, and other: String) async throws -> (Int, [UInt8]) {
    var pixels: [UInt8] = []
    var width = 0
    for text in [one, other] {
      let file = try await Zint.draw(
        text, as: .code39, in: folder, options: ["--scale", "2", "--height", "40", "--notext"])
      let label = try GreyImage(decoding: [UInt8](Data(contentsOf: file)))
      width = label.width
      pixels += label.pixels[8 * width..<48 * width]
    }
    let quiet = [UInt8](repeating: 255, count: 20 * width)
    return (width, quiet + pixels + quiet)
  }

  private func blank() throws -> String {
    let pixels = [UInt8](repeating: 200, count: 64 * 64)
    return try folder.write(
      NetpbmWriter().file(width: 64, height: 64, pixels: pixels), to: "blank.pgm"
    ).path
  }

  private func text(_ text: String) throws -> String {
    try folder.write(Array(text.utf8), to: "text.png").path
  }
}

/// A line of `--json`.
private struct Report: Decodable {
  let file: String
  let milliseconds: Double
  let symbols: [Symbol]
  let error: String?

  struct Symbol: Decodable {
    let type: String
    let text: String
    let quality: Int
    let orientation: String
  }

  init(_ line: some StringProtocol) throws {
    self = try JSONDecoder().decode(Self.self, from: Data(line.utf8))
  }
}

/// A path that names no readable file.
enum BadPath: String, CaseIterable {
  case missing, folder, pipe, device, oversized

  var reason: String {
    switch self {
    case .missing: "Check the name"
    case .folder: "Name the pictures in it"
    case .pipe, .device: "on standard input"
    case .oversized: "more than 256 MiB"
    }
  }

  func make(in folder: TemporaryFolder) throws -> String {
    let path = folder.file(rawValue).path
    switch self {
    case .missing: break
    case .folder: return folder.url.path
    case .pipe: try #require(mkfifo(path, 0o600) == 0)
    case .device: return "/dev/null"
    case .oversized:
      try folder.write([], to: rawValue)
      try #require(truncate(path, 257 * 1_048_576) == 0)
    }
    return path
  }
}
