import Circulation
import Exchange
import Labels
import Ledger
import Registry
import Rotation
import TestSupport
import Testing

/// Libraries `TT` and `TT1`, a book each, that close a term at a host.
struct ClosingGroup {
  let term: Term
  let makers: [FactMaker]
  var chains: [StationChain]

  init() throws {
    term = try #require(Term("2026-2027/1"))
    makers = try ["TT", "TT1", "TT2"].map { try FactMaker($0) }
    chains = try ["TT", "TT1", "TT2"].map { try StationChain(of: $0) }
    for index in 0...1 {
      chains[index].record([makers[index].registration(try makers[index].item(1))])
    }
  }

  /// Early in the second term, by a station's clock.
  static let later: Int64 = 1_803_000_000_000

  /// A host with these libraries' events.
  func host(_ kind: StoreKind = .sqlite, _ stations: [Int] = [0, 1]) async throws -> HostFixture {
    let host = try await HostFixture(kind, inMemory: true)
    for index in stations {
      try await host.enrol(chains[index])
      if !chains[index].events.isEmpty {
        _ = try await host.registry.apply(chains[index].sealed())
      }
    }
    return host
  }

  /// The same books after the time in which something might come of a station that was left out.
  func muchLater(_ host: HostFixture) -> GroupRegistry {
    GroupRegistry(
      store: host.store, key: SigningKey(), nowMilliseconds: { Self.later + 90 * 86_400_000 })
  }

  mutating func closeBoth() throws {
    for index in 0...1 { try chains[index].close(term) }
  }
}

@Suite("A term that is closed over the group")
struct GroupClosingTests {
  private var group: ClosingGroup

  init() throws {
    group = try ClosingGroup()
  }

  @Test(
    "keeps its text and hash whatever comes later, and says what deviates",
    arguments: StoreKind.allCases)
  mutating func kept(kind: StoreKind) async throws {
    try group.closeBoth()
    let host = try await group.host(kind)
    let first = try await host.registry.reconciliation(of: group.term)
    let kept = try #require(first.closing)
    #expect(try first.closingText() == kept.text && kept.hash == StatementHash(of: kept.text))
    #expect(kept.keptMilliseconds == HostFixture.nowMilliseconds)
    #expect(first.closingDeviation == nil)
    // A library that was there, and that nobody knew of.
    group.chains[2].record([group.makers[2].registration(try group.makers[2].item(1))])
    try await host.enrol(group.chains[2])
    _ = try await host.registry.apply(group.chains[2].sealed())
    for registry in [host.registry, try await host.secondRegistry()] {
      let later = try await registry.reconciliation(of: group.term)
      #expect(later.closing == kept)
      #expect(try later.closingText() == kept.text)
      let deviation = try #require(later.closingDeviation)
      #expect(deviation.waitingFor == [group.makers[2].library])
      #expect(deviation.new.contains("library TT2"))
      #expect(deviation.new.contains("row TT2 TN TT2 0 0 1 0 0 0 0 1 0"))
      #expect(deviation.gone == ["heading not-known-yet 0"] && deviation.goneCount == 1)
    }
    let trail = try await host.registry.audit(limit: 9).filter { $0.act == .termClosed }
    #expect(trail.map(\.subject) == ["2026-2027/1"])
    #expect(trail.map(\.detail) == [kept.hash.description])
    #expect(try await host.registry.verify().problems == [])
  }

