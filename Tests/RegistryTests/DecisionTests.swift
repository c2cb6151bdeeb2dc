import Credentials
import Exchange
import Labels
import Ledger
import Registry
import Rotation
import TestSupport
import Testing

@Suite("Deciding conflicts")
struct DecisionTests {
  private let maker: FactMaker
  private let other: FactMaker
  private let coordinator: HostAccount

  init() throws {
    maker = try FactMaker("TT1")
    other = try FactMaker("TT")
    coordinator = HostAccount(name: try AccountName("dieu-phoi"), role: .coordinator)
  }

  /// An item that TT1 has lent and TT lends as well.
  private func lentTwice(_ kind: StoreKind) async throws -> (HostFixture, ConflictID) {
    let host = try await HostFixture(kind)
    let item = try maker.item(1)
    var lender = try StationChain(of: "TT1")
    lender.record([maker.description(), maker.registration(item), maker.checkout(item)])
    var finder = try StationChain(of: "TT")
    finder.record([other.checkout(item)])
    for chain in [lender, finder] {
      try await host.enrol(chain)
      _ = try await host.registry.apply(chain.sealed())
    }
    let (conflicts, count) = try await host.registry.conflicts(ConflictFilter(), limit: 10)
    #expect(count == 1)
    return (host, try #require(conflicts.first).conflict.id)
  }

  private func decide(
    _ id: ConflictID, _ ruling: Ruling, reason: String = "", expecting number: Int64 = 0,
    at host: HostFixture
  ) async throws -> Decision {
    try await host.registry.decide(
      id, ruling, reason: reason, expecting: number, by: coordinator)
  }

  @Test(
    "puts the item where the side that holds has it, and back again", arguments: StoreKind.allCases)
  func sides(kind: StoreKind) async throws {
    let (host, id) = try await lentTwice(kind)
    #expect(id.name == "on-loan-twice")
    #expect(try await host.registry.overview().balances == [.outside: -1, other.patron: 1])
    let first = try await decide(id, .booksHold, at: host)
    #expect(first.number == 1 && first.item == "TT1.TN.00001")
    #expect(try await host.registry.overview().balances == [.outside: -1, maker.patron: 1])
    let file = try #require(try await host.registry.conflictFile(id))
    #expect(file.listed.ruling == .booksHold && file.title == "Dế Mèn phiêu lưu ký")
    #expect(file.holding?.loan != nil && file.event?.station.text == "TT-1")
    #expect(file.earlier?.fact.name == "checkout")
    #expect(try await host.registry.conflicts(ConflictFilter(), limit: 9).count == 0)

    let second = try await decide(id, .reopened, expecting: 1, at: host)
    #expect(second.number == 2)
    #expect(try await host.registry.overview().balances == [.outside: -1, other.patron: 1])
    #expect(try await host.registry.overview().conflictCount == 1)
    #expect(try await host.registry.verify().problems == [])
    let decisions = try await host.registry.decisions(after: 1, limit: 10)
    #expect(decisions == [second])
    // Stations are told of the last one.
    let told = FeedContent.decision(
      FeedDecision(
        station: id.event.station, epoch: .first, sequence: 1, conflict: id.name,
        decision: "reopened"))
    let entry = try await host.store.read { try $0.feedEntry(told.name) }
    #expect(entry == told.entry)
  }

  @Test("is refused where nobody could follow it", arguments: StoreKind.allCases)
  func refusals(kind: StoreKind) async throws {
    let (host, id) = try await lentTwice(kind)
    await #expect(throws: DecisionError.reasonMissing) {
      try await decide(id, .dismissed, reason: "  ", at: host)
    }
    await #expect(throws: DecisionError.reasonTooLong) {
      try await decide(
        id, .dismissed, reason: String(repeating: "a", count: 301), at: host)
    }
    await #expect(throws: DecisionError.wrongRuling) {
      try await decide(id, .acceptedAsFound, at: host)
    }
    let unknown = ConflictID(event: id.event, name: "chain-fork")
    await #expect(throws: DecisionError.noSuchConflict) {
      try await decide(unknown, .dismissed, reason: "x", at: host)
    }
    #expect(try await host.registry.decisions(after: 0, limit: 10).isEmpty)
  }

  @Test(
    "twice by one person is once, and after another's is refused", arguments: StoreKind.allCases)
  func twice(kind: StoreKind) async throws {
    let (host, id) = try await lentTwice(kind)
    let first = try await decide(id, .dismissed, reason: "đã gọi điện", at: host)
    #expect(try await decide(id, .dismissed, reason: "đã gọi điện", at: host) == first)
    await #expect(throws: DecisionError.decidedMeanwhile) {
      try await decide(id, .booksHold, at: host)
    }
    #expect(try await host.registry.decisions(after: 0, limit: 10) == [first])
    let trail = try await host.registry.audit(limit: 10)
    #expect(trail.map(\.act) == [.decided])
    #expect(trail.map(\.account) == ["dieu-phoi"])
  }

  @Test("moves nothing once the item has gone on", arguments: StoreKind.allCases)
  func goneOn(kind: StoreKind) async throws {
    let (host, id) = try await lentTwice(kind)
    var finder = try StationChain(of: "TT1", epoch: try #require(Epoch(2)))
    finder.record([
      .checkin(ItemMove(item: try maker.item(1), from: other.patron, to: maker.shelf, seen: 2))
    ])
    try await host.enrol(finder)
    _ = try await host.registry.apply(finder.sealed())
    let before = try await host.registry.overview().balances
    _ = try await decide(id, .booksHold, at: host)
    #expect(try await host.registry.overview().balances == before)
    #expect(try await host.registry.verify().problems == [])
  }

  @Test("takes an item that nobody registered into the books", arguments: StoreKind.allCases)
  func acceptedAsFound(kind: StoreKind) async throws {
    let host = try await HostFixture(kind)
    var chain = try StationChain(of: "TT1")
    let item = try maker.item(9)
    chain.record([maker.checkout(item), maker.description(), maker.registration(item)])
    try await host.enrol(chain)
    _ = try await host.registry.apply(chain.sealed(0..<1))
    let id = try #require(
      try await host.registry.conflicts(ConflictFilter(), limit: 1).conflicts.first
    ).conflict.id
    _ = try await decide(id, .acceptedAsFound, at: host)
    #expect(try await host.registry.overview().balances == [.outside: -1, maker.patron: 1])
    // What comes at last gives it its title, and no second copy.
    _ = try await host.registry.apply(chain.sealed(1..<3))
    let found = try await host.registry.items(ItemSearch(text: item.text), limit: 5)
    #expect(found.map(\.title) == ["Dế Mèn phiêu lưu ký"])
    #expect(try await host.registry.verify().problems == [])
  }

  @Test("holds through an upgrade from a version that kept no acts", arguments: StoreKind.allCases)
  func upgraded(kind: StoreKind) async throws {
    let (host, id) = try await lentTwice(kind)
    _ = try await decide(id, .booksHold, at: host)
    var chain = try StationChain(of: "TT2")
    chain.record([try FactMaker("TT2").checkout(try maker.item(9))])
    try await host.enrol(chain)
    _ = try await host.registry.apply(chain.sealed())
    let unknown = try #require(
      try await host.registry.conflicts(ConflictFilter(), limit: 1).conflicts.first)
    _ = try await decide(unknown.conflict.id, .acceptedAsFound, at: host)
    let before = try await host.registry.overview().balances
    #expect(before[maker.patron] == 1 && before[.outside] == -2)
    try HostStore.execute(
      HostStore.withoutLast
        + (kind == .sqlite ? "PRAGMA user_version = 13" : "UPDATE host SET version = 10"), in: host)
    let upgraded = try await host.secondRegistry()
    #expect(try await upgraded.overview().balances == before)
    #expect(try await upgraded.verify().problems == [])
    #expect(try await upgraded.conflicts(ConflictFilter(), limit: 9).count == 0)
    // A decision that was taken back puts the item where the other side has it.
    _ = try await decide(id, .reopened, expecting: 1, at: host)
    #expect(try await upgraded.overview().balances[other.patron] == 1)
    #expect(try await upgraded.verify().problems == [])
  }

  @Test("is written down for ever", arguments: StoreKind.allCases, ["decisions", "audit"])
  func immutable(kind: StoreKind, table: String) async throws {
    let (host, id) = try await lentTwice(kind)
    _ = try await decide(id, .labelLost, at: host)
    for sql in ["UPDATE \(table) SET account = 'x'", "DELETE FROM \(table)"] {
      #expect(throws: (any Error).self) { try HostStore.execute(sql, in: host) }
    }
    #expect(try await host.registry.decisions(after: 0, limit: 2).map(\.account) == ["dieu-phoi"])
  }

  @Test("is filtered by state, kind and library, and leafed through", arguments: StoreKind.allCases)
  func filters(kind: StoreKind) async throws {
    let (host, id) = try await lentTwice(kind)
    var chain = try StationChain(of: "TT2")
    let third = try FactMaker("TT2")
    chain.record(try (1...5).map { third.checkout(try third.item($0)) })
    try await host.enrol(chain)
    _ = try await host.registry.apply(chain.sealed())
    _ = try await decide(id, .labelLost, at: host)
    func count(_ filter: ConflictFilter) async throws -> Int {
      try await host.registry.conflicts(filter, limit: 1).count
    }
    #expect(try await count(ConflictFilter()) == 5)
    #expect(try await count(ConflictFilter(state: .settled)) == 1)
    #expect(try await count(ConflictFilter(state: .all)) == 6)
    #expect(try await count(ConflictFilter(state: .all, library: "TT")) == 1)
    #expect(try await count(ConflictFilter(state: .all, library: "TT2")) == 5)
    #expect(try await count(ConflictFilter(kind: .onLoanTwice)) == 0)
    var seen: [Int64] = []
    for offset in stride(from: 0, to: 6, by: 2) {
      seen += try await host.registry.conflicts(ConflictFilter(), offset: offset, limit: 2)
        .conflicts.map(\.conflict.event.sequence)
    }
    #expect(seen.sorted() == [1, 2, 3, 4, 5])
  }
}

