import Circulation
import Exchange
import Labels
import Ledger
import Registry
import TestSupport
import Testing

@Suite("Conflicts between stations")
struct ConflictTests {
  private let maker: FactMaker
  private let other: FactMaker

  init() throws {
    maker = try FactMaker("TT1")
    other = try FactMaker("TT")
  }

  @Test(
    "are noted with both sides when an item leaves a place where it was not",
    arguments: StoreKind.allCases)
  func onLoanTwice(kind: StoreKind) async throws {
    let host = try await HostFixture(kind)
    let item = try maker.item(1)
    var lender = try StationChain(of: "TT1")
    lender.record([maker.registration(item), maker.checkout(item)])
    var finder = try StationChain(of: "TT")
    finder.record([other.checkout(item)])
    for chain in [lender, finder] { try await host.enrol(chain) }
    #expect(try await host.registry.apply(lender.sealed()).receipt.findings.isEmpty)
    let receipt = try await host.registry.apply(finder.sealed()).receipt
    #expect(receipt.findings == [Receipt.Finding(sequence: 1, name: "on-loan-twice")])

    let overview = try await host.registry.overview()
    #expect(overview.conflictCount == 1)
    let conflict = try #require(overview.conflicts.first)
    #expect(conflict.act == "checkout")
    #expect(
      conflict.event == EventReference(station: finder.station, epoch: .first, sequence: 1))
    let sides = try #require(conflict.item)
    #expect(sides.item == item.text)
    #expect(sides.claimed == "shelf:TT" && sides.actual == "patron:TT1")
    #expect(
      sides.lastEvent == EventReference(station: lender.station, epoch: .first, sequence: 2))
    // What happened has happened: the books follow the last act, and they balance.
    #expect(overview.balances == [.outside: -1, other.patron: 1])
  }

  @Test(
    "tell of an item that nobody registered, and change no balance", arguments: StoreKind.allCases)
  func unknownItem(kind: StoreKind) async throws {
    let host = try await HostFixture(kind)
    var chain = try StationChain(of: "TT1")
    chain.record([maker.checkout(try maker.item(9))])
    try await host.enrol(chain)
    let receipt = try await host.registry.apply(chain.sealed()).receipt
    #expect(receipt.findings.map(\.name) == ["unknown-item"])
    let overview = try await host.registry.overview()
    #expect(overview.balances.isEmpty)
    #expect(overview.conflicts.first?.item?.actual == nil)
  }

  @Test("are told again in a receipt that is given again", arguments: StoreKind.allCases)
  func toldAgain(kind: StoreKind) async throws {
    let host = try await HostFixture(kind)
    var chain = try StationChain(of: "TT1")
    chain.record([maker.reading(1), maker.checkout(try maker.item(9)), maker.reading(1)])
    try await host.enrol(chain)
    let first = try await host.registry.apply(chain.sealed()).receipt
    let again = try await host.registry.apply(chain.sealed()).receipt
    #expect(again.findings == first.findings)
    #expect(try await host.registry.apply(chain.sealed(2..<3)).receipt.findings.isEmpty)
    #expect(try await host.registry.overview().conflictCount == 1)
  }

  @Test(
    "never unbalance the books, whatever two stations say", arguments: StoreKind.allCases, 0..<12)
  func randomHistories(kind: StoreKind, seed: Int) async throws {
    let host = try await HostFixture(kind)
    var generator = SeededGenerator(seed: UInt64(1_000 + seed))
    let items = try (1...4).map { try maker.item($0) } + (1...4).map { try other.item($0) }
    var chains = [try StationChain(of: "TT1"), try StationChain(of: "TT")]
    chains[0].record(maker.randomFacts(100, about: items, using: &generator))
    chains[1].record(other.randomFacts(100, about: items, using: &generator))
    for chain in chains { try await host.enrol(chain) }
    for start in stride(from: 0, to: 100, by: 20) {
      for chain in chains.shuffled(using: &generator) {
        _ = try await host.registry.apply(chain.sealed(start..<(start + 20)))
        #expect(try await host.registry.overview().balances.values.reduce(0, +) == 0)
        #expect(try await host.registry.verify().problems == [])
      }
    }
    let result = try await host.registry.verify()
    #expect(result.problems == [])
    #expect(result.eventCount == 200 && result.stationCount == 2)
    #expect(try await host.registry.overview().conflictCount > 0)

    let before = try HostStore.rows(of: host, in: HostStore.books)
    for chain in chains { _ = try await host.registry.apply(chain.sealed()) }
    #expect(try HostStore.rows(of: host, in: HostStore.books) == before)
  }

  @Test(
    "names what was lent to a blocked card or renewed by it, until the card is let in again",
    arguments: StoreKind.allCases)
  func blockedCard(kind: StoreKind) async throws {
    let host = try await HostFixture(kind)
    let maker = try FactMaker("TT1")
    let item = try maker.item(1)
    var chain = try StationChain(of: "TT1")
    chain.record([maker.description(), maker.registration(item), maker.checkout(item)])
    try await host.enrol(chain)
    _ = try await host.registry.apply(chain.sealed())
    #expect(try await host.registry.overview().conflictCount == 0)
    let token = try #require(try await host.registry.borrower(of: item)).token
    try await host.registry.setBlocked(true, card: token, of: maker.library)
    chain.record([maker.renewal(item)])
    for _ in 1...2 { _ = try await host.registry.apply(chain.sealed()) }
    let found = try await host.registry.conflicts(ConflictFilter(), limit: 9).conflicts
    #expect(found.map(\.conflict.kind) == [.cardBlocked])
    #expect(found.first?.conflict.item?.item == item.text)
    #expect(try await host.registry.replayConflicts(by: "x").closed == 0)
    // What happened has happened: the item is renewed all the same.
    let due = try await host.registry.items(ItemSearch(text: item.text), limit: 1)
      .first?.held.holding.loan?.due
    #expect(due?.number == 20_724)
    try await host.registry.setBlocked(false, card: token, of: maker.library)
    #expect(try await host.registry.replayConflicts(by: "x").closed == 1)
    #expect(try await host.registry.verify().problems == [])
  }
}
