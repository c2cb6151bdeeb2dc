import Circulation
import Desk
import Exchange
import Journal
import Labels
import Ledger
import Registry
import Rotation
import TestSupport
import Testing

/// Any sequence of what three libraries do with books and boxes, sent to the host in any order.
@Suite("Random terms of three libraries")
struct RandomGroupTests {
  private static let acts = 300
  /// Loans between the count and the closing.
  private static let lateLoans = 12
  private static let codes = ["TT", "TT1", "TT2"]

  @Test("keep the sum everywhere, and each item under one heading", arguments: 0..<15)
  func histories(seed: Int) async throws {
    var generator = SeededGenerator(seed: UInt64(9_000 + seed))
    let sites = try await BoxSite.group(Self.codes)
    var term = RandomTerm(sites: sites)
    var done = 0
    for _ in 0..<Self.acts {
      if try await term.step(using: &generator) { done += 1 }
      // In some groups all that happens falls into one moment, and nobody's clock tells anything.
      guard seed % 3 > 0 else { continue }
      for site in sites { site.clock.advance(milliseconds: 60_000) }
    }
    #expect(done > 40, "too little happened for seed \(seed)")
    try await term.countSome(using: &generator)
    for _ in 0..<Self.lateLoans { try await term.lend(using: &generator) }
    for site in sites {
      #expect(try await site.journal.verify().problems == [], "\(site.library), seed \(seed)")
      try await checkHeadings(at: site, seed: seed)
    }
    try await deliver(sites, seed: seed, using: &generator)
    // One library in a while has not closed the term, and is waited for.
    for site in sites.dropLast(seed % 4 == 0 ? 1 : 0) {
      _ = try await site.desk.closeTerm("2026-2027/1", as: BoxSite.operation())
    }
    try await checkGroup(sites, seed: seed, using: &generator)
  }

