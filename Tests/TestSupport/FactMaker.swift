import Circulation
package import Labels
package import Ledger
package import Rotation

/// Makes facts of one library, for chains of events made in memory.
package struct FactMaker: Sendable {
  package let library: LibraryCode
  private let record: RecordID
  private let commitment: PatronCommitment

  package init(_ library: String) throws {
    self.library = try LibraryCode(library)
    guard let record = RecordID("TT.1"), let commitment = PatronCommitment(bytes: Array(1...16))
    else { throw LabelError.badLibraryCode(library) }
    self.record = record
    self.commitment = commitment
  }

  package var shelf: Place { .shelf(library) }
  package var patron: Place { .patron(library) }

  package func item(_ serial: Int) throws -> ItemID {
    try ItemID("\(library).TN.\(String("\(100_000 + serial)".dropFirst()))")
  }

  package func description(title: String = "Dế Mèn phiêu lưu ký") -> Fact {
    .recordDescribed(
      BibliographicRecord(
        id: record, title: title, author: "Tô Hoài", publisher: "Kim Đồng", year: 2019,
        kind: .children, grade: 4))
  }

  package func registration(_ item: ItemID) -> Fact {
    .itemRegistered(ItemRegistration(item: item, record: record, library: library))
  }

  package func checkout(_ item: ItemID, from: Place? = nil, to: Place? = nil) -> Fact {
    .checkout(
      Checkout(
        move: ItemMove(item: item, from: from ?? shelf, to: to ?? patron, seen: 1),
        borrower: Borrower(
          commitment: commitment, kind: .pupil, schoolClass: SchoolClass("3B")),
        due: SchoolDay(number: 20_717)))
  }

  package func checkin(_ item: ItemID, from: Place? = nil, to: Place? = nil) -> Fact {
    .checkin(ItemMove(item: item, from: from ?? patron, to: to ?? shelf, seen: 2))
  }

  package func renewal(_ item: ItemID) -> Fact {
    .renewal(
      Renewal(
        move: ItemMove(item: item, from: patron, to: patron, seen: 2), commitment: commitment,
        due: SchoolDay(number: 20_724)))
  }

  package func reading(_ count: Int) -> Fact {
    .onSiteReading(
      OnSiteReading(
        day: SchoolDay(number: 20_710), kind: .children, schoolClass: SchoolClass("3B"),
        count: count))
  }

  /// A fact of some later version: its body is an array of one number.
  package func unrecognised(kind: Int = 4_711) -> Fact {
    .unrecognised(kind: kind, body: [0x81, 0x07])
  }

  /// Facts in any order about any of the items, most of which can't have happened like that.
  package func randomFacts(
    _ count: Int, about items: [ItemID], using generator: inout some RandomNumberGenerator
  ) -> [Fact] {
    (0..<count).compactMap { _ in randomFact(about: items, using: &generator) }
  }

  private func randomFact(
    about items: [ItemID], using generator: inout some RandomNumberGenerator
  ) -> Fact? {
    let places: [Place] = [shelf, patron, .missing(library), .withdrawn(library)]
    guard let item = items.randomElement(using: &generator),
      let from = places.randomElement(using: &generator),
      let to = places.randomElement(using: &generator)
    else { return nil }
    let move = ItemMove(item: item, from: from, to: to, seen: 1)
    return switch Int.random(in: 0..<14, using: &generator) {
    case 10...13: boxFact(about: move, using: &generator)
    case 0, 1: registration(item)
    case 2, 3: checkout(item, from: from, to: patron)
    case 4: checkin(item, from: from, to: shelf)
    case 5: renewal(item)
    case 6: .lost(move)
    case 7: .found(move)
    case 8: reading(Int.random(in: 1...30, using: &generator))
    default: unrecognised(kind: Int.random(in: 100...200, using: &generator))
    }
  }

  /// Any step of one of two boxes, one of them another library's, or an item's way in or out.
  private func boxFact(
    about move: ItemMove, using generator: inout some RandomNumberGenerator
  ) -> Fact? {
    let owners = [library, move.item.library]
    guard let owner = owners.randomElement(using: &generator),
      let box = try? BoxNumber(library: owner, serial: 1),
      let condition = ItemCondition.allCases.randomElement(using: &generator)
    else { return nil }
    let step = BoxStep(box: box, seal: Int.random(in: 0...3, using: &generator))
    let stage = Bool.random(using: &generator) ? StageReference("R1/1") : nil
    let route = BoxRoute(
      step: step, from: owner, to: move.item.library, stage: stage,
      revision: Int.random(in: 1...3, using: &generator))
    let seen = Int.random(in: 0...6, using: &generator)
    let out = ItemMove(item: move.item, from: .box(box), to: shelf, seen: seen)
    let into = ItemMove(item: move.item, from: move.from, to: .box(box), seen: move.seen)
    let fact: BoxFact? =
      switch Int.random(in: 0..<14, using: &generator) {
      case 0: .opened(route)
      case 1, 2: .packed(into)
      case 3: .unpacked(out)
      case 4: slip(of: move.item, in: step, stage: stage).map { .sealed($0) }
      case 5: .reopened(step)
      case 6: .sent(route)
      case 7: .arrived(route)
      case 8: slip(of: move.item, in: step, stage: stage).map { .slipRead($0) }
      case 9, 10: .received(BoxFinding(step: step, move: out, condition: condition))
      case 11: .confirmed(BoxReceipt(step: step, counts: [.agreed: seen]))
      case 12: .refused(step)
      default: Bool.random(using: &generator) ? .lost(step) : .found(step)
      }
    return fact.map { .box($0) }
  }

  /// A slip with one item, signed by nobody.
  package func slip(
    of item: ItemID, in step: BoxStep, version: Int = 2, stage: StageReference? = nil
  ) -> SealedSlip? {
    let manifest = try? Manifest(
      box: step.box, seal: max(step.seal, 1), from: step.box.library, to: library, stage: stage,
      lines: [ManifestLine(item: item, title: "Dế Mèn phiêu lưu ký", version: version)])
    return manifest.flatMap { try? SealedSlip(SignedManifest($0) { _ in [] }) }
  }
}
