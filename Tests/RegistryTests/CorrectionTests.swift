import Circulation
import Exchange
import Ledger
import Registry
import TestSupport
import Testing

@Suite("Facts that put others right, at the host")
struct CorrectionTests {
  private let maker: FactMaker

  init() throws {
    maker = try FactMaker("TT1")
  }

  @Test(
    "undoes acts and readings, in one batch or over several", arguments: StoreKind.allCases,
    [1, 2, 9])
  func undone(kind: StoreKind, batchSize: Int) async throws {
    let host = try await HostFixture(kind)
    var chain = try StationChain(of: "TT1")
    let item = try maker.item(1)
    let reading = OnSiteReading(
      day: SchoolDay(number: 20_710), kind: .children, schoolClass: SchoolClass("3B"), count: 4)
    let back = ItemMove(item: item, from: maker.patron, to: maker.shelf, seen: 2)
    chain.record([
      maker.description(), maker.registration(item), maker.checkout(item),
      .undone(
        Undo(
          operation: OperationID(high: 1, low: 3), subject: .item(back, loan: nil))),
      .onSiteReading(reading), .onSiteReading(reading),
      .undone(Undo(operation: OperationID(high: 1, low: 5), subject: .reading(reading))),
      .undone(Undo(operation: OperationID(high: 1, low: 6), subject: .reading(reading))),
      .noted(ItemNote(item: item, condition: .damaged)),
    ])
    try await host.enrol(chain)
    for start in stride(from: 0, to: chain.events.count, by: batchSize) {
      let end = min(start + batchSize, chain.events.count)
      let receipt = try await host.registry.apply(chain.sealed(start..<end)).receipt
      #expect(receipt.newCount == end - start)
    }
    #expect(try await host.registry.verify().problems == [])
    #expect(try HostStore.rows(of: host, in: ["readings"])["readings"] == [])
    #expect(try await host.registry.overview().conflicts.isEmpty)
  }

  @Test(
    "moves an item that another library has to where it was found, and lists the conflict",
    arguments: StoreKind.allCases)
  func discovered(kind: StoreKind) async throws {
    let host = try await HostFixture(kind)
    var home = try StationChain(of: "TT1")
    home.record([maker.description(), maker.registration(try maker.item(1))])
    var finder = try StationChain(of: "TT")
    let other = try FactMaker("TT")
    finder.record(
      [
        .discovered(Discovery(item: try maker.item(1), library: other.library)),
        .discovered(Discovery(item: try other.item(5), library: other.library)),
      ], atWall: HostFixture.nowMilliseconds)
    for chain in [home, finder] {
      try await host.enrol(chain)
      _ = try await host.registry.apply(chain.sealed())
    }
    let overview = try await host.registry.overview()
    #expect(overview.balances[other.shelf] == 2)
    #expect(overview.conflicts.map(\.name) == ["moved-from-elsewhere"])
    #expect(try await host.registry.verify().problems == [])
  }
}