  @Test("leave nothing in dispute where boxes go round but nobody errs", arguments: 0..<9)
  func orderly(seed: Int) async throws {
    var generator = SeededGenerator(seed: UInt64(4_000 + seed))
    let sites = try await BoxSite.group(Self.codes)
    var term = RandomTerm(sites: sites)
    while try await term.orderlyStep(using: &generator) {
      for site in sites { site.clock.advance(milliseconds: 60_000) }
    }
    try await term.countSome(using: &generator)
    for site in sites {
      _ = try await site.desk.closeTerm("2026-2027/1", as: BoxSite.operation())
    }
    let host = try await HostFixture(.sqlite, inMemory: true)
    try await apply(try await Self.chains(of: sites), to: host, using: &generator)
    let group = try await host.registry.reconciliation(of: Term("2026-2027/1"))
    for said in group.statements { #expect(said.deviations == [], "seed \(seed)") }
    let broken = (group.differences + group.brokenTrails).filter { !$0.breaks.isEmpty }
    #expect(broken.map(\.item) == [], "seed \(seed)")
    checkItems(group, seed: seed)
  }

  /// A column of a statement's row, by its place.
  private enum Column: Int {
    case opening, received, registered, found, sent, withdrawn, lost, expected, counted
  }

  /// Both databases give the same sum in any order of delivery.
  ///
  /// Its headings partition the items, its rows and ways add up, and they are those of the
  /// statements, but for books that are disputed.
  private func checkGroup(
    _ sites: [BoxSite], seed: Int, using generator: inout SeededGenerator
  ) async throws {
    let chains = try await Self.chains(of: sites)
    var groups: [GroupReconciliation] = []
    var books: Set<BooksOutcome> = []
    for kind in [StoreKind.sqlite, .sqlite, seed < 3 ? .postgres : .sqlite] {
      let host = try await HostFixture(kind, inMemory: true)
      try await apply(chains, to: host, using: &generator)
      groups.append(try await host.registry.reconciliation(of: Term("2026-2027/1")))
      books.insert(try await BooksOutcome(of: host))
    }
    #expect(books.count == 1, "seed \(seed): other books in another order")
    let sum = groups[0].reconciliation
    for group in groups {
      #expect(group.reconciliation == sum, "seed \(seed)")
      #expect(
        group.differences.map(\.difference) == groups[0].differences.map(\.difference),
        "seed \(seed)")
    }
    for row in sum.rows { #expect(row.addsUp, "seed \(seed): \(row)") }
    for way in sum.traffic { #expect(way.onTheWay >= 0, "seed \(seed): \(way)") }
    checkItems(groups[0], seed: seed)
    let open = Heading.allCases.filter(\.isOpen).compactMap { sum.headings[$0] }.reduce(0, +)
    #expect(sum.open.count + sum.unlistedCount == open, "seed \(seed)")
    #expect(Set(groups[0].differences.map(\.item)).count == sum.open.count, "seed \(seed)")
    #expect(sum.waitingFor == sites.suffix(seed % 4 == 0 ? 1 : 0).map(\.library))
    checkStatements(groups[0], seed: seed)
  }

  /// Every registered book has one heading and is in one place: at a library, on the way or lost.
  private func checkItems(_ group: GroupReconciliation, seed: Int) {
    let sum = group.reconciliation
    let count = Self.codes.count * 10
    #expect(sum.headings.values.reduce(0, +) == count, "seed \(seed)")
    #expect(sum.itemCount == count, "seed \(seed)")
    let listed = group.differences + group.brokenTrails
    #expect(Set(listed.map(\.item)).count == listed.count, "seed \(seed)")
    let lost = group.differences.count { if case .lost = $0.place { true } else { false } }
    let places =
      sum.rows.map(\.expected).reduce(0, +) + sum.traffic.map(\.onTheWay).reduce(0, +)
      + (sum.headings[.lost] ?? 0) + lost
    #expect(places == count, "seed \(seed)")
  }

  /// Libraries state what the group's sum has, but for books that somebody had in hand whom the
  /// books before did not give them to: a break of the trail, whose missing half the sum enters.
  ///
  /// Each break can change a column of the library that the book left and one of the library that
  /// it came to, and at the end each such book can be expected at another library than its own
  /// library states. What was there at the beginning, registered, withdrawn and counted no other
  /// library can change.
  private func checkStatements(_ group: GroupReconciliation, seed: Int) {
    let broken = Dictionary(
      grouping: (group.differences + group.brokenTrails).filter { !$0.breaks.isEmpty },
      by: \.item.library)
    for home in group.libraries {
      var off = [Int](repeating: 0, count: TermStatement.Row.columns)
      for deviation in group.statements.flatMap(\.deviations) where deviation.home == home {
        off[deviation.column] += abs(deviation.stated - deviation.summed)
      }
      let books = broken[home] ?? []
      let breaks = books.map(\.breaks.count).reduce(0, +)
      let ways = [Column.received, .found, .sent, .lost].map { off[$0.rawValue] }.reduce(0, +)
      let fixed = [Column.opening, .registered, .withdrawn, .counted].map { off[$0.rawValue] }
      #expect(fixed == [0, 0, 0, 0], "seed \(seed), \(home)")
      #expect(ways <= 2 * breaks, "seed \(seed), \(home): \(off)")
      #expect(off[Column.expected.rawValue] <= 2 * books.count, "seed \(seed), \(home): \(off)")
    }
  }

  private static func chains(of sites: [BoxSite]) async throws -> [StationChain] {
    var chains: [StationChain] = []
    for site in sites { chains.append(try await StationChain(of: site)) }
    return chains
  }

  /// Sends all events to a host, in pieces, one station's before or after another's.
  private func apply(
    _ chains: [StationChain], to host: HostFixture, isVerified: Bool = false,
    using generator: inout SeededGenerator
  ) async throws {
    for chain in chains { try await host.registry.enrol(chain.enrolment) }
    var next = [0, 0, 0]
    while let index = next.indices.filter({ next[$0] < chains[$0].events.count })
      .randomElement(using: &generator)
    {
      let end = min(
        next[index] + Int.random(in: 1...40, using: &generator), chains[index].events.count)
      _ = try await host.registry.apply(chains[index].sealed(next[index]..<end))
      next[index] = end
      let sum = try await host.registry.overview().balances.values.reduce(0, +)
      #expect(sum == 0)
      // What was done as it came is what all acts come to, put in order.
      if isVerified { #expect(try await host.registry.verify().problems == []) }
    }
  }

  /// Each item that a library had to do with stands under one heading, and the rows add up.
  private func checkHeadings(at site: BoxSite, seed: Int) async throws {
    let sum = try await site.desk.termLines(of: "2026-2027/1")
    #expect(Set(sum.lines.map(\.item)).count == sum.lines.count, "seed \(seed)")
    #expect(sum.reconciliation.itemCount == sum.lines.count, "seed \(seed)")
    // Nothing that custody has here is forgotten.
    let listed = Set(sum.lines.map(\.item))
    let all = try Self.codes.flatMap { code in
      try (1...10).map { try FactMaker(code).item($0) }
    }
    let here = try await site.journal.read { view in
      try all.filter { try view.holding($0)?.place.library == site.library }
    }
    #expect(listed.isSuperset(of: here), "\(site.library), seed \(seed)")
    for row in sum.reconciliation.rows { #expect(row.addsUp, "seed \(seed): \(row)") }
    for way in sum.reconciliation.traffic { #expect(way.onTheWay >= 0, "seed \(seed): \(way)") }
    let statement = sum.statement(libraryName: "Trường", day: SchoolDay(number: 20_710))
    #expect(try TermStatement(statement.text) == statement, "seed \(seed)")
  }

  private func deliver(
    _ sites: [BoxSite], seed: Int, using generator: inout SeededGenerator
  ) async throws {
    let host = try HostFixture(inMemory: true)
    try await apply(
      try await Self.chains(of: sites), to: host, isVerified: true, using: &generator)
    #expect(try await host.registry.verify().problems == [], "seed \(seed)")
  }
}
