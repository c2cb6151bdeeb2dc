import Circulation
package import Labels
package import Ledger

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
    return switch Int.random(in: 0..<10, using: &generator) {
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
}
