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
  private static let codes = ["TT", "TT1", "TT2"]

  @Test("keep the sum everywhere, and each item under one heading", arguments: 0..<10)
  func histories(seed: Int) async throws {
    var generator = SeededGenerator(seed: UInt64(9_000 + seed))
    let sites = try await BoxSite.group(Self.codes)
    var term = RandomTerm(sites: sites)
    var done = 0
    for _ in 0..<Self.acts where try await term.step(using: &generator) { done += 1 }
    #expect(done > 40, "too little happened for seed \(seed)")
    try await term.countSome(using: &generator)
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

  /// Both databases give the same sum in any order of delivery.
  ///
  /// Its headings partition the items, its rows and ways add up, and they are those of the
  /// statements, but for books that are disputed.
  private func checkGroup(
    _ sites: [BoxSite], seed: Int, using generator: inout SeededGenerator
  ) async throws {
    let chains = try await chains(of: sites)
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
    let open = Heading.allCases.filter(\.isOpen).compactMap { sum.headings[$0] }.reduce(0, +)
    #expect(sum.open.count + sum.unlistedCount == open, "seed \(seed)")
    #expect(Set(groups[0].differences.map(\.item)).count == sum.open.count, "seed \(seed)")
    #expect(sum.waitingFor == sites.suffix(seed % 4 == 0 ? 1 : 0).map(\.library))
    checkStatements(groups[0], seed: seed)
  }

  private func checkStatements(_ group: GroupReconciliation, seed: Int) {
    let disputed = (group.differences + group.brokenTrails).filter {
      !$0.breaks.isEmpty || [.elsewhere, .seenTwice].contains($0.difference.heading)
    }
    for said in group.statements {
      let off = said.deviations.map { abs($0.stated - $0.summed) }.reduce(0, +)
      #expect(
        off <= disputed.count * TermStatement.Row.columns, "seed \(seed): \(said.deviations)")
    }
  }

  private func chains(of sites: [BoxSite]) async throws -> [StationChain] {
    var chains: [StationChain] = []
    for site in sites {
      let journal = site.journal
      let range = try await journal.events(
        after: .start(of: journal.station, epoch: .first), countLimit: 10_000, byteLimit: .max)
      var chain = try StationChain(of: site.library.text)
      for event in range.events { chain.append(event) }
      chains.append(chain)
    }
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
    try await apply(try await chains(of: sites), to: host, isVerified: true, using: &generator)
    #expect(try await host.registry.verify().problems == [], "seed \(seed)")
  }
}

/// What somebody may do next at one of the libraries, likely or not.
private struct RandomTerm {
  let sites: [BoxSite]
  private var slips: [String: [String]] = [:]

  init(sites: [BoxSite]) {
    self.sites = sites
  }

  /// Does one thing, and says whether a rule let it happen.
  mutating func step(using generator: inout SeededGenerator) async throws -> Bool {
    var site = sites[Int.random(in: 0..<sites.count, using: &generator)]
    let owner = sites[Int.random(in: 0..<sites.count, using: &generator)]
    let other = sites[Int.random(in: 0..<sites.count, using: &generator)]
    let number = Int.random(in: 0..<20, using: &generator)
    // A box is mostly filled where it belongs, with books from there.
    let isLikely = (7...13).contains(number) && Int.random(in: 0..<4, using: &generator) > 0
    if isLikely { site = other }
    let item = try (isLikely ? other : owner).item(Int.random(in: 1...4, using: &generator)).label
    let box = try other.box(Int.random(in: 1...2, using: &generator))
    do {
      if number < 6 {
        try await site.perform(Self.act(number, on: item, of: site))
      } else if number == 6 {
        guard let codes = slips[box] else { return false }
        try await site.read(codes, box: box, acceptsOthers: true)
      } else {
        let outcome = try await site.perform(Self.act(number, item, box, to: owner))
        if case .box(.sealed(let slip)) = outcome.event?.fact {
          slips[box] = try BoxSite.codes(of: slip)
        }
      }
      return true
    } catch is Refusal, is BoxRefusal, is DeskError, is ManifestError, is PackingStopped {
      return false
    }
  }

  private static func act(_ number: Int, on item: String, of site: BoxSite) throws -> DeskRequest {
    let card = try CardNumber(library: site.library, serial: 1).label
    return switch number {
    case 0, 1: .checkout(item: item, card: card, overrideReason: "cô giáo đồng ý")
    case 2, 3: .checkin(item: item)
    case 4: .reportLost(item: item)
    default: .reportFound(item: item)
    }
  }

  private static func act(
    _ number: Int, _ item: String, _ box: String, to other: BoxSite
  ) -> BoxRequest {
    switch number {
    case 7: .open(box: box, to: other.library.text)
    case 8, 9, 10: .pack(item: item, box: box, despiteWarnings: true)
    case 11: .unpack(item: item, box: box)
    case 12: .seal(box: box)
    case 13: .send(box: box, to: other.library.text)
    case 14: .arrive(box: box, from: nil)
    case 15, 16: .receive(item: item, box: box, condition: .worn)
    case 17: .confirm(box: box)
    case 18: .reopen(box: box)
    default: .reportLost(box: box)
    }
  }

  /// Counts what stands on each library's shelves, but for some.
  func countSome(using generator: inout SeededGenerator) async throws {
    for site in sites {
      let all = try sites.flatMap { owner in try (1...10).map { try owner.item($0) } }
      let seen = try await site.journal.read { view in
        try all.filter { try view.holding($0)?.place == .shelf(site.library) }
      }
      try await site.count(seen.filter { _ in Int.random(in: 0..<9, using: &generator) > 0 })
    }
  }
}