@Suite("Looking at conflicts once more")
struct ReplayTests {
  private let maker: FactMaker
  private let other: FactMaker

  init() throws {
    maker = try FactMaker("TT1")
    other = try FactMaker("TT")
  }

  @Test(
    "is not needed for an unknown item: what was done with it is done once it is registered",
    arguments: StoreKind.allCases)
  func lateRegistration(kind: StoreKind) async throws {
    let host = try await HostFixture(kind)
    let item = try other.item(1)
    var user = try StationChain(of: "TT1")
    user.record([
      maker.checkout(item, from: other.shelf), maker.checkin(item),
      maker.checkout(try other.item(2), from: other.shelf),
    ])
    var owner = try StationChain(of: "TT")
    owner.record([other.registration(item), other.registration(try other.item(3))])
    for chain in [user, owner] { try await host.enrol(chain) }
    _ = try await host.registry.apply(user.sealed())
    #expect(try await host.registry.replayConflicts(by: "x").closed == 0)
    #expect(try await host.registry.overview().conflictCount == 3)
    _ = try await host.registry.apply(owner.sealed())
    let balances = try await host.registry.overview().balances
    #expect(balances == [.outside: -2, maker.shelf: 1, other.shelf: 1])
    #expect(try await host.registry.overview().conflictCount == 1)
    #expect(try await host.registry.verify().problems == [])
    let decisions = try await host.registry.decisions(after: 0, limit: 9)
    #expect(decisions.map(\.ruling) == [.noLongerHolds, .noLongerHolds])
    #expect(Set(decisions.map(\.account)) == [Decision.hostItself])
    #expect(try await host.registry.replayConflicts(by: "dieu-phoi").closed == 0)
  }

