import Circulation
import Labels

@testable import Rotation

/// A generator that gives the same history for the same seed everywhere (PCG-XSH-RR, 32 bits).
struct Dice: RandomNumberGenerator {
  private var state: UInt64

  init(_ seed: Int) {
    state = UInt64(truncatingIfNeeded: seed) &* 2 &+ 1
    _ = next32()
  }

  mutating func next() -> UInt64 { UInt64(next32()) << 32 | UInt64(next32()) }

  private mutating func next32() -> UInt32 {
    let old = state
    state = old &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    let mixed = UInt32(truncatingIfNeeded: (old >> 18 ^ old) >> 27)
    let turn = UInt32(truncatingIfNeeded: old >> 59)
    return mixed >> turn | mixed << ((~turn &+ 1) & 31)
  }

  mutating func roll(_ sides: Int) -> Int { Int.random(in: 0..<sides, using: &self) }
}

/// The libraries and books that the tests speak of.
enum Sample {
  static func library(_ code: String) throws -> LibraryCode { try LibraryCode(code) }

  static func item(_ number: Int, of library: String = "TT", prefix: String = "TK") throws -> ItemID
  {
    try ItemID("\(library).\(prefix).\(padded(number, to: 5))")
  }

  static func box(_ serial: Int = 7, of library: String = "TT") throws -> BoxNumber {
    try BoxNumber(library: LibraryCode(library), serial: serial)
  }

  static func stage(_ number: Int = 1) -> StageReference? {
    RotaID("2026-TT").flatMap { StageReference(rota: $0, number: number) }
  }

  static func manifest(
    _ items: [ItemID], box: BoxNumber? = nil, seal: Int = 1, stage: StageReference? = stage(),
    versions: Int = 37
  ) throws -> Manifest {
    try Manifest(
      box: box ?? Self.box(), seal: seal, from: library("TT"), to: library("TT1"), stage: stage,
      lines: items.map { item in
        let version = 2 + (Int(item.accession.digits) ?? 0) % versions
        return ManifestLine(item: item, title: "Nhan đề của \(item)", version: version)
      })
  }

  /// Distinct copies picked at random from registers of 12,000.
  static func items(_ count: Int, _ dice: inout Dice, libraries: [String] = ["TT"]) throws
    -> [ItemID]
  {
    var items: Set<ItemID> = []
    while items.count < count {
      items.insert(
        try item(
          1 + dice.roll(12_000), of: libraries[dice.roll(libraries.count)],
          prefix: ["TK", "TN", "GK"][dice.roll(3)]))
    }
    return items.shuffled(using: &dice)
  }

  static func padded(_ number: Int, to digits: Int) -> String {
    let text = String(number)
    return String(repeating: "0", count: max(digits - text.count, 0)) + text
  }
}
