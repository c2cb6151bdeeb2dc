import Desk
import Foundation
import Journal
import Ledger
import Rotation
import TestSupport
import Testing

@Suite("A slip on paper")
struct SlipJourneyTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
  }

  /// Prints the slip of a box, makes a picture of its first page, and reads the codes in it.
  private func read(_ box: String, of site: BoxSite, on paper: String) async throws -> [String] {
    let (pdf, picture) = (folder.file("\(paper).pdf"), folder.file(paper))
    let slip = try await BuiltProduct.run([
      "box", "slip", "--data", site.journal.folder.path, "--paper", paper, "--output", pdf.path,
      box,
    ])
    try #require(slip.status == 0, "\(slip.stderr)")
    let drawn = try await ChildProcess.run(
      URL(filePath: "/usr/bin/env"),
      ["pdftoppm", "-png", "-r", "200", "-singlefile", pdf.path, picture.path])
    try #require(drawn.status == 0, "\(drawn.stderr)")
    let decoded = try await BuiltProduct.run(["decode", "\(picture.path).png"])
    return decoded.stdout.split(whereSeparator: \.isNewline).compactMap { line in
      line.firstRange(of: "LTM1").map { String(line[$0.lowerBound...]) }
    }
  }

  @Test(
    "carries a box between two stations that never share a network",
    arguments: ["a4", "a5", "receipt"])
  func carried(paper: String) async throws {
    let sites = try await BoxSite.group(["TT", "TT1"])
    let (sender, receiver) = (sites[0], sites[1])
    let box = try sender.box()
    let items = try (1...10).map { try sender.item($0) }
    _ = try await sender.send(items, in: box, to: "TT1")
    let codes = try await read(box, of: sender, on: paper)
    let reading = try await receiver.read(codes)
    #expect(reading.missing == [] && reading.outcome?.summary.itemCount == 10)
    try await receiver.receive(Array(items.dropLast()), from: box)
    let receipt = try await receiver.perform(.confirm(box: box)).summary.record.receipt
    #expect(receipt?.counts == [.agreed: 9, .missing: 1])
    for site in sites { #expect(try await site.journal.verify().problems == []) }
  }

  @Test("is not made for a box that is open, and says what to do")
  func open() async throws {
    let site = try #require(try await BoxSite.group(["TT"]).first)
    let box = try site.box()
    try await site.perform(.open(box: box, to: "TT1"))
    let output = try await BuiltProduct.run([
      "box", "slip", "--data", site.journal.folder.path, "--output", folder.file("x.pdf").path, box,
    ])
    #expect(output.status == 1)
    #expect(output.stderr.contains("Seal it first."))
  }
}