  @Test(
    "is kept once by two processes that read it at the same moment",
    arguments: StoreKind.allCases)
  mutating func twoProcesses(kind: StoreKind) async throws {
    try group.closeBoth()
    let host = try await group.host(kind)
    let other = try await host.secondRegistry()
    let term = group.term
    async let here = host.registry.reconciliation(of: term).closing
    async let there = other.reconciliation(of: term).closing
    let (one, two) = (try await here, try await there)
    #expect(one != nil && one == two)
    #expect(
      try HostStore.texts(of: "SELECT act FROM audit WHERE act = 'term-closed'", in: host).count
        == 1)
  }

  @Test("can't be rewritten", arguments: StoreKind.guardingEvents)
  mutating func immutable(kind: StoreKind) async throws {
    try group.closeBoth()
    let host = try await group.host(kind)
    _ = try await host.registry.reconciliation(of: group.term)
    for sql in ["UPDATE group_closings SET text = ''", "DELETE FROM group_closings"] {
      #expect(throws: (any Error).self) { try HostStore.execute(sql, in: host) }
    }
  }

  @Test("is not kept while nobody has closed it, or not everybody")
  mutating func notYet() async throws {
    let empty = try await group.host(.sqlite, [])
    let nothing = try await empty.registry.reconciliation(of: group.term)
    #expect(nothing.closingHash == nil)
    #expect(throws: ClosingRefusal.nothingClosed) { try nothing.closingText() }
    try group.chains[0].close(group.term)
    let host = try await group.host()
    let part = try await host.registry.reconciliation(of: group.term)
    #expect(part.closingHash == nil)
    #expect(throws: ClosingRefusal.waitingFor([group.makers[1].library])) {
      try part.closingText()
    }
  }

  @Test(
    "neither names nor waits for a library that began after the term",
    arguments: StoreKind.allCases)
  mutating func begunLater(kind: StoreKind) async throws {
    try group.closeBoth()
    let early = try await group.host(kind)
    let before = try await early.registry.reconciliation(of: group.term)
    group.chains[2].record(
      [group.makers[2].registration(try group.makers[2].item(1))], atWall: ClosingGroup.later)
    let host = try await group.host(kind, [2, 1, 0])
    let unsure = try await host.registry.reconciliation(of: group.term)
    // Its own clock alone says so.
    let end = try #require(unsure.openUntil)
    #expect(
      unsure.closingObstacle == .mayStillCome([group.makers[2].library], until: end))
    let sum = try await group.muchLater(host).reconciliation(of: group.term)
    #expect(sum.reconciliation.waitingFor == [] && sum.openUntil == nil)
    #expect(try sum.closingText() == before.closingText())
    let day = SchoolDay(unixMilliseconds: ClosingGroup.later)
    #expect(sum.leftOut.map(\.station) == [group.chains[2].station])
    #expect(sum.leftOut.map(\.reason) == [.begunLater(day)])
    let next = try await host.registry.reconciliation(of: Term("2026-2027/2"))
    #expect(next.reconciliation.waitingFor == group.makers.map(\.library))
    #expect(next.leftOut == [])
  }

  @Test("waits for a library whose clock alone says that it began later")
  mutating func wrongClock() async throws {
    try group.closeBoth()
    group.chains[2].record([group.makers[2].reading(1)], atWall: ClosingGroup.later)
    let host = try await group.host()
    try await host.enrol(group.chains[2])
    let contact = StationContact(
      wallMilliseconds: ClosingGroup.later, monotonicMilliseconds: 10, boot: 0xB007, head: 1,
      roundTripMilliseconds: 1)
    _ = try await host.registry.apply(group.chains[2].sealed(), contact: contact)
    let sum = try await host.registry.reconciliation(of: group.term)
    #expect(sum.reconciliation.waitingFor == [group.makers[2].library])
    #expect(sum.leftOut == [])
  }

  @Test("does not wait for a station that was revoked, until another machine takes its place")
  mutating func revoked() async throws {
    try group.chains[0].close(group.term)
    let host = try await group.host()
    let station = group.chains[1].station
    _ = try await host.registry.revoke(station)
    let open = try await host.registry.reconciliation(of: group.term)
    #expect(open.closing == nil && open.reconciliation.waitingFor == [])
    #expect(throws: ClosingRefusal.self) { try open.closingText() }
    let sum = try await group.muchLater(host).reconciliation(of: group.term)
    #expect(sum.reconciliation.waitingFor == [] && sum.closing != nil)
    #expect(sum.leftOut.map(\.station) == [station] && sum.leftOut.map(\.reason) == [.revoked])
    // Its books are in the sum, though nobody has counted them.
    #expect(sum.reconciliation.headings == [.present: 1, .handedOver: 1])
    let successor = try StationChain(of: "TT1", epoch: #require(Epoch.first.next))
    try await host.enrol(successor)
    let waiting = try await host.registry.reconciliation(of: group.term)
    #expect(waiting.reconciliation.waitingFor == [group.makers[1].library])
    #expect(waiting.leftOut == [] && waiting.closing == sum.closing)
    #expect(waiting.closingDeviation?.waitingFor == [group.makers[1].library])
  }

  @Test("has what a station closed before it was revoked")
  mutating func revokedAfterClosing() async throws {
    try group.closeBoth()
    let host = try await group.host()
    _ = try await host.registry.revoke(group.chains[1].station)
    let sum = try await host.registry.reconciliation(of: group.term)
    #expect(sum.leftOut == [] && sum.reconciliation.headings == [.present: 2])
  }

  @Test(
    "holds each of two stations against its own part, whether or not one counted what one packed",
    arguments: [false, true])
  mutating func twoStations(isCounted: Bool) async throws {
    let (maker, library) = (group.makers[0], group.makers[0].library)
    func row(_ numbers: [Int]) -> [TermStatement.Row] {
      [TermStatement.Row(kind: .children, home: library, numbers: numbers)]
    }
    var second = try StationChain(of: "TT", number: 2)
    let box = try BoxNumber(library: library, serial: 1)
    // A book of its own, and one that the other station has registered.
    second.record([maker.registration(try maker.item(2))])
    let pack = ItemMove(item: try maker.item(1), from: maker.shelf, to: .box(box), seen: 1)
    second.record([.box(.packed(pack))])
    let missing = TermStatement.Open(
      try maker.item(1), .missing, since: group.term, at: library)
    try group.chains[0].close(
      group.term, rows: row([0, 0, 1, 0, 0, 0, 0, 1, isCounted ? 1 : 0]),
      open: isCounted ? [] : [missing])
    try second.close(group.term, rows: row([0, 0, 1, 0, 0, 0, 0, 1, 1]))
    try group.chains[1].close(
      group.term,
      rows: [
        TermStatement.Row(
          kind: .children, home: group.makers[1].library, numbers: [0, 0, 1, 0, 0, 0, 0, 1, 1])
      ])
    let host = try await group.host()
    try await host.enrol(second)
    _ = try await host.registry.apply(second.sealed())
    let sum = try await host.registry.reconciliation(of: group.term)
    #expect(sum.statements.map(\.station.text) == ["TT-1", "TT-2", "TT1-1"])
    #expect(sum.statements.map(\.deviations) == [[], [], []])
    #expect(sum.reconciliation.headings == [.present: 2, .onTheWay: 1])
  }

  @Test("tells of a station's statement that is not what its own events give")
  mutating func dishonest() async throws {
    let library = group.makers[0].library
    let row = TermStatement.Row(
      kind: .children, home: library, numbers: [0, 0, 2, 0, 0, 0, 0, 2, 2])
    var second = try StationChain(of: "TT", number: 2)
    second.record([group.makers[0].reading(1)])
    try group.chains[0].close(group.term, rows: [row])
    try second.close(group.term)
    let host = try await group.host(.sqlite, [0])
    try await host.enrol(second)
    _ = try await host.registry.apply(second.sealed())
    let sum = try await host.registry.reconciliation(of: group.term)
    #expect(sum.statements.map(\.deviations.count) == [3, 0])
    #expect(sum.statements[0].deviations.map(\.column) == [2, 7, 8])
  }

  @Test("is added up once for all who ask at the same time, and anew once something has come")
  mutating func singleFlight() async throws {
    try group.closeBoth()
    let host = try await group.host()
    let store = WatchedStore(host.store)
    let registry = GroupRegistry(store: store, key: host.key)
    let term = group.term
    try await withThrowingTaskGroup(of: StatementHash?.self) { tasks in
      for _ in 1...8 {
        tasks.addTask { try await registry.reconciliation(of: term).closingHash }
      }
      for try await hash in tasks { #expect(hash != nil) }
    }
    // Each looks how the books stand; one adds up.
    #expect(store.reads == 8 + 1)
    group.chains[0].record([group.makers[0].reading(1)])
    _ = try await host.registry.apply(group.chains[0].sealed())
    _ = try await registry.reconciliation(of: term)
    #expect(store.reads == 9 + 2)
  }

  @Test("is read on a full disk too, and kept once there is room")
  mutating func fullDisk() async throws {
    try group.closeBoth()
    let host = try await group.host()
    let store = WatchedStore(host.store)
    let registry = GroupRegistry(store: store, key: host.key)
    store.isFull = true
    let sum = try await registry.reconciliation(of: group.term)
    #expect(sum.closingObstacle == .notKept && sum.closingHash == nil)
    #expect(sum.reconciliation.headings == [.present: 2])
    #expect(throws: ClosingRefusal.notKept) { try sum.closingText() }
    store.isFull = false
    let kept = try await registry.reconciliation(of: group.term)
    #expect(kept.closingObstacle == nil && kept.closingHash != nil)
  }

  @Test("says in what was closed how many differences no list has room for")
  mutating func unlisted() async throws {
    let through = EventMark(epoch: .first, sequence: 100_000)
    try group.chains[0].close(group.term, through: through)
    try group.chains[1].close(group.term)
    let host = try await group.host()
    try await host.sendAway(20_005, of: group.makers[0].library)
    let sum = try await host.registry.reconciliation(of: group.term)
    #expect(sum.differences.count == 20_000 && sum.reconciliation.unlistedCount == 5)
    #expect(try sum.closingText().contains("\nunlisted 5 more to look into; see each library's"))
    #expect(ClosingLines(try sum.closingText()).unlistedCount == 5)
    #expect(sum.unlistedWords(in: .english)?.hasPrefix("Not listed here: 5 more") == true)
    #expect(sum.unlistedWords(in: .vietnamese)?.hasPrefix("Còn 5 bản") == true)
  }

  @Test("reads its own lines again")
  mutating func lines() async throws {
    let item = try group.makers[0].item(1)
    try group.chains[0].close(
      group.term,
      open: [
        TermStatement.Open(item, .missing, since: group.term, at: group.makers[0].library)
      ])
    try group.chains[1].close(group.term)
    let host = try await group.host()
    let sum = try await host.registry.reconciliation(of: group.term)
    let lines = ClosingLines(try sum.closingText())
    #expect(lines.libraries == [group.makers[0].library, group.makers[1].library])
    #expect(lines.rows.map(\.numbers) == sum.reconciliation.rows.map(\.columns))
    #expect(lines.headings.filter { $0.value > 0 } == [.present: 1, .missing: 1])
    #expect(lines.open.map(\.item) == [item] && lines.open.first?.heading == .missing)
    #expect(lines.open.first?.library == group.makers[0].library)
  }

  @Test("is there for books of the version before", arguments: StoreKind.allCases)
  mutating func migration(kind: StoreKind) async throws {
    let key = SigningKey()
    try group.chains[0].close(group.term, signing: key)
    try group.chains[1].close(group.term)
    let host = try await group.host(kind)
    _ = try await FeedTaker(group.chains[0], slipKey: key).ask(host.registry)
    let before = try await host.registry.reconciliation(of: group.term)
    try HostStore.execute(
      HostStore.withoutLast
        + (kind == .sqlite ? "PRAGMA user_version = 13" : "UPDATE host SET version = 10"), in: host)
    let after = try await host.secondRegistry().reconciliation(of: group.term)
    #expect(after.closing == before.closing && after.closing != nil)
    #expect(after.statements.map(\.ownSignature) == [.valid, .unknownLibrary])
  }
}

@Suite("Signatures under a closed term")
struct StatementSignatureTests {
  @Test(
    "are held against the keys that stations told the host of", arguments: StoreKind.allCases)
  func verdicts(kind: StoreKind) async throws {
    var group = try ClosingGroup()
    let keys = (0..<3).map { _ in SigningKey() }
    let libraries = group.makers.map(\.library)
    let hash = try group.chains[0].close(group.term, signing: keys[0])
    // The second library's is good, the third one's forged; nobody knows a key of the fourth.
    try group.chains[0].tell(of: hash, signedBy: libraries[1], with: keys[1])
    try group.chains[0].tell(of: hash, signedBy: libraries[2], with: keys[0])
    try group.chains[0].tell(of: hash, signedBy: LibraryCode("TT3"), with: keys[2])
    try group.chains[1].close(group.term, signing: keys[0])
    let host = try await group.host(kind, [0, 1, 2])
    for (chain, key) in zip(group.chains, keys) {
      _ = try await FeedTaker(chain, slipKey: key).ask(host.registry)
    }
    let statements = try await host.registry.reconciliation(of: group.term).statements
    #expect(statements.map(\.ownSignature) == [.valid, .wrong])
    #expect(statements[0].signatures.map(\.library.text) == ["TT1", "TT2", "TT3"])
    #expect(statements[0].signatures.map(\.verdict) == [.valid, .wrong, .unknownLibrary])
    #expect(statements[1].signatures.isEmpty)
    // A new machine brings a new key; what the old one signed stays signed.
    _ = try await FeedTaker(group.chains[1], slipKey: SigningKey()).ask(host.registry)
    let later = try await host.registry.reconciliation(of: group.term).statements
    #expect(later[0].signatures.map(\.verdict) == [.valid, .wrong, .unknownLibrary])
  }

  @Test("are good where the signer tells so, whatever another one told before")
  func bestWins() async throws {
    var group = try ClosingGroup()
    let keys = (0..<2).map { _ in SigningKey() }
    let signer = group.makers[1].library
    let hash = try group.chains[0].close(group.term, signing: keys[0])
    try group.chains[0].tell(of: hash, signedBy: signer, with: keys[0])
    try group.chains[1].tell(of: hash, signedBy: signer, with: keys[1])
    let host = try await group.host()
    _ = try await FeedTaker(group.chains[1], slipKey: keys[1]).ask(host.registry)
    let statements = try await host.registry.reconciliation(of: group.term).statements
    #expect(statements.flatMap(\.signatures).map(\.verdict) == [.valid])
  }

  @Test("are kept with the last keys of a library, however many it has had")
  func manyKeys() async throws {
    let group = try ClosingGroup()
    let host = try await group.host()
    for _ in 0..<(SlipKeyring.mostKeysOfLibrary + 3) {
      _ = try await FeedTaker(group.chains[0]).ask(host.registry)
    }
    #expect(
      try HostStore.texts(of: "SELECT library FROM slip_keys", in: host).count
        == SlipKeyring.mostKeysOfLibrary)
    #expect(try await host.registry.reconciliation(of: group.term).statements.isEmpty)
  }
}

