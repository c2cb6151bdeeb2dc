import Circulation
import Exchange
import Labels
import Ledger
import Registry

/// What a host's books say, whatever came first.
package struct BooksOutcome: Hashable, Sendable {
  /// The end of every epoch of every station, which speaks for each event before it.
  let ends: [Position]
  let closings: [EpochClosing?]
  let readings: [LibraryCode: Int]
  let loans: [LibraryCode: Int]
  let loansByKind: [UseRow]
  let items: Set<HeldItem>
  let places: [Place: Int]
  /// What is open; a fork is noted by what was refused, which is no part of the history.
  let conflicts: Set<Conflict>

  package init(of host: HostFixture) async throws {
    self = try await host.store.read { try BooksOutcome($0) }
  }

  private init(_ books: any RegistryReader) throws {
    let enrolled = try books.enrolments()
    ends = enrolled.map(\.cursor)
    closings = enrolled.map(\.closing)
    readings = try books.readingCounts()
    loans = try books.loanCounts()
    let days = SchoolDay(number: 0)...SchoolDay(number: 40_000)
    loansByKind = try books.uses(.loans, by: .kind, UseFilter(days: days))
    places = try books.balances()
    var items: Set<HeldItem> = []
    try books.forEachHolding { items.insert($0) }
    self.items = items
    let open = try books.conflicts(ConflictFilter(), offset: 0, limit: .max)
    conflicts = Set(open.map(\.conflict).filter { $0.kind != .chainFork })
  }
}
