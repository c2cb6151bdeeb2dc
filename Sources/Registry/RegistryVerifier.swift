import Labels
package import Ledger

/// What a replay of a host's events found: how much there is, and where the books part from it.
package struct RegistryVerification: Hashable, Sendable {
  /// Stations, each epoch of their lives counted.
  package fileprivate(set) var stationCount = 0
  package fileprivate(set) var eventCount = 0
  package fileprivate(set) var itemCount = 0
  /// Items by place, as the books have them.
  package fileprivate(set) var balances: [Place: Int] = [:]
  /// Each place where chains, cursors or sums part, in order of finding.
  package fileprivate(set) var problems: [String] = []
  /// There were more problems than are listed.
  package fileprivate(set) var isCutShort = false

  /// Problems that are listed at most.
  package static let longestList = 100

  package var passed: Bool { problems.isEmpty }

  fileprivate mutating func note(_ problem: String) {
    if problems.count < Self.longestList {
      problems.append(problem)
    } else {
      isCutShort = true
    }
  }
}

extension GroupRegistry {
  /// Replays every station's chain and holds cursors, loans, readings and custody's sums against
  /// it, what stations are told against the books, and what terms are added up from against the
  /// events.
  ///
  /// Items on which several stations have acted are held against all acts on them, put in order.
  package func verify() async throws -> RegistryVerification {
    try await store.read { books in
      var verifier = RegistryVerifier(books: books)
      guard try verifier.checkFile() else { return verifier.result }
      try verifier.replayAll()
      try verifier.compareReadings()
      try verifier.compareLoans()
      try verifier.compareBalances()
      try verifier.compareHistories()
      try verifier.compareFeed()
      try verifier.compareTerms()
      return verifier.result
    }
  }
}

/// One verification: the stations' events on one side, the books on the other.
private struct RegistryVerifier {
  private let books: any RegistryReader
  private var readings: [LibraryCode: Int] = [:]
  private var loans: [LibraryCode: Int] = [:]
  /// Acts by the library that the item belongs to.
  private var acts: [LibraryCode: Int] = [:]
  /// Loans of the station that is replayed, and those among them that were taken back.
  private var lent: Set<OperationID> = []
  private var undone: Set<OperationID> = []
  /// Acts of the epoch that is replayed which were released from another one, and count there.
  private var released: Set<OperationID> = []
  private var feed: FeedVerifier
  private var terms: TermVerifier
  private(set) var result = RegistryVerification()

  init(books: any RegistryReader) {
    self.books = books
    feed = FeedVerifier(books: books)
    terms = TermVerifier(books: books)
  }

  /// Asks the database whether its file is sound; `false` where it is not.
  mutating func checkFile() throws -> Bool {
    for problem in try books.fileProblems() { result.note(problem) }
    return result.passed
  }

  mutating func replayAll() throws {
    var last: StationID?
    for station in try books.enrolments() {
      if station.enrolment.station != last { (lent, undone) = ([], []) }
      last = station.enrolment.station
      try replay(station)
    }
    let stored = try books.eventCount()
    if result.passed, stored != result.eventCount {
      result.note("\(stored - result.eventCount) events are of stations that nobody enrolled")
    }
  }

  private mutating func replay(_ station: EnrolledStation) throws {
    let (name, cursor) = (station.enrolment.station, station.cursor)
    result.stationCount += 1
    released = try books.releasedOperations(of: name, besides: cursor.epoch)
    var end: Position? = .start(of: name, epoch: cursor.epoch)
    let books = books
    try books.forEachEvent(of: name, epoch: cursor.epoch, after: 0) { stored in
      end = end.flatMap { link(stored, of: name, after: $0) }
      return end != nil
    }
    if let end, end != cursor {
      result.note(
        "station \(name): the cursor stands at \(cursor.epoch).\(cursor.sequence) with hash "
          + "\(cursor.hash), the events end at \(end.epoch).\(end.sequence) with \(end.hash)")
    }
  }

