import Exchange
import Journal
import Labels
import Ledger
import Registry
import StationServer
import TestSupport
import Testing

@testable import HostServer

@Suite("The exchange on a stick")
struct StickTests {
  private let host: HostFixture
  private let station: Machine
  private let maker: FactMaker

  init() async throws {
    host = try HostFixture()
    station = try Machine("TT1")
    maker = try FactMaker("TT1")
    try await station.enrol(at: host)
    try await station.record([maker.description(), maker.registration(try maker.item(1))])
  }

  private var stick: StickExchange { StickExchange(journal: station.journal) }

  private func letter(again: Bool = false) async throws -> [UInt8] {
    try await stick.trust(host.registry.stickKey)
    return try await stick.letter(again: again).bytes
  }

  private func take(_ reply: [UInt8]) async throws -> StickExchange.Taken {
    try await stick.take(reply, pinning: host.registry.verifyingKey)
  }

  @Test("needs the host's key, which comes with the enrolment, so that no network need follow")
  func key() async throws {
    let stranger = try Machine("TT2")
    await #expect(throws: UplinkError.noStickKey) {
      try await StickExchange(journal: stranger.journal).letter()
    }
    let letter = try await stick.letter()
    #expect(letter.eventCount == 2 && letter.leftCount == 0)
    #expect(try await host.registry.answer(letter.bytes).station == station.journal.station)
  }

  @Test("has everything acknowledged and the group's news taken in, without a network")
  func roundTrip() async throws {
    let other = try StationChain(of: "TT")
    try await host.registry.enrol(other.enrolment)
    try await host.store.write { books in
      try books.publish([.slipKey([UInt8](repeating: 9, count: 32), of: other.station)])
    }
    let outcome = try await host.registry.answer(try await letter())
    #expect(outcome.newCount == 2 && outcome.knownCount == 0 && outcome.refusal == nil)
    let taken = try await take(outcome.reply)
    #expect(taken.receiptCount == 1 && taken.feedCount == outcome.feedCount)
    #expect(try await station.journal.pendingCount() == 0)
    #expect(try await station.told() == host.told())
    #expect(try await station.journal.verify().problems == [])
    #expect(try await host.registry.verify().problems == [])
  }

  @Test("brings what others share, and takes back what they share no more")
  func sharing() async throws {
    let other = try FactMaker("TT")
    var chain = try StationChain(of: "TT")
    chain.record([other.description(), other.registration(try other.item(1))])
    try await host.registry.enrol(chain.enrolment)
    _ = try await host.registry.apply(chain.sealed())
    let all: Set = [FeedKind.record, FeedKind.item]
    let steps: [(Set<SharedThing>?, Set<Int>)] = [
      (nil, all), ([.records], [FeedKind.record]), ([], []), ([.records, .items], all),
    ]
    for (shares, expected) in steps {
      if let shares {
        try await host.registry.setMember(
          MemberChange(library: other.library, name: "x", shares: shares, audience: .group))
      }
      _ = try await take(try await host.registry.answer(try await letter()).reply)
      let told = try await station.told().filter { $0.name.library == other.library }
      #expect(Set(told.map(\.name.kind)) == expected)
    }
    #expect(try await station.journal.verify().problems == [])
  }

  @Test("gives the same result whatever comes twice, late or in another order")
  func anyOrder() async throws {
    let first = try await letter()
    try await station.record([maker.checkout(try maker.item(1))])
    let second = try await letter()
    let replies = [
      try await host.registry.answer(second).reply, try await host.registry.answer(first).reply,
      try await host.registry.answer(second).reply,
    ]
    for index in [2, 0, 1, 2, 1] { _ = try await take(replies[index]) }
    #expect(try await station.journal.pendingCount() == 0)
    #expect(try await host.operations().count == 3)
    #expect(try await host.registry.verify().problems == [])
    #expect(try await station.told() == host.told())
    #expect(try await take(replies[0]).oldPageCount == 1)
    // A network in between changes nothing either.
    #expect(try await station.pass(to: host).feedCount == 0)
    #expect(try await take(replies[2]).feedCount == 0)
  }

  @Test("tells a station that its host was restored, and brings everything again when asked")
  func restoredHost() async throws {
    let backup = try host.backup()
    _ = try await take(try await host.registry.answer(try await letter()).reply)
    try await station.record([maker.checkout(try maker.item(1))])
    let restored = try HostFixture(restoring: backup)
    let refused = try await restored.registry.answer(try await letter())
    #expect(refused.refusal?.name == "gap" && refused.newCount == 0)
    #expect(try await take(refused.reply).refusal?.name == "gap")
    let outcome = try await restored.registry.answer(try await letter(again: true))
    #expect(outcome.newCount == 3 && outcome.refusal == nil)
    _ = try await take(outcome.reply)
    #expect(try await station.journal.pendingCount() == 0)
  }

  @Test("refuses a reply for another station, of another host, and one that is too old")
  func refusedReplies() async throws {
    let reply = try await host.registry.answer(try await letter()).reply
    let other = try Machine("TT")
    await #expect(throws: ExchangeError.pageOfAnother) {
      try await StickExchange(journal: other.journal).take(
        reply, pinning: host.registry.verifyingKey)
    }
    await #expect(throws: ExchangeError.badSignature) {
      try await stick.take(reply, pinning: SigningKey().verifyingKey)
    }
    let clock = TestClock()
    let late = try Machine(copyOf: station, clock: clock)
    clock.setWall(
      milliseconds: HostFixture.nowMilliseconds + ExchangeLimits.feedDays * 86_400_000 + 1)
    await #expect(throws: ExchangeError.self) {
      try await StickExchange(journal: late.journal).take(
        reply, pinning: host.registry.verifyingKey)
    }
    #expect(try await late.journal.pendingCount() == 2)
    #expect(try await late.told().isEmpty)
  }

  @Test("takes nothing from a stick of another station's letter in this one's name")
  func mixedLetter() async throws {
    let other = try Machine("TT")
    try await other.enrol(at: host)
    try await other.record([try FactMaker("TT").reading(1)])
    let batch = try await Uplink(
      journal: other.journal, keys: other.keys, hostKey: host.registry.verifyingKey,
      link: RegistryLink(host)
    ).batch(after: .start(of: other.journal.station, epoch: .first))
    let forged = StickLetter(
      station: station.journal.station,
      batches: [try batch.sealed(with: other.keys.key(of: .first))], feedRequest: [0x80])
    let outcome = try await host.registry.answer(
      try forged.sealed(to: host.registry.stickKey))
    #expect(outcome.newCount == 0 && outcome.refusal != nil)
  }
}
