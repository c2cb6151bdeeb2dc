import Circulation
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

  @Test(
    "are planned by subject, without what was noted as damaged", arguments: StoreKind.allCases)
  func subjects(kind: StoreKind) async throws {
    let host = try await HostFixture(kind)
    let maker = try FactMaker("TT1")
    var chain = try StationChain(of: "TT1")
    guard case .recordDescribed(var record) = maker.description() else { return }
    record.subjects = try #require(Subjects(["Toán", "Hình học"]))
    chain.record([.recordDescribed(record)])
    let items = try (1...8).map { try maker.item($0) }
    chain.record(items.map(maker.registration))
    let box = try BoxNumber(library: LibraryCode("TT"), serial: 1)
    let move = ItemMove(item: items[2], from: .shelf(maker.library), to: maker.shelf, seen: 1)
    chain.record([
      .noted(ItemNote(item: items[0], condition: .damaged)),
      .noted(ItemNote(item: items[1], condition: .unusable)),
      .box(
        .received(
          BoxFinding(step: BoxStep(box: box, seal: 1), move: move, condition: .damaged))),
      .noted(ItemNote(item: items[3], condition: .damaged)),
      .noted(ItemNote(item: items[3], condition: .good)),
    ])
    try await host.enrol(chain)
    _ = try await host.registry.apply(chain.sealed())
    func proposal(_ subject: String, _ registry: GroupRegistry) async throws -> Proposal {
      let rota = try RotaText.rota(
        "rota R1\nlibraries TT TT1\nset A\n  subjects \(subject)\n  stays\n")
      return try await registry.plan(rota) { _ in 1 }.proposal
    }
    let found = try await proposal("TOÁN", host.registry)
    #expect(found.moves.count == 4 && found.damaged == 3)
    #expect(try await proposal("địa lý", host.registry).moves.isEmpty)

    // A host of the version before fills in what its events have noted.
    try HostStore.execute(HostStore.withoutLast + "DROP TABLE feed_addressees", in: host)
    try HostStore.execute("DROP TABLE item_conditions", in: host)
    try HostStore.execute("ALTER TABLE records DROP COLUMN subjects", in: host)
    try HostStore.execute(
      kind == .sqlite ? "PRAGMA user_version = 11" : "UPDATE host SET version = 8", in: host)
    let migrated = try await host.secondRegistry()
    let kinds = try RotaText.rota(
      "rota R1\nlibraries TT TT1\nset A\n  kinds \(record.kind.rawValue)\n  stays\n")
    #expect(try await migrated.plan(kinds) { _ in 1 }.proposal.damaged == 3)
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

  @Test(
    "say which stages have begun, and are changed there only where somebody says so",
    arguments: StoreKind.allCases)
  func begun(kind: StoreKind) async throws {
    let host = try await HostFixture(kind)
    let maker = try FactMaker("TT")
    var chain = try StationChain(of: "TT1")
    let stage = try #require(StageReference("R1/1"))
    let boxes = try (1...2).map { try BoxNumber(library: LibraryCode("TT1"), serial: $0) }
    let slips = try boxes.map { box in
      let item = try FactMaker("TT1").item(1)
      return try #require(
        maker.slip(of: item, in: BoxStep(box: box, seal: 1), stage: stage))
    }
    chain.record(slips.map { .box(.sealed($0)) })
    try await host.enrol(chain)
    _ = try await host.registry.publish(Self.rota(), because: "")
    _ = try await host.registry.apply(chain.sealed())
    let boxesNow = try await host.registry.stageBoxes(of: stage.rota)
    #expect(boxesNow.map(\.step.box) == boxes && boxesNow.allSatisfy { $0.stage == stage })

    let changed = try Self.rota(limit: 5)
    let begun = try await host.registry.begunStages(changedBy: changed)
    #expect(begun.map(\.number) == [1] && begun.map(\.boxCount) == [2])
    await #expect(throws: AmendmentRefusal.changesBegun(begun)) {
      try await host.registry.publish(changed, because: "Thêm")
    }
    #expect(
      AmendmentRefusal.changesBegun(begun).words(in: .english).contains("--although-begun"))
    let published = try await host.registry.publish(
      changed, because: "Thêm", althoughBegun: true)
    #expect(published.revision == 2)
    // The same again changes nothing of the stage.
    _ = try await host.registry.publish(changed, because: "Sửa chữ")
    var dropped = changed
    dropped.stages = []
    await #expect(throws: AmendmentRefusal.self) {
      try await host.registry.publish(dropped, because: "Bỏ")
    }
    // Boxes that were opened again have not travelled.
    chain.record(slips.map { .box(.reopened($0.step)) })
    _ = try await host.registry.apply(chain.sealed())
    #expect(try await host.registry.stageBoxes(of: stage.rota).isEmpty)
    _ = try await host.registry.publish(dropped, because: "Bỏ")
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
