import Labels
import Testing

@testable import Rotation

@Suite("A manifest")
struct ManifestTests {
  @Test("comes back from its bytes as it was, whatever is in the box", arguments: 0..<60)
  func roundTrip(seed: Int) throws {
    var dice = Dice(seed)
    let libraries = ["TT", "TT1", "A9", "LIBRARY8"].shuffled(using: &dice)
    let items = try Sample.items(
      1 + dice.roll(400), &dice, libraries: Array(libraries.prefix(1 + dice.roll(4))))
    let manifest = try Sample.manifest(
      items, seal: 1 + dice.roll(1_000),
      stage: seed % 3 == 0 ? nil : Sample.stage(1 + dice.roll(99)))
    #expect(try Manifest(encoded: manifest.encoded) == manifest)
    let shuffled = try Sample.manifest(
      items.shuffled(using: &dice), seal: manifest.seal, stage: manifest.stage)
    #expect(shuffled.encoded == manifest.encoded)
  }

  @Test("tells zeros in front of a number, and the ends of every register, apart")
  func digits() throws {
    let texts = [
      "TT.TK.1", "TT.TK.01", "TT.TK.001", "TT.TK.00000000", "TT.TK.99999999", "TT.TK.0", "TT.TK.9",
      "TT.ABCDE.5", "TT.A.5", "LIBRARY8.TK.00001",
    ]
    let items = try texts.map { try ItemID($0) }
    let manifest = try Sample.manifest(items)
    #expect(try Manifest(encoded: manifest.encoded).items == items.sorted())
  }

  @Test("of 200 books takes one code of version 25, in a row or picked at random")
  func usualSize() throws {
    var dice = Dice(1)
    let row = try Sample.manifest((1...200).map { try Sample.item($0) }, versions: 1)
    #expect(row.encoded.count <= 80)
    let picked = try Sample.manifest(try Sample.items(200, &dice, libraries: ["TT", "TT1"]))
    #expect(try parts(of: picked).count == 1)
  }

  @Test("of 200 books from 200 registers of the longest names takes four codes at most")
  func worstSize() throws {
    var dice = Dice(2)
    let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    let items = try (0..<200).map { index in
      let prefix = String((0..<5).map { _ in letters[dice.roll(26)] })
      let digits = Sample.padded(dice.roll(100_000_000), to: 8)
      return try ItemID("L\(Sample.padded(index, to: 7)).\(prefix).\(digits)")
    }
    let parts = try parts(of: try Sample.manifest(items))
    #expect(parts.count <= 4)
    // A QR code of version 25 with error correction M holds 1,451 alphanumeric characters.
    #expect(parts.allSatisfy { $0.text.count <= 1_451 })
  }

  @Test("as full as a box can be still fits the codes of a slip")
  func largest() throws {
    var dice = Dice(3)
    let items = try (0..<ManifestLimits.items).map { index in
      try ItemID(
        "L\(Sample.padded(index, to: 7)).ABCDE.\(Sample.padded(dice.roll(100_000_000), to: 8))")
    }
    let manifest = try Sample.manifest(items)
    #expect(manifest.encoded.count <= ManifestLimits.encodedBytes)
    #expect(try parts(of: manifest).count <= ManifestLimits.parts)
  }

  private func parts(of manifest: Manifest) throws -> [ManifestPart] {
    let slip = try SignedManifest(manifest) { _ in [UInt8](repeating: 0xA5, count: 64) }
    return try ManifestPart.parts(of: slip)
  }

  @Test("tells how often each book was moved, so that its receiver's act comes after its sender's")
  func versions() throws {
    let items = try (1...3).map { try Sample.item($0) }
    let lines = zip(items, [7, 2, 1_000_000]).map {
      ManifestLine(item: $0, title: "Dế Mèn phiêu lưu ký", version: $1)
    }
    let manifest = try Manifest(
      box: Sample.box(), seal: 1, from: Sample.library("TT"), to: Sample.library("TT1"),
      stage: nil, lines: lines)
    #expect(try Manifest(encoded: manifest.encoded).versions == manifest.versions)
    #expect(manifest.versions[items[2]] == 1_000_000)
    let outOfBounds = ManifestLine(item: items[0], title: "", version: -1)
    #expect(throws: ManifestError.badVersion(-1)) {
      try Manifest(
        box: Sample.box(), seal: 1, from: Sample.library("TT"), to: Sample.library("TT1"),
        stage: nil, lines: [outOfBounds])
    }
  }

  @Test("is refused without a book, with too many, or with one twice")
  func refused() throws {
    let item = try Sample.item(1)
    #expect(throws: ManifestError.badItemCount(0, limit: 500)) { try Sample.manifest([]) }
    #expect(throws: ManifestError.itemTwice(item)) { try Sample.manifest([item, item]) }
    #expect(throws: ManifestError.badItemCount(501, limit: 500)) {
      try Sample.manifest((0...500).map { try Sample.item($0) })
    }
    #expect(throws: ManifestError.badSeal(0)) { try Sample.manifest([item], seal: 0) }
  }

  @Test("is never read from bytes that it would not be written as", arguments: 0..<40)
  func fuzz(seed: Int) throws {
    var dice = Dice(seed)
    let good = try Sample.manifest(try Sample.items(1 + dice.roll(30), &dice)).encoded
    for _ in 0..<100 {
      var bytes = good
      switch dice.roll(4) {
      case 0: bytes[dice.roll(bytes.count)] ^= 1 << UInt8(dice.roll(8))
      case 1: bytes.removeLast(1 + dice.roll(bytes.count))
      case 2: bytes.append(UInt8(dice.roll(256)))
      default: bytes = (0..<dice.roll(200)).map { _ in UInt8(dice.roll(256)) }
      }
      guard let manifest = try? Manifest(encoded: bytes) else { continue }
      #expect(manifest.encoded == bytes)
    }
  }

  @Test("sums up its titles, so that a slip with another title is found out")
  func titles() throws {
    let items = try (1...2).map { try Sample.item($0) }
    let lines = items.map { ManifestLine(item: $0, title: "Dế Mèn phiêu lưu ký", version: 2) }
    let altered = [lines[0], ManifestLine(item: items[1], title: "Kính vạn hoa", version: 2)]
    #expect(TitleSummary(of: lines).count == 1)
    #expect(TitleSummary(of: lines) == TitleSummary(of: lines.reversed()))
    #expect(TitleSummary(of: lines) != TitleSummary(of: altered))
  }

  @Test("of another box, or of an earlier seal, is refused with the reason")
  func oldSlip() throws {
    let manifest = try Sample.manifest([try Sample.item(1)], seal: 4)
    let other = try Sample.box(8)
    try manifest.refuseWhenNot(for: manifest.box, after: 3)
    let old = ManifestError.oldSlip(manifest.box, seal: 4, known: 4)
    #expect(throws: old) { try manifest.refuseWhenNot(for: manifest.box, after: 4) }
    #expect(throws: ManifestError.ofAnotherBox(manifest.box, inHand: other)) {
      try manifest.refuseWhenNot(for: other, after: 0)
    }
    #expect(old.words(in: .vietnamese).contains("Phiếu cũ"))
    #expect(old.words(in: .english).contains("old slip"))
  }
}
