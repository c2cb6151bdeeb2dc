import Circulation
import Exchange
import Labels
import Ledger
import Registry
import TestSupport
import Testing

@Suite("Loans that were taken back")
struct UndoneLoanTests {
  private let maker: FactMaker

  init() throws {
    maker = try FactMaker("TT1")
  }

  private func undo(_ sequence: Int, _ item: ItemID, epoch: Int = 1) -> Fact {
    .undone(
      Undo(
        operation: OperationID(high: UInt64(epoch), low: UInt64(sequence)),
        subject: .item(
          ItemMove(item: item, from: maker.patron, to: maker.shelf, seen: 2), loan: nil)))
  }

  /// Two loans, of which the second is taken back, twice over.
  private func chain() throws -> StationChain {
    let items = try (1...2).map { try maker.item($0) }
    var chain = try StationChain(of: "TT1")
    chain.record([maker.description()] + items.map { maker.registration($0) })
    chain.record(items.map { maker.checkout($0) })
    chain.record([undo(5, items[1]), undo(5, items[1]), maker.reading(1)])
    return chain
  }

  private func loans(of host: HostFixture) async throws -> [String] {
    let days = SchoolDay(number: 20_000)...SchoolDay(number: 21_000)
    var rows: [String] = []
    for grouping in [UseGrouping.library, .kind, .schoolClass] {
      rows += try await host.registry.uses(.loans, by: grouping, UseFilter(days: days))
        .map { "\($0.key) \($0.count)" }
    }
    return rows
  }

  @Test(
    "are counted no more, once, however batches are cut and come again",
    arguments: StoreKind.allCases, [1, 3, 5, 8])
  func cuts(kind: StoreKind, batchSize: Int) async throws {
    let host = try await HostFixture(kind)
    let chain = try chain()
    try await host.enrol(chain)
    for start in stride(from: 0, to: chain.events.count, by: batchSize) {
      let range = start..<min(start + batchSize, chain.events.count)
      for _ in 1...2 { _ = try await host.registry.apply(chain.sealed(range)) }
    }
    _ = try await host.registry.apply(chain.sealed())
    #expect(try await loans(of: host) == ["TT1 1", "TN 1", "3B 1"])
    #expect(try await host.registry.verify().problems == [])
    _ = try await host.registry.replayConflicts(by: "x")
    #expect(try await loans(of: host) == ["TT1 1", "TN 1", "3B 1"])
  }

  @Test("are found in the epoch before", arguments: StoreKind.allCases)
  func epochs(kind: StoreKind) async throws {
    let host = try await HostFixture(kind)
    let item = try maker.item(1)
    var first = try StationChain(of: "TT1")
    first.record([maker.description(), maker.registration(item), maker.checkout(item)])
    // Others act on the item before it is taken back.
    let other = try FactMaker("TT")
    var elsewhere = try StationChain(of: "TT")
    elsewhere.record([other.renewal(item)])
    var second = try StationChain(of: "TT1", epoch: try #require(Epoch(2)))
    second.record([undo(3, item)])
    for chain in [first, elsewhere, second] {
      try await host.enrol(chain)
      _ = try await host.registry.apply(chain.sealed())
    }
    #expect(try await loans(of: host) == [])
    #expect(try await host.registry.verify().problems == [])
  }

  @Test(
    "leave the count under the kind that a title got later right", arguments: StoreKind.allCases)
  func describedLater(kind: StoreKind) async throws {
    let host = try await HostFixture(kind)
    let item = try maker.item(1)
    var chain = try StationChain(of: "TT1")
    chain.record([maker.registration(item), maker.checkout(item), maker.description()])
    chain.record([undo(2, item)])
    try await host.enrol(chain)
    for index in 0..<4 { _ = try await host.registry.apply(chain.sealed(index..<(index + 1))) }
    #expect(try await loans(of: host) == [])
  }

  @Test("are counted down in books of a version that did not", arguments: StoreKind.allCases)
  func migration(kind: StoreKind) async throws {
    let host = try await HostFixture(kind)
    let chain = try chain()
    try await host.enrol(chain)
    _ = try await host.registry.apply(chain.sealed())
    try HostStore.execute("UPDATE loans SET loans = 2", in: host)
    #expect(
      try await host.registry.verify().problems == [
        "loans of TT1: the table has 2, the events give 1"
      ])
    try HostStore.execute(
      "DROP TABLE undone_loans; DROP TABLE released; DROP TABLE policies; "
        + HostStore.withoutTerms + HostStore.withoutStages
        + (kind == .sqlite ? "PRAGMA user_version = 8" : "UPDATE host SET version = 5"),
      in: host)
    let registry = try await host.secondRegistry()
    #expect(try await loans(of: host) == ["TT1 1", "TN 1", "3B 1"])
    #expect(try await registry.verify().problems == [])
  }
}
