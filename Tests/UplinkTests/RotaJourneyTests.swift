import Circulation
import Desk
import Exchange
import Journal
import Labels
import Ledger
import Registry
import Rotation
import StationServer
import TestSupport
import Testing

@testable import HostServer

@Suite("The group's rota at a station")
struct RotaJourneyTests {
  private let host: HostFixture
  private let station: Machine
  private let desk: Desk
  private let maker: FactMaker

  init() async throws {
    host = try HostFixture()
    station = try Machine("TT1")
    maker = try FactMaker("TT1")
    try await station.enrol(at: host)
    try await station.record([maker.description()])
    for serial in 1...4 { try await station.record([maker.registration(maker.item(serial))]) }
    let rota = try RotaText.rota(
      """
      rota R1
      libraries TT TT1 TT2
      set Truyện
        items TT1.TN.00001 TT1.TN.00002 TT1.TN.00003
      stage 1 2025-2026/2
        send Truyện from TT1 to TT2
      stage 2 2026-2027/1
        send Truyện from TT1 to TT up to 3
        send Truyện from TT to TT1
      """)
    _ = try await host.registry.publish(rota, because: "")
    try await station.pass(to: host)
    var desk = Desk(journal: station.journal, settings: DeskSettings())
    desk.slipSigner = SlipKeys(journal: station.journal).signer
    self.desk = desk
  }

  @Test("says what to pack for whom, what is packed, and with which class the rest is")
  func plan() async throws {
    let card = try CardNumber(library: maker.library, serial: 1)
    try await station.journal.register([
      PatronRegistration(
        patron: Patron(card: card, kind: .pupil, schoolClass: SchoolClass("3B")), name: "Hoa")
    ])
    _ = try await desk.perform(
      .checkout(item: maker.item(1).label, card: card.label, overrideReason: nil),
      as: BoxSite.operation())
    let box = try BoxNumber(library: maker.library, serial: 1).label
    _ = try await desk.perform(.open(box: box, to: "TT"), as: BoxSite.operation())
    _ = try await desk.perform(
      .pack(item: maker.item(2).label, box: box, despiteWarnings: false), as: BoxSite.operation())
    let plan = try await desk.rotaPlan()
    let task = try #require(plan.sending.first)
    #expect(plan.sending.count == 1 && task.stage.number == 2 && task.to.text == "TT")
    #expect(task.limit == 3 && task.packedCount == 1 && task.shelfCount == 1)
    #expect(task.items.map(\.item) == [try maker.item(3)])
    #expect(task.loans == ["3B": 1])
    #expect(plan.coming.map(\.route.from.text) == ["TT"])
  }

  @Test("warns of a book that is not in the set, and of none outside the rota's ways")
  func warning() async throws {
    let (planned, other) = (
      try BoxNumber(library: maker.library, serial: 1).label,
      try BoxNumber(library: maker.library, serial: 2).label
    )
    _ = try await desk.perform(.open(box: planned, to: "TT"), as: BoxSite.operation())
    _ = try await desk.perform(.open(box: other, to: "TT2"), as: BoxSite.operation())
    let stranger = try maker.item(4)
    await #expect(throws: PackingStopped(warnings: [.notInSet(stranger)])) {
      try await desk.perform(
        .pack(item: stranger.label, box: planned, despiteWarnings: false),
        as: BoxSite.operation())
    }
    _ = try await desk.perform(
      .pack(item: maker.item(1).label, box: planned, despiteWarnings: false),
      as: BoxSite.operation())
    // No rota sends anything to TT2 any more.
    _ = try await desk.perform(
      .pack(item: stranger.label, box: other, despiteWarnings: false), as: BoxSite.operation())
  }
}
