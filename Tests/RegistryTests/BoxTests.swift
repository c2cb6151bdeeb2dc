import Desk
import Exchange
import Journal
import Labels
import Ledger
import Registry
import Rotation
import TestSupport
import Testing

@Suite("Boxes at the host")
struct BoxTests {
  /// What a station has to say, as its chain in memory.
  private func chain(of site: BoxSite) async throws -> StationChain {
    let journal = site.journal
    let range = try await journal.events(
      after: .start(of: journal.station, epoch: .first), countLimit: 10_000, byteLimit: .max)
    var chain = try StationChain(of: site.library.text)
    for event in range.events { chain.append(event) }
    return chain
  }

  /// A box from TT by way of TT1, which refuses it, to TT2, which receives two of its three books
  /// and lends one; the third turns up at home.
  private func story() async throws -> (sites: [BoxSite], chains: [StationChain]) {
    let sites = try await BoxSite.group(["TT", "TT1", "TT2"])
    let (home, second, third) = (sites[0], sites[1], sites[2])
    let box = try home.box()
    let items = try (1...3).map { try home.item($0) }
    try await home.perform(.reportLost(item: items[0].label))
    try await home.perform(.reportFound(item: items[0].label))
    let codes = try await home.send(items, in: box, to: "TT1")
    try await second.read(codes)
    try await second.perform(.refuse(box: box))
    try await second.perform(.send(box: box, to: "TT2"))
    try await third.read(codes, acceptsOthers: true)
    try await third.receive(Array(items[..<2]), from: box)
    try await third.perform(.confirm(box: box))
    let card = try CardNumber(library: third.library, serial: 1).label
    try await third.perform(.checkout(item: items[0].label, card: card, overrideReason: nil))
    try await home.perform(.checkin(item: items[2].label))
    var chains: [StationChain] = []
    for site in sites { chains.append(try await chain(of: site)) }
    return (sites, chains)
  }

  @Test(
    "are where they are, and so are their books, in whatever order the batches come",
    arguments: StoreKind.allCases)
  func anyOrder(kind: StoreKind) async throws {
    let (sites, chains) = try await story()
    let (home, third) = (sites[0].library, sites[2].library)
    for order in [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]] {
      let host = try await HostFixture(kind, inMemory: true)
      for chain in chains { try await host.registry.enrol(chain.enrolment) }
      for index in order { _ = try await host.registry.apply(chains[index].sealed()) }
      let overview = try await host.registry.overview()
      #expect(
        overview.balances == [
          .outside: -30, .shelf(home): 8, .shelf(sites[1].library): 10, .shelf(third): 11,
          .patron(third): 1,
        ], "\(order)")
      #expect(overview.conflictCount == 0, "\(order)")
      let box = try #require(try await host.registry.boxes().first)
      #expect(box.state == .received && box.holder == third, "\(order)")
      #expect(try await host.registry.verify().problems == [], "\(order)")
    }
  }

  @Test(
    "keep the sum and end alike, cut into batches that come in any order",
    arguments: StoreKind.allCases, 0..<12)
  func interleaved(kind: StoreKind, seed: Int) async throws {
    var generator = SeededGenerator(seed: UInt64(4_000 + seed))
    let (_, chains) = try await story()
    let host = try await HostFixture(kind, inMemory: true)
    for chain in chains { try await host.registry.enrol(chain.enrolment) }
    var next = [0, 0, 0]
    while let index = next.indices.filter({ next[$0] < chains[$0].events.count })
      .randomElement(using: &generator)
    {
      let end = min(
        next[index] + Int.random(in: 1...5, using: &generator), chains[index].events.count)
      _ = try await host.registry.apply(chains[index].sealed(next[index]..<end))
      next[index] = end
      #expect(try await host.registry.overview().balances.values.reduce(0, +) == 0)
    }
    let box = try #require(try await host.registry.boxes().first)
    #expect(box.state == .received)
    let balances = try await host.registry.overview().balances
    #expect(balances[.patron(try LibraryCode("TT2"))] == 1)
    #expect(balances.keys.allSatisfy { $0.box == nil })
    #expect(try await host.registry.verify().problems == [])
  }

  @Test(
    "on a new trip are not held back by what was said of an earlier one",
    arguments: StoreKind.allCases)
  func nextTrip(kind: StoreKind) async throws {
    let sites = try await BoxSite.group(["TT", "TT1"])
    let box = try sites[0].box()
    let items = [try sites[0].item(1)]
    try await sites[1].read(try await sites[0].send(items, in: box, to: "TT1"))
    try await sites[1].receive(items, from: box)
    try await sites[1].perform(.confirm(box: box))
    _ = try await sites[0].send([try sites[0].item(2)], in: box, to: "TT1")
    let chains = [try await chain(of: sites[0]), try await chain(of: sites[1])]
    for order in [[0, 1], [1, 0]] {
      let host = try await HostFixture(kind, inMemory: true)
      for chain in chains { try await host.registry.enrol(chain.enrolment) }
      for index in order { _ = try await host.registry.apply(chains[index].sealed()) }
      let found = try #require(try await host.registry.boxes().first)
      #expect(found.state == .dispatched && found.destination == sites[1].library)
      #expect(found.holder == nil)
    }
  }
}