  /// Checks one event against the one before; `nil` where the chain is broken, as nothing after
  /// that can be trusted.
  private mutating func link(
    _ stored: StoredEvent, of station: StationID, after previous: Position
  ) -> Position? {
    let reference = EventReference(
      station: station, epoch: previous.epoch, sequence: stored.sequence)
    guard stored.sequence == previous.sequence + 1 else {
      result.note("event \(reference): expected number \(previous.sequence + 1)")
      return nil
    }
    let hash = previous.hash.link(stored.bytes)
    guard stored.hash == hash else {
      result.note(
        "event \(reference): the chain's hash does not fit; this or an earlier event was changed")
      return nil
    }
    count(stored.bytes, as: reference)
    return Position(epoch: previous.epoch, sequence: stored.sequence, hash: hash)
  }

  private mutating func count(_ bytes: [UInt8], as reference: EventReference) {
    result.eventCount += 1
    do throws(CBORError) {
      let event = try Event(encoded: bytes)
      if EventReference(event) != reference {
        result.note("event \(reference): the event says that it is another")
      }
      guard !released.contains(event.operation) else { return }
      let library = reference.station.library
      readings[library, default: 0] += Self.readings(in: event.fact)
      loans[library, default: 0] += countedLoans(in: event)
      if let item = event.fact.move?.item { acts[item.library, default: 0] += 1 }
      feed.note(event.fact)
      terms.note(event)
    } catch {
      result.note("event \(reference): can't be read (\(error))")
    }
  }

  /// Loans that an event counts, or takes back: each once.
  private mutating func countedLoans(in event: Event) -> Int {
    switch event.fact {
    case .checkout:
      lent.insert(event.operation)
      return 1
    case .undone(let undo):
      let isLoan = undo.move != nil && lent.contains(undo.operation)
      return isLoan && undone.insert(undo.operation).inserted ? -1 : 0
    default: return 0
    }
  }

  /// Readings that a fact counts, or takes back.
  private static func readings(in fact: Fact) -> Int {
    switch fact {
    case .onSiteReading(let reading): reading.count
    case .undone(let undo):
      if case .reading(let reading) = undo.subject { -reading.count } else { 0 }
    default: 0
    }
  }

  mutating func compareReadings() throws {
    let found = try books.readingCounts()
    for library in Set(found.keys).union(readings.keys).sorted()
    where found[library, default: 0] != readings[library, default: 0] {
      result.note(
        "on-site readings of \(library): the table has \(found[library] ?? 0), the events give "
          + "\(readings[library] ?? 0)")
    }
  }

  mutating func compareLoans() throws {
    let found = try books.loanCounts()
    for library in Set(found.keys).union(loans.keys).sorted()
    where found[library, default: 0] != loans[library, default: 0] {
      result.note(
        "loans of \(library): the table has \(found[library] ?? 0), the events give "
          + "\(loans[library] ?? 0)")
    }
  }

  /// An item of which two stations have spoken is where the order of all acts on it has it.
  mutating func compareHistories() throws {
    for item in try books.misplacedItems() {
      result.note("item \(item): the acts on it come to something else than the books have")
    }
    let found = try books.actCounts()
    for library in Set(found.keys).union(acts.keys).sorted()
    where found[library, default: 0] != acts[library, default: 0] {
      result.note(
        "acts on items of \(library): the table has \(found[library] ?? 0), the events give "
          + "\(acts[library] ?? 0)")
    }
  }

  mutating func compareFeed() throws {
    try feed.compare()
    for problem in feed.problems { result.note(problem) }
  }

  mutating func compareTerms() throws {
    try terms.compare()
    for problem in terms.problems { result.note(problem) }
  }

  /// Every item has come from outside and is in one place, so the places add up to zero.
  mutating func compareBalances() throws {
    result.balances = try books.balances()
    var expected = try books.countedItems()
    result.itemCount = expected.values.reduce(0, +)
    if result.itemCount > 0 { expected[.outside] = -result.itemCount }
    let places = Set(result.balances.keys).union(expected.keys).sorted { $0.text < $1.text }
    for place in places where result.balances[place] != expected[place] {
      result.note(
        "place \(place): the balance is \(result.balances[place] ?? 0), the items there are "
          + "\(expected[place] ?? 0)")
    }
    let sum = result.balances.values.reduce(0, +)
    if sum != 0 { result.note("custody: the places and the register differ by \(sum)") }
  }
}
