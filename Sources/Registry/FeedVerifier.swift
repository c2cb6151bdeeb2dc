import Circulation
import Labels
import Ledger
import Rotation

/// What stations are told, held against the books.
///
/// Titles, copies, boxes, rotas, the group's rules and its agreement are told as the books have
/// them. A slip is one that an event tells of, of the box's last sealing. A decision is the last
/// one about its conflict. Keys and blocked cards are kept in the feed alone, so only their form is
/// looked at.
struct FeedVerifier {
  private let books: any RegistryReader
  private(set) var problems: [String] = []
  /// Slips of each box's last sealing, as events tell of them.
  private var slips: [FeedEntry.Name: (seal: Int, values: Set<[UInt8]>)] = [:]

  init(books: any RegistryReader) {
    self.books = books
  }

  /// Takes note of what an event tells of slips.
  mutating func note(_ fact: Fact) {
    guard case .box(let fact) = fact else { return }
    let slip: SealedSlip
    switch fact {
    case .sealed(let sealed), .slipRead(let sealed): slip = sealed
    default: return
    }
    let entry = FeedContent.slip(slip).entry
    let (seal, known) = (slip.manifest.seal, slips[entry.name])
    guard seal >= known?.seal ?? 0 else { return }
    let values = seal == known?.seal ? known?.values ?? [] : []
    slips[entry.name] = (seal, values.union([entry.value]))
  }

  mutating func compare() throws {
    try compareRecords()
    try compareItems()
    try compareFew()
    try compareRest()
  }

  private mutating func compareRecords() throws {
    var library: LibraryCode?
    var told: [FeedEntry.Name: [UInt8]] = [:]
    var libraries = try books.feedLibraries(of: FeedKind.record)
    let books = books
    var found: [String] = []
    try books.forEachRecord { record, owner in
      if owner != library {
        found += Self.surplus(told)
        told = try books.feedValues(of: FeedKind.record, library: owner)
        library = owner
        libraries.remove(owner)
      }
      let entry = FeedContent.record(record, of: owner).entry
      if let value = told[entry.name], value != entry.value,
        Self.storable(value, of: entry.name) == entry.value
      {
        told[entry.name] = nil
        return
      }
      found += Self.difference(entry, from: &told)
    }
    found += Self.surplus(told)
    problems += found
    try compareLeft(FeedKind.record, of: libraries)
  }

  private mutating func compareItems() throws {
    var library: LibraryCode?
    var told: [FeedEntry.Name: [UInt8]] = [:]
    var libraries = try books.feedLibraries(of: FeedKind.item)
    let books = books
    var found: [String] = []
    var away: [FeedAddressee] = []
    try books.forEachHolding { held in
      let owner = held.holding.item.library
      if owner != library {
        found += Self.surplus(told)
        told = try books.feedValues(of: FeedKind.item, library: owner)
        library = owner
        libraries.remove(owner)
      }
      let item = FeedItem(held.holding)
      found += Self.difference(FeedContent.item(item).entry, from: &told)
      away += item.addressees
    }
    found += Self.surplus(told)
    problems += found
    try compareLeft(FeedKind.item, of: libraries)
    try compareAddressees(away)
  }

  /// Copies that are at other libraries than their own, and their titles: those hear of them.
  private mutating func compareAddressees(_ away: [FeedAddressee]) throws {
    for addressee in Set(away) {
      guard try !books.addressees(of: addressee.name).contains(addressee.library) else { continue }
      problems.append(
        "feed \(Self.text(of: addressee.name)): \(addressee.library), which has it, is not told")
    }
  }

  /// What is told of a title as a database keeps it: PostgreSQL has no way to keep the character 0.
  private static func storable(_ value: [UInt8], of name: FeedEntry.Name) -> [UInt8] {
    let content = try? FeedContent(FeedEntry(name: name, value: value))
    guard case .record(let told, let library)? = content else { return value }
    func kept(_ text: String) -> String { text.replacing("\u{0}", with: "\u{FFFD}") }
    let record = BibliographicRecord(
      id: told.id, title: kept(told.title), author: told.author.map(kept),
      publisher: told.publisher.map(kept), year: told.year, kind: told.kind, grade: told.grade,
      isOnSiteOnly: told.isOnSiteOnly, isbn: told.isbn.map(kept))
    return FeedContent.record(record, of: library).entry.value
  }

  /// What is told of libraries of which the books have nothing of that kind.
  private mutating func compareLeft(_ kind: Int, of libraries: Set<LibraryCode>) throws {
    for library in libraries.sorted() {
      problems += Self.surplus(try books.feedValues(of: kind, library: library))
    }
  }

