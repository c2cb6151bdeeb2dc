import Circulation
import Exchange
import Labels
import Ledger
import Registry
import TestSupport
import Testing

@Suite("What the coordinator asks of the books")
struct ReportTests {
  private let maker: FactMaker

  init() throws {
    maker = try FactMaker("TT1")
  }

  /// A host with three books, of which two were lent, and some readings.
  private func host(_ kind: StoreKind) async throws -> HostFixture {
    let host = try await HostFixture(kind)
    var chain = try StationChain(of: "TT1")
    chain.record(
      [maker.description()] + (try (1...3).map { maker.registration(try maker.item($0)) }))
    chain.record(try (1...2).map { maker.checkout(try maker.item($0)) } + [maker.reading(7)])
    try await host.enrol(chain)
    _ = try await host.registry.apply(chain.sealed())
    return host
  }

  private var days: ClosedRange<SchoolDay> {
    SchoolDay(number: 20_000)...SchoolDay(number: 21_000)
  }

  @Test("counts loans and readings by library, class, kind and day", arguments: StoreKind.allCases)
  func uses(kind: StoreKind) async throws {
    let host = try await host(kind)
    let filter = UseFilter(days: days)
    func rows(_ count: UseCount, _ grouping: UseGrouping) async throws -> [UseRow] {
      try await host.registry.uses(count, by: grouping, filter)
    }
    #expect(try await rows(.loans, .library) == [UseRow(key: "TT1", count: 2)])
    #expect(try await rows(.loans, .schoolClass) == [UseRow(key: "3B", count: 2)])
    #expect(try await rows(.loans, .kind) == [UseRow(key: "TN", count: 2)])
    #expect(try await rows(.readings, .kind) == [UseRow(key: "TN", count: 7)])
    #expect(try await rows(.readings, .day) == [UseRow(key: "20710", count: 7)])
    let elsewhere = UseFilter(days: days, library: "TT")
    #expect(try await host.registry.uses(.loans, by: .kind, elsewhere).isEmpty)
    let earlier = UseFilter(days: SchoolDay(number: 1)...SchoolDay(number: 2))
    #expect(try await host.registry.uses(.loans, by: .library, earlier).isEmpty)
    #expect(try await host.registry.overview().loans == [maker.library: 2])
  }

  @Test(
    "finds items by label, number, title without its marks, and place",
    arguments: StoreKind.allCases)
  func items(kind: StoreKind) async throws {
    let host = try await host(kind)
    func labels(_ text: String, _ place: Place? = nil) async throws -> [String] {
      try await host.registry.items(ItemSearch(text: text, place: place?.text), limit: 9)
        .map(\.held.holding.item.text)
    }
    let all = (1...3).map { "TT1.TN.0000\($0)" }
    #expect(try await labels("tt1.tn.00002") == [all[1]])
    #expect(try await labels("TN.00003") == [all[2]])
    #expect(try await labels("de men") == all)
    #expect(try await labels("Dế Mèn", maker.patron) == Array(all[..<2]))
    #expect(try await labels("", maker.shelf) == [all[2]])
    #expect(try await labels("100%_") == [])
    #expect(try await labels("'; DROP TABLE holdings; --") == [])
    let second = try await host.registry.items(ItemSearch(text: "de men"), offset: 1, limit: 1)
    #expect(second.map(\.held.holding.item.text) == [all[1]])
    #expect(second.map(\.title) == ["Dế Mèn phiêu lưu ký"])
  }

  private func contact(
    boot: UInt32 = 0xB007, monotonic: Int64, ahead: Int64 = 0, head: Int64, way: Int? = nil
  ) -> StationContact {
    StationContact(
      wallMilliseconds: HostFixture.nowMilliseconds + ahead, monotonicMilliseconds: monotonic,
      boot: boot, head: head, roundTripMilliseconds: way)
  }

  @Test(
    "tells when an event was by the host's clock, whatever the station's clock says",
    arguments: StoreKind.allCases)
  func intervals(kind: StoreKind) async throws {
    let host = try await HostFixture(kind)
    var chain = try StationChain(of: "TT1")
    chain.record([maker.reading(1), maker.reading(2)])
    try await host.enrol(chain)
    let event = EventReference(station: chain.station, epoch: .first, sequence: 1)
    _ = try await host.registry.apply(chain.sealed())
    #expect(try await host.registry.interval(of: event) == nil)
    // Ten seconds after the event by its own start's clock, an hour off by its wall.
    _ = try await host.registry.apply(
      chain.sealed(), contact: contact(monotonic: 10_001, ahead: 3_600_000, head: 5, way: 40))
    let interval = try #require(try await host.registry.interval(of: event))
    let time = HostFixture.nowMilliseconds - 10_000
    #expect(interval.earliest == time - 41 && interval.latest == time + 1)
    let overview = try await host.registry.overview()
    let kept = try #require(overview.contacts.first)
    #expect(kept.offsetMilliseconds == 3_600_000 && kept.told.head == 5)
  }

  @Test(
    "keeps the first and the last contact of each start of a machine", arguments: StoreKind.allCases
  )
  func contacts(kind: StoreKind) async throws {
    let host = try await HostFixture(kind)
    var chain = try StationChain(of: "TT1")
    chain.record([maker.reading(1)])
    try await host.enrol(chain)
    for step in 1...4 {
      let told = contact(
        boot: step < 4 ? 1 : 2, monotonic: Int64(step), head: Int64(step))
      _ = try await host.registry.apply(chain.sealed(), contact: told)
    }
    let kept = try HostStore.texts(
      of: "SELECT boot, contact, head FROM contacts ORDER BY boot, contact", in: host)
    #expect(kept == ["1 1 1", "1 2 3", "2 1 4"])
    // Of the start under which it was recorded nothing was heard; the contacts around it tell.
    let event = EventReference(station: chain.station, epoch: .first, sequence: 1)
    #expect(try await host.registry.interval(of: event) == nil)
  }

  @Test("keeps a group's members and each version of its agreement", arguments: StoreKind.allCases)
  func group(kind: StoreKind) async throws {
    let host = try await host(kind)
    try await host.registry.setMember(
      MemberChange(
        library: maker.library, name: "Tân Tập 1", shares: [.items, .records],
        audience: .everybody))
    for title in ["Thỏa thuận 2025", "Thỏa thuận 2026"] {
      try await host.registry.writeAgreement(
        title: title, body: "Điều 1.", inForce: SchoolDay(number: 20_700), by: "dieu-phoi")
    }
    try await host.registry.memberLeaves(maker.library, by: "dieu-phoi")
    try await host.registry.memberLeaves(maker.library, by: "dieu-phoi")
    let papers = try await host.registry.groupPapers(agreementLimit: 9)
    #expect(papers.name == HostFixture.groupName)
    #expect(papers.agreements.map(\.title) == ["Thỏa thuận 2026", "Thỏa thuận 2025"])
    #expect(papers.agreements.map(\.number) == [2, 1])
    let member = try #require(papers.members.first)
    #expect(member.leftMilliseconds == HostFixture.nowMilliseconds && member.shares.isEmpty)
    // What it reported has happened, and stays in the books.
    #expect(try await host.registry.overview().balances[maker.shelf] == 1)
    let trail = try await host.registry.audit(limit: 9).map(\.act)
    #expect(trail == [.memberLeft, .agreementWritten, .agreementWritten, .memberSet])
    await #expect(throws: RegistryError.noSuchMember(try LibraryCode("XX"))) {
      try await host.registry.memberLeaves(try LibraryCode("XX"))
    }
  }
}
