import Labels
import Testing

@testable import Rotation

@Suite("The codes of a slip")
struct SlipTests {
  private let manifest: Manifest
  private let slip: SignedManifest
  private let parts: [ManifestPart]

  init() throws {
    var dice = Dice(7)
    manifest = try Sample.manifest(try Sample.items(200, &dice, libraries: ["TT", "TT1"]))
    slip = try SignedManifest(manifest, signing: Self.sign)
    parts = try ManifestPart.parts(of: slip, bytesInPart: 137)
  }

  /// A stand-in for a signature: what matters here is that it is asked for and compared.
  private static func sign(_ bytes: [UInt8]) -> [UInt8] {
    (0..<64).map { UInt8(truncatingIfNeeded: CRC32.checksum(of: bytes + [$0])) }
  }

  private func verify(
    _ library: LibraryCode, _ bytes: [UInt8], _ signature: [UInt8]
  ) -> SignedManifest.Verdict {
    guard library.text == "TT" else { return .unknownLibrary }
    return Self.sign(bytes) == signature ? .valid : .wrong
  }

  @Test("give the manifest back in any order, some of them twice", arguments: 0..<30)
  func anyOrder(seed: Int) throws {
    var dice = Dice(seed)
    var assembly = ManifestAssembly()
    for part in (parts + parts.prefix(2)).shuffled(using: &dice) { assembly.add(part.text) }
    #expect(assembly.isComplete)
    #expect(try assembly.slip().manifest(verify: verify) == manifest)
  }

  @Test("are refused without a signature, and never stop the program")
  func unsigned() throws {
    let unsigned = try SignedManifest(bytes: [0] + manifest.encoded)
    #expect(unsigned.signature.isEmpty)
    #expect(throws: ManifestError.forged(manifest.from)) {
      try unsigned.manifest(verify: verify)
    }
    #expect(throws: ManifestError.malformed) { try SignedManifest(bytes: []) }
    #expect(throws: ManifestError.malformed) { try SignedManifest(bytes: [0]) }
  }

  @Test("name each one that is still missing")
  func missing() throws {
    try #require(parts.count == 4)
    for left in parts {
      var assembly = ManifestAssembly()
      for part in parts where part != left {
        #expect(assembly.add(part.text) == .added(number: part.number))
      }
      #expect(assembly.missing == [left.number])
      #expect(throws: ManifestError.partsMissing([left.number])) { try assembly.slip() }
    }
    #expect(throws: ManifestError.partsMissing([])) { try ManifestAssembly().slip() }
  }

  @Test("name the one that is damaged, wherever a character of its text was misread")
  func damaged() throws {
    let alphabet = Array("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:é")
    var dice = Dice(8)
    let characters = Array(parts[1].text)
    for index in characters.indices {
      var misread = characters
      let other = alphabet.filter { $0 != characters[index] }
      misread[index] = other[dice.roll(other.count)]
      var assembly = ManifestAssembly()
      assembly.add(parts[0].text)
      switch assembly.add(String(misread)) {
      case .damaged(let number):
        // The frame is four characters, the header eleven: behind them the number is sure.
        #expect(number == 2 || number == nil && index < 16)
        #expect(assembly.damaged == (number.map { [$0] } ?? []))
      case .notAPart: #expect(index < 4)
      case .added, .readBefore, .ofAnotherSlip: Issue.record("took a misread at \(index)")
      }
      #expect(assembly.add(parts[1].text) == .added(number: 2))
      #expect(assembly.damaged.isEmpty)
    }
  }

  @Test("are cut short, empty, or not codes of a slip, and nothing comes of it")
  func garbage() {
    var assembly = ManifestAssembly()
    for text in ["", "LTM", "TT1.TK.00123-O", String(repeating: "LTM1", count: 2_000)] {
      #expect(assembly.add(text) == .notAPart)
    }
    let text = parts[0].text
    for length in 4..<text.count {
      if case .damaged = assembly.add(String(text.prefix(length))) { continue }
      Issue.record("took \(length) characters of \(text.count)")
    }
    #expect(assembly.count == nil)
  }

  @Test("stand no blank at either end, which a scanner would drop")
  func blanks() {
    for part in parts {
      #expect(part.text.first == "L")
      #expect(part.text.last == ".")
      #expect(!part.text.contains { $0.isLowercase })
    }
  }

  @Test("of two slips are never put together")
  func anotherSlip() throws {
    let other = try SignedManifest(try Sample.manifest([try Sample.item(1)]), signing: Self.sign)
    var assembly = ManifestAssembly()
    assembly.add(parts[0].text)
    let stranger = try #require(try ManifestPart.parts(of: other).first)
    #expect(assembly.add(stranger.text) == .ofAnotherSlip(number: 1))
    #expect(assembly.missing == [2, 3, 4])
  }

  @Test("that somebody altered, or that are of another group, are refused with the reason")
  func forged() throws {
    let altered = try SignedManifest(manifest) { _ in Self.sign([1]) }
    #expect(throws: ManifestError.forged(manifest.from)) {
      try altered.manifest(verify: verify)
    }
    #expect(throws: ManifestError.notOfThisGroup(manifest.from)) {
      try slip.manifest { _, _, _ in .unknownLibrary }
    }
    #expect(throws: ManifestError.malformed) { try SignedManifest(bytes: [200, 1, 2]) }
  }

  @Test("are split into as many as the capacity asks for, and no more than a slip has")
  func capacity() throws {
    #expect(try ManifestPart.parts(of: slip).count == 1)
    #expect(throws: ManifestError.self) { try ManifestPart.parts(of: slip, bytesInPart: 10) }
  }

  @Test(
    "are written in base 45 as RFC 9285 has it",
    arguments: [
      ("AB", "BB8"), ("Hello!!", "%69 VD92EX0"), ("base-45", "UJCLQE7W581"), ("", ""),
    ])
  func base45(text: String, encoded: String) {
    #expect(Base45.encode(Array(text.utf8)) == encoded)
    #expect(Base45.decode(encoded) == Array(text.utf8))
  }

  @Test("refuse base 45 that no bytes have", arguments: ["A", ":::", "GGW", "::", "ABCD", "a00"])
  func badBase45(text: String) {
    #expect(Base45.decode(text) == nil)
  }

  @Test("have the check sum of zip files")
  func checksum() {
    #expect(CRC32.checksum(of: Array("123456789".utf8)) == 0xCBF4_3926)
  }
}