  /// What is few enough to be held in memory as a whole.
  private mutating func compareFew() throws {
    var expected: [FeedContent] = try books.agreements(limit: 1)
      .map { FeedContent.agreement(FeedAgreement($0)) }
    expected += try books.policies(limit: 1).map { FeedContent.policy($0.published) }
    let boxes = Dictionary(grouping: try books.sightings(), by: \.place.box)
    expected += boxes.values.compactMap { FeedBox($0).map { FeedContent.box($0) } }
    let rotas = Dictionary(grouping: try books.rotas(), by: \.rota.id)
    expected += rotas.values.compactMap { $0.max { $0.revision < $1.revision } }
      .map { FeedContent.rota($0) }
    let kinds = [FeedKind.agreement, FeedKind.policy, FeedKind.box, FeedKind.rota]
    var told: [FeedEntry.Name: [UInt8]] = [:]
    for kind in kinds {
      told.merge(try books.feedValues(of: kind, library: nil)) { first, _ in first }
    }
    for entry in expected.map(\.entry) { problems += Self.difference(entry, from: &told) }
    problems += Self.surplus(told)
  }

  /// Slips, of which events tell, and decisions.
  private mutating func compareRest() throws {
    var told = try books.feedValues(of: FeedKind.slip, library: nil)
    for (name, slip) in slips {
      guard let value = told.removeValue(forKey: name) else {
        problems.append(Self.missing(name))
        continue
      }
      if !slip.values.contains(value) { problems.append(Self.other(name)) }
    }
    problems += Self.surplus(told)
    let decisions = try books.lastDecisions()
    told = try books.feedValues(of: FeedKind.decision, library: nil)
    for (name, value) in decisions {
      problems += Self.difference(FeedEntry(name: name, value: value), from: &told)
    }
    problems += Self.surplus(told)
  }

  private static func difference(
    _ expected: FeedEntry, from told: inout [FeedEntry.Name: [UInt8]]
  ) -> [String] {
    guard let value = told.removeValue(forKey: expected.name) else {
      return [missing(expected.name)]
    }
    return value == expected.value ? [] : [other(expected.name)]
  }

  private static func surplus(_ told: [FeedEntry.Name: [UInt8]]) -> [String] {
    told.keys.map { "feed \(text(of: $0)): the books know nothing of it" }.sorted()
  }

  private static func missing(_ name: FeedEntry.Name) -> String {
    "feed \(text(of: name)): stations are told nothing of it"
  }

  private static func other(_ name: FeedEntry.Name) -> String {
    "feed \(text(of: name)): stations are told something else than the books have"
  }

  private static func text(of name: FeedEntry.Name) -> String {
    "\(name.kind) \(name.library?.text ?? "-") \(name.key)"
  }
}

extension RegistryReader {
  /// Decisions that one reading of the books takes at once.
  private var decisionsPerPage: Int { 1_000 }

  /// What stations are to be told of the last decision about each conflict.
  func lastDecisions() throws -> [FeedEntry.Name: [UInt8]] {
    var last: [FeedEntry.Name: [UInt8]] = [:]
    var number: Int64 = 0
    while true {
      let page = try decisions(after: number, limit: decisionsPerPage)
      for decision in page {
        let entry = FeedContent.decision(FeedDecision(decision)).entry
        last[entry.name] = entry.value
      }
      guard page.count == decisionsPerPage, let end = page.last else { return last }
      number = end.number
    }
  }
}

/// What stations are told, kind by kind, the same in both databases.
extension CommonSQL {
  func feedLibraries(of kind: Int) throws -> Set<LibraryCode> {
    Set(
      try rows(
        "SELECT DISTINCT library FROM feed WHERE kind = $1 AND library <> ''", [.int(kind)]
      ) { row in
        guard let library = try? LibraryCode(row.string(0)) else {
          throw RegistryError.damaged("table feed")
        }
        return library
      })
  }

  func feedValues(of kind: Int, library: LibraryCode?) throws -> [FeedEntry.Name: [UInt8]] {
    let condition = library == nil ? "" : "AND library = $2"
    let values: [SQLValue] = [.int(kind)] + (library.map { [.text($0.text)] } ?? [])
    let pairs = try rows(
      "SELECT library, key, bytes FROM feed WHERE kind = $1 \(condition)", values
    ) { row in
      let name = try FeedRow.name(library: row.string(0), kind: kind, key: row.string(1))
      return (name, row.blob(2) ?? [])
    }
    return Dictionary(pairs) { first, _ in first }
  }
}
