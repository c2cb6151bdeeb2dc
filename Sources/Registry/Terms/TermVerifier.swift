import Labels
import Ledger
import Rotation

/// Holds the tables that a reconciliation over the group goes by against what the events give.
///
/// Of each row that events give only a fingerprint is kept in memory, by the row's key, so that a
/// million movements take about a hundred megabytes.
struct TermVerifier {
  private let books: any RegistryReader
  private var movements = ExpectedRows<EventReference>(table: "movements")
  private var routings = ExpectedRows<EventReference>(table: "box_routings")
  private var closings = ExpectedRows<StatementKey>(table: "closings")
  private var parts = ExpectedRows<PartKey>(table: "statement_parts")
  private var signatures = ExpectedRows<SignerKey>(table: "signatures")
  private(set) var problems: [String] = []

  private struct StatementKey: Hashable, CustomStringConvertible {
    let library: LibraryCode
    let hash: StatementHash

    var description: String { "\(library) \(hash)" }
  }

  private struct PartKey: Hashable, CustomStringConvertible {
    let statement: StatementKey
    let number: Int

    var description: String { "\(statement) \(number)" }
  }

  private struct SignerKey: Hashable, CustomStringConvertible {
    let statement: StatementKey
    let signer: LibraryCode

    var description: String { "\(statement) \(signer)" }
  }

  init(books: any RegistryReader) {
    self.books = books
  }

  /// Notes what an event gives.
  mutating func note(_ event: Event) {
    var trail = TermTrail()
    trail.note(event)
    for movement in trail.movements { movements.expect(MovementRow(movement), at: movement.event) }
    for routing in trail.routings { routings.expect(routing, at: routing.event) }
    for closing in trail.closings { closings.expect(closing, at: Self.key(closing)) }
    for part in trail.parts { parts.expect(part, at: Self.key(part)) }
    for signature in trail.signatures { signatures.expect(signature, at: Self.key(signature)) }
  }

  /// Holds the tables against what was noted.
  mutating func compare() throws {
    compareMovements()
    let books = books
    compare { verifier in
      for routing in try books.routings() { verifier.routings.take(routing, at: routing.event) }
    }
    compare { verifier in
      for closing in try books.closings() { verifier.closings.take(closing, at: Self.key(closing)) }
    }
    compare { verifier in
      try books.forEachPart { verifier.parts.take($0, at: Self.key($0)) }
    }
    compare { verifier in
      for kept in try books.allSignatures() { verifier.signatures.take(kept, at: Self.key(kept)) }
    }
    problems += movements.finish() + routings.finish() + closings.finish() + parts.finish()
    problems += signatures.finish()
    try compareGroupClosings()
  }

  private mutating func compareMovements() {
    let books = books
    compare { verifier in
      try books.forEachMovement { row in
        guard let event = row.event else { throw RegistryError.damaged("table movements") }
        verifier.movements.take(row, at: event)
      }
    }
  }

  /// Reads a table; a row that can't be read is named by its table, and nothing after it is read.
  private mutating func compare(_ read: (inout TermVerifier) throws -> Void) {
    do {
      try read(&self)
    } catch {
      problems.append("\(error)")
    }
  }

  /// Events give no part of these, so what is there must be what its own hash stands for.
  private mutating func compareGroupClosings() throws {
    for term in try books.groupClosingTerms() {
      if try books.groupClosing(of: term)?.isSound != true {
        problems.append(
          "group_closings \(term): the text is not the one that was kept; restore it from a backup")
      }
    }
  }

  private static func key(_ kept: KeptClosing) -> StatementKey {
    StatementKey(library: kept.library, hash: kept.closing.hash)
  }

  private static func key(_ kept: KeptPart) -> PartKey {
    PartKey(
      statement: StatementKey(library: kept.library, hash: kept.part.hash),
      number: kept.part.number)
  }

  private static func key(_ kept: KeptSignature) -> SignerKey {
    SignerKey(
      statement: StatementKey(library: kept.reporter, hash: kept.signature.hash),
      signer: kept.signature.library)
  }
}

/// The rows that events give, as fingerprints by their keys.
private struct ExpectedRows<Key: Hashable & CustomStringConvertible> {
  let table: String
  private var fingerprints: [Key: Int] = [:]
  /// Of keys that several events give: the first to come is kept, and the order is not known.
  private var others: [Key: [Int]] = [:]
  private var problems: [String] = []

  init(table: String) {
    self.table = table
  }

  mutating func expect(_ row: some Hashable, at key: Key) {
    if let known = fingerprints[key] {
      if known != row.hashValue { others[key, default: []].append(row.hashValue) }
    } else {
      fingerprints[key] = row.hashValue
    }
  }

  /// Holds a row of the table against what events give, and strikes it off.
  mutating func take(_ row: some Hashable, at key: Key) {
    guard let expected = fingerprints.removeValue(forKey: key) else {
      return note("\(key): no event gives this row, or it is there twice")
    }
    let found = row.hashValue
    if found != expected, !(others[key]?.contains(found) ?? false) {
      note("\(key): the row is another than the event gives")
    }
  }

  /// Everything that was found wrong, and which rows are missing.
  mutating func finish() -> [String] {
    for key in fingerprints.keys.map(\.description).sorted().prefix(
      RegistryVerification.longestList)
    {
      note("\(key): the row that the event gives is missing")
    }
    return problems
  }

  private mutating func note(_ problem: String) {
    // One more than is listed, so that the list says that it is cut short.
    guard problems.count <= RegistryVerification.longestList else { return }
    problems.append("\(table) \(problem)")
  }
}
