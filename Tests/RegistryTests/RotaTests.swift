import Exchange
import Labels
import Ledger
import Registry
import Rotation
import TestSupport
import Testing

@Suite("A host's rotas")
struct RotaTests {
  private static func rota(limit: Int = 2) throws -> Rota {
    try RotaText.rota(
      """
      rota R1
      libraries TT TT1
      set Truyện
        kinds TN
        stays
      stage 1 2026-2027/1
        send Truyện from TT1 to TT up to \(limit)
      """)
  }

  @Test("are kept with every revision, and the last one is told", arguments: StoreKind.allCases)
  func published(kind: StoreKind) async throws {
    let host = try await HostFixture(kind)
    let chain = try StationChain(of: "TT1")
    try await host.enrol(chain)
    let first = try await host.registry.publish(Self.rota(), because: "")
    await #expect(throws: AmendmentRefusal.noReason) {
      try await host.registry.publish(Self.rota(limit: 5), because: " ")
    }
    let second = try await host.registry.publish(Self.rota(limit: 5), because: "Thêm sách")
    #expect(first.revision == 1 && second.revision == 2)
    #expect(try await host.registry.rotas() == [first, second])
    var taker = FeedTaker(chain)
    try await taker.pull(host.registry)
    #expect(try taker.contents.contains(.rota(second)))
    #expect(try !taker.contents.contains(.rota(first)))
  }

  @Test("are refused where they contradict themselves, with each place named")
  func conflicts() async throws {
    let host = try HostFixture()
    var rota = try Self.rota()
    rota.libraries = [try LibraryCode("TT")]
    let library = try LibraryCode("TT1")
    await #expect(throws: AmendmentRefusal.conflicts([.unknownLibrary(library, stage: 1)])) {
      try await host.registry.publish(rota, because: "")
    }
    #expect(try await host.registry.rotas().isEmpty)
  }

  @Test("are planned from where the books are", arguments: StoreKind.allCases)
  func planned(kind: StoreKind) async throws {
    let host = try await HostFixture(kind)
    let maker = try FactMaker("TT1")
    var chain = try StationChain(of: "TT1")
    chain.record([maker.description()])
    for serial in 1...6 { chain.record([maker.registration(try maker.item(serial))]) }
    chain.record([maker.checkout(try maker.item(1))])
    try await host.enrol(chain)
    _ = try await host.registry.apply(chain.sealed())
    let (proposal, frame) = try await host.registry.plan(Self.rota()) { _ in 1 }
    #expect(proposal.moves.count == 3 && proposal.notFree == 1)
    let routes = proposal.routes(in: frame)
    #expect(routes.map(\.from.text) == ["TT1"] && routes.map(\.to.text) == ["TT"])
    #expect(routes.map(\.limit) == [3])
  }
}