@Suite("Verifying what terms are added up from")
struct TermVerificationTests {
  /// A host at which a book has travelled, and both libraries have closed the term and signed.
  private func host(_ kind: StoreKind) async throws -> HostFixture {
    var group = try ClosingGroup()
    let item = try group.makers[0].item(1)
    let box = try BoxNumber(library: group.makers[0].library, serial: 1)
    let route = BoxRoute(
      step: BoxStep(box: box, seal: 0), from: group.makers[0].library,
      to: group.makers[1].library)
    let pack = ItemMove(item: item, from: group.makers[0].shelf, to: .box(box), seen: 1)
    group.chains[0].record([.box(.opened(route)), .box(.packed(pack))])
    let hash = try group.chains[0].close(group.term)
    try group.chains[1].close(group.term)
    try group.chains[1].tell(of: hash, signedBy: group.makers[1].library, with: SigningKey())
    let host = try await group.host(kind)
    _ = try await host.registry.reconciliation(of: group.term)
    return host
  }

  @Test("passes what events give, and what was closed", arguments: StoreKind.allCases)
  func passes(kind: StoreKind) async throws {
    let host = try await host(kind)
    #expect(try await host.registry.verify().problems == [])
  }

  @Test(
    "names the row that is not what an event gives", arguments: StoreKind.allCases,
    [
      (
        "UPDATE movements SET at = 'TT1' WHERE step = 3",
        "movements TT-1/1.3: the row is another than the event gives"
      ),
      (
        "DELETE FROM movements WHERE step = 3",
        "movements TT-1/1.3: the row that the event gives is missing"
      ),
      (
        """
        INSERT INTO movements (library, accession, number, station, epoch, sequence, wall, step, at)
        VALUES ('TT', 'TN.00009', 1, 'TT-1', 1, 99, 0, 1, 'TT')
        """, "movements TT-1/1.99: no event gives this row"
      ),
      ("UPDATE movements SET station = 'x' WHERE step = 3", "movements"),
      (
        "UPDATE box_routings SET destination = 'TT2'",
        "box_routings TT-1/1.2: the row is another than the event gives"
      ),
      (
        "DELETE FROM box_routings",
        "box_routings TT-1/1.2: the row that the event gives is missing"
      ),
      ("UPDATE closings SET semester = 2 WHERE station = 'TT-1'", "closings TT "),
      ("DELETE FROM closings WHERE station = 'TT1-1'", "closings TT1 "),
      ("UPDATE statement_parts SET text = 'x' WHERE library = 'TT'", "statement_parts TT "),
      ("DELETE FROM statement_parts WHERE library = 'TT1'", "statement_parts TT1 "),
      ("UPDATE signatures SET signature = zeroblob(64)", "signatures TT1 "),
      ("DELETE FROM signatures", "signatures TT1 "),
    ])
  func damage(kind: StoreKind, change: (sql: String, problem: String)) async throws {
    let host = try await host(kind)
    try HostStore.execute(change.sql, in: host)
    let problems = try await host.registry.verify().problems
    #expect(problems.contains { $0.contains(change.problem) }, "\(problems)")
  }

  @Test("names a term whose closing was rewritten")
  func rewritten() async throws {
    let host = try await host(.sqlite)
    try HostStore.execute(
      """
      DROP TRIGGER group_closings_are_not_changed;
      UPDATE group_closings SET text = replace(text, 'row TT ', 'row XX ')
      """, in: host)
    let problems = try await host.registry.verify().problems
    #expect(problems.map { $0.prefix(29) } == ["group_closings 2026-2027/1: t"], "\(problems)")
  }
}
