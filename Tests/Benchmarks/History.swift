import Circulation
import Journal
import Labels
import Ledger

/// What happens at a library, as facts, for filling a journal or a batch.
enum History {
  static func registrations(
    itemCount: Int, at library: LibraryCode
  ) throws -> [(id: OperationID, fact: Fact)] {
    guard let record = RecordID("TT.000001") else { return [] }
    let title = BibliographicRecord(
      id: record, title: "Dế Mèn phiêu lưu ký", author: "Tô Hoài", kind: .children)
    var facts = [(id: OperationID(high: 1, low: 0), fact: Fact.recordDescribed(title))]
    for number in 1...itemCount {
      let registration = ItemRegistration(
        item: try item(number, of: library), record: record, library: library)
      facts.append((OperationID(high: 1, low: UInt64(number)), .itemRegistered(registration)))
    }
    return facts
  }

  static func item(_ number: Int, of library: LibraryCode) throws -> ItemID {
    let digits = String(number)
    let padding = String(repeating: "0", count: max(0, 6 - digits.count))
    return ItemID(library: library, accession: try AccessionNumber("TN.\(padding)\(digits)"))
  }

  static func patrons(at library: LibraryCode) throws -> [PatronRegistration] {
    try (1...30).map { serial in
      PatronRegistration(
        patron: Patron(
          card: try CardNumber(library: library, serial: serial), kind: .teacher),
        name: "Bạn đọc \(serial)")
    }
  }

  /// Loans and returns in turn, from a number on: each item is lent, returned, lent again.
  static func loans(
    from first: Int, count: Int, itemCount: Int, at library: LibraryCode
  ) throws -> [(id: OperationID, fact: Fact)] {
    let commitment = PatronCommitment(
      to: try CardNumber(library: library, serial: 1),
      salt: [UInt8](repeating: 7, count: PatronCommitment.saltByteCount))
    let borrower = Borrower(
      commitment: commitment, kind: .pupil, schoolClass: SchoolClass("3B"))
    return try (first..<first + count).map { number in
      let (round, index) = number.quotientAndRemainder(dividingBy: itemCount)
      let item = try item(index + 1, of: library)
      let id = OperationID(
        high: 0x0198_0000_0000_7000 | UInt64(number) << 20, low: UInt64(number) &* 0x9E37_79B9)
      let isLoan = round.isMultiple(of: 2)
      let move = ItemMove(
        item: item, from: isLoan ? .shelf(library) : .patron(library),
        to: isLoan ? .patron(library) : .shelf(library), seen: round + 1)
      guard isLoan else { return (id, .checkin(move)) }
      return (
        id,
        .checkout(Checkout(move: move, borrower: borrower, due: SchoolDay(number: 20_717)))
      )
    }
  }
}

extension Journal {
  /// Events that are recorded at once.
  private static let chunk = 20_000

  /// Records loans and returns in turn, numbered from `first` on.
  func recordLoans(from first: Int = 0, count: Int, itemCount: Int) async throws {
    for start in stride(from: first, to: first + count, by: Self.chunk) {
      try await recordAll(
        try History.loans(
          from: start, count: min(Self.chunk, first + count - start), itemCount: itemCount,
          at: station.library))
    }
  }
}