  @Test("closes what a later act has settled", arguments: StoreKind.allCases)
  func laterAct(kind: StoreKind) async throws {
    let host = try await HostFixture(kind)
    let item = try maker.item(1)
    var lender = try StationChain(of: "TT1")
    lender.record([maker.registration(item), maker.checkout(item)])
    var finder = try StationChain(of: "TT")
    finder.record([
      other.checkout(item),
      .checkin(ItemMove(item: item, from: other.patron, to: other.shelf, seen: 2)),
    ])
    for chain in [lender, finder] { try await host.enrol(chain) }
    _ = try await host.registry.apply(lender.sealed())
    _ = try await host.registry.apply(finder.sealed(0..<1))
    #expect(try await host.registry.replayConflicts(by: "x").closed == 0)
    _ = try await host.registry.apply(finder.sealed(1..<2))
    #expect(try await host.registry.replayConflicts(by: "x").closed == 1)
    #expect(try await host.registry.overview().conflictCount == 0)
  }

  @Test("knows each kind by what was done and where the books had the item")
  func kinds() async throws {
    let host = try HostFixture()
    let items = try (1...4).map { try maker.item($0) }
    var home = try StationChain(of: "TT1")
    home.record(items.map { maker.registration($0) } + [maker.checkout(items[0])])
    let box = try BoxNumber(library: maker.library, serial: 1)
    let step = BoxStep(box: box, seal: 1)
    var away = try StationChain(of: "TT")
    away.record([
      other.checkout(items[0]),
      .checkin(ItemMove(item: items[1], from: other.patron, to: other.shelf, seen: 1)),
      .box(
        .received(
          BoxFinding(
            step: step,
            move: ItemMove(item: items[2], from: .box(box), to: other.shelf, seen: 1),
            condition: .good))),
      .lost(ItemMove(item: items[3], from: other.shelf, to: .missing(other.library), seen: 1)),
    ])
    for chain in [home, away] {
      try await host.enrol(chain)
      _ = try await host.registry.apply(chain.sealed())
    }
    let found = try await host.registry.conflicts(ConflictFilter(), limit: 9).conflicts
    let byNumber = found.map(\.conflict).sorted { $0.event.sequence < $1.event.sequence }
    #expect(
      byNumber.map(\.kind) == [
        .onLoanTwice, .returnedNotLent, .receivedNotSent, .movedFromElsewhere,
      ])
  }

  @Test(
    "notes an impossible clock once for each time that it begins, however batches are cut",
    arguments: StoreKind.allCases, [[6], [1, 5], [2, 1, 1, 2], [1, 1, 1, 1, 1, 1]])
  func clocks(kind: StoreKind, cuts: [Int]) async throws {
    let host = try await HostFixture(kind)
    var chain = try StationChain(of: "TT1")
    let now = HostFixture.nowMilliseconds
    // Right, flat battery twice, right, a year ahead twice.
    for wall in [now, 1_000, 2_000, now, now + 31_536_000_000, now + 31_536_000_001] {
      chain.record([maker.reading(1)], atWall: wall)
    }
    try await host.enrol(chain)
    var start = 0
    for cut in cuts {
      _ = try await host.registry.apply(chain.sealed(start..<(start + cut)))
      start += cut
    }
    let found = try await host.registry.conflicts(
      ConflictFilter(kind: .clockImpossible), limit: 9
    ).conflicts
    #expect(found.map(\.conflict.event.sequence).sorted() == [2, 5])
  }

  @Test("notes a fork for somebody to look at", arguments: StoreKind.allCases)
  func fork(kind: StoreKind) async throws {
    let host = try await HostFixture(kind)
    var chain = try StationChain(of: "TT1")
    chain.record([maker.reading(1), maker.reading(2)])
    var copy = try StationChain(of: "TT1", key: chain.key)
    copy.append(chain.events[0])
    copy.record([maker.reading(3)])
    try await host.enrol(chain)
    _ = try await host.registry.apply(chain.sealed())
    for _ in 1...2 {
      await #expect(throws: ExchangeError.fork(ours: chain.positions[2])) {
        try await host.registry.apply(copy.sealed())
      }
    }
    let found = try await host.registry.conflicts(ConflictFilter(), limit: 9).conflicts
    #expect(found.map(\.conflict.kind) == [.chainFork])
    #expect(found.map(\.conflict.event.sequence) == [2])
  }
}
