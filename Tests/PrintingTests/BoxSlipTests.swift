import Foundation
import Labels
import Printing
import Rotation
import Scanning
import TestSupport
import Testing

@Suite("A printed slip")
struct BoxSlipTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
  }

  /// Books picked from a register, so that few are neighbours.
  private func slip(of count: Int) throws -> (BoxSlip, SignedManifest) {
    var generator = SeededGenerator(seed: 5)
    let numbers = Array(1...12_000).shuffled(using: &generator).prefix(count)
    let lines = try numbers.map { number in
      ManifestLine(
        item: try ItemID("TT.TN.\(String(100_000 + number).dropFirst())"),
        title: "Dế Mèn phiêu lưu ký, tập \(number)", version: number % 40)
    }
    let manifest = try Manifest(
      box: BoxNumber("B.TT.0007"), seal: 3, from: LibraryCode("TT"), to: LibraryCode("TT1"),
      stage: nil, lines: lines)
    let signed = try SignedManifest(manifest) { _ in (0..<64).map { UInt8($0 * 3) } }
    let titles = Dictionary(uniqueKeysWithValues: lines.map { ($0.item, $0.title) })
    let slip = try BoxSlip(
      signed, senderName: "Trường Tiểu học Tân Tập",
      sealed: BoxSlip.Sealing(day: "14/09/2026", timestamp: "2026-09-14T08:00:00+07:00"),
      titles: titles)
    return (slip, signed)
  }

  /// The first page's picture, as a camera at its best would have it; kept to be looked at.
  private func picture(of pdf: [UInt8], named name: String, dpi: Int) async throws -> [UInt8] {
    let file = folder.file("\(name).pdf")
    try Data(pdf).write(to: file)
    let output = try await ChildProcess.run(
      URL(filePath: "/usr/bin/env"),
      [
        "pdftoppm", "-png", "-gray", "-r", "\(dpi)", "-f", "1", "-l", "1", "-singlefile",
        file.path, folder.file(name).path,
      ])
    try #require(output.status == 0, "\(output.stderr)")
    let picture = try Data(contentsOf: folder.file("\(name).png"))
    let kept = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../../.build/screenshots").standardized
    try FileManager.default.createDirectory(at: kept, withIntermediateDirectories: true)
    try picture.write(to: kept.appending(path: "slip-\(name).png"))
    return Array(picture)
  }

  private func texts(in picture: [UInt8]) throws -> [String] {
    let image = try GreyImage(decoding: picture)
    return BarcodeScanner().scan(image).map(\.text)
  }

  @Test(
    "of 200 books has four codes at most, which are read from the page",
    arguments: Paper.allCases)
  func read(paper: Paper) async throws {
    let (slip, signed) = try slip(of: 200)
    #expect((1...4).contains(slip.codes.count))
    let picture = try await picture(of: slip.pdf(on: paper), named: paper.rawValue, dpi: 200)
    var assembly = ManifestAssembly()
    for text in try texts(in: picture).shuffled() { assembly.add(text) }
    #expect(assembly.missing == [] && assembly.isComplete)
    #expect(try assembly.slip() == signed)
  }

  @Test("with a stain on one of its codes says which one, and takes the others")
  func stained() async throws {
    let (slip, signed) = try slip(of: 200)
    try #require(slip.codes.count > 2)
    let page = try GreyImage(
      decoding: try await picture(of: slip.pdf(on: .a4), named: "stained", dpi: 200))
    // The second code stands at the right of the first row, wherever the heading ends.
    var named: [Int] = []
    for top in stride(from: page.height / 10, to: page.height / 2, by: 120) where named != [2] {
      var pixels = page.pixels
      for row in top..<(top + 240) {
        for column in (page.width * 6 / 10)..<(page.width * 9 / 10) {
          pixels[row * page.width + column] = 0
        }
      }
      let image = try GreyImage(width: page.width, height: page.height, pixels: pixels)
      var assembly = ManifestAssembly()
      for code in BarcodeScanner().scan(image).shuffled() { assembly.add(code.text) }
      named = assembly.missing
      if named == [2] {
        assembly.add(slip.codes[1])
        #expect(try assembly.slip() == signed)
      }
    }
    #expect(named == [2])
  }

  @Test("gives the same file each time", arguments: Paper.allCases)
  func same(paper: Paper) throws {
    let (slip, _) = try slip(of: 30)
    #expect(try slip.pdf(on: paper) == slip.pdf(on: paper))
  }

  @Test("lists every book with its title, in letters that can be searched")
  func listed() async throws {
    let (slip, _) = try slip(of: 120)
    let file = folder.file("list.pdf")
    try Data(slip.pdf(on: .a4)).write(to: file)
    let output = try await ChildProcess.run(
      URL(filePath: "/usr/bin/env"), ["pdftotext", "-layout", file.path, "-"])
    #expect(output.status == 0)
    for line in slip.lines {
      #expect(output.stdout.contains(line.item.label), "\(line.item)")
    }
    #expect(output.stdout.contains("PHIẾU THÙNG SÁCH"))
    #expect(output.stdout.contains("Dế Mèn phiêu lưu ký"))
    #expect(output.stdout.contains("Trường Tiểu học Tân Tập"))
  }

  @Test("of a box as full as can be is printed")
  func full() throws {
    let (slip, _) = try slip(of: 500)
    #expect(slip.codes.count <= 4)
    for paper in Paper.allCases { #expect(try !slip.pdf(on: paper).isEmpty) }
  }
}
