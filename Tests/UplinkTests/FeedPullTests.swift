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

@Suite("The group's news at a station")
struct FeedPullTests {
  private let host: HostFixture
  private let sender: Machine
  private let receiver: Machine

  init() async throws {
    host = try HostFixture()
    sender = try Machine("TT")
    receiver = try Machine("TT1")
    let maker = try FactMaker("TT")
    try await sender.record([maker.description()])
    for serial in 1...3 { try await sender.record([maker.registration(maker.item(serial))]) }
    try await sender.enrol(at: host)
    try await receiver.enrol(at: host)
  }

  private func desk(of machine: Machine) -> Desk {
    var desk = Desk(journal: machine.journal, settings: DeskSettings())
    desk.slipSigner = SlipKeys(journal: machine.journal).signer
    return desk
  }

  private func item(_ serial: Int) throws -> ItemID { try FactMaker("TT").item(serial) }

  @Test("shows the title of another school's book that is scanned, with or without its library")
  func title() async throws {
    let desk = desk(of: receiver)
    let label = try item(1).label
    guard case .stranger = try await desk.recognise(ScannedCode(reported: label)) else {
      Issue.record("known too early")
      return
    }
    try await sender.pass(to: host)
    #expect(try await receiver.pass(to: host).feedCount == 6)
    #expect(try await receiver.pass(to: host).feedCount == 0)
    for text in [label, try item(1).accession.text] {
      let recognition = try await desk.recognise(ScannedCode(reported: text))
      guard case .elsewhere(let items, _) = recognition else {
        Issue.record("\(recognition)")
        continue
      }
      #expect(items.map(\.item) == [try item(1)])
      #expect(items.map(\.title) == ["Dế Mèn phiêu lưu ký"])
      #expect(items.map(\.place) == [.shelf(try LibraryCode("TT"))])
    }
    await #expect(throws: Refusal.unknownItem(try item(1).text)) {
      _ = try await desk.perform(.checkin(item: label), as: BoxSite.operation())
    }
  }

  @Test("knows a box on its way with its slip, so that no code need be read when it comes")
  func box() async throws {
    try await receiver.pass(to: host)
    let packing = desk(of: sender)
    let box = try BoxNumber(library: LibraryCode("TT"), serial: 1).label
    for request in [
      BoxRequest.open(box: box, to: "TT1"),
      .pack(item: try item(1).label, box: box, despiteWarnings: false),
      .pack(item: try item(2).label, box: box, despiteWarnings: false), .seal(box: box),
      .send(box: box, to: nil),
    ] {
      _ = try await packing.perform(request, as: BoxSite.operation())
    }
    // The first pass tells the host the key that signs the slip.
    try await sender.pass(to: host)
    try await receiver.pass(to: host)
    let desk = desk(of: receiver)
    let coming = try await desk.comingBoxes()
    #expect(coming.map(\.number.label) == [box] && coming.map(\.hasSlip) == [true])
    #expect(coming.map(\.from.text) == ["TT"])

    let operation = BoxSite.operation()
    for isRepeat in [false, true] {
      let outcome = try await desk.perform(.arrive(box: box, from: nil), as: operation)
      #expect(outcome.isRepeat == isRepeat && outcome.summary.hasSlip)
      #expect(outcome.summary.itemCount == 2)
    }
    #expect(try await desk.comingBoxes().isEmpty)
    _ = try await desk.perform(
      .receive(item: item(1).label, box: box, condition: .good), as: BoxSite.operation())
    let report = try await desk.report(ofBox: box)
    #expect(report.difference?.lines.map(\.heading.rawValue).sorted() == ["agreed", "missing"])
    let summary = try #require(try await desk.summaries(of: [item(1)]).first)
    #expect(summary.title == "Dế Mèn phiêu lưu ký")
    #expect(try await receiver.journal.verify().problems == [])
    try await receiver.pass(to: host)
    #expect(try await host.registry.verify().problems == [])
  }

  @Test("takes no slip that bears none of the group's signatures, though the host tells of it")
  func forgedSlip() async throws {
    let maker = try FactMaker("TT")
    let number = try BoxNumber(library: maker.library, serial: 1)
    let step = BoxStep(box: number, seal: 1)
    let manifest = try Manifest(
      box: number, seal: 1, from: maker.library, to: LibraryCode("TT1"), stage: nil,
      lines: [ManifestLine(item: item(1), title: "x", version: 2)])
    let slip = try SealedSlip(SignedManifest(manifest) { _ in [UInt8](repeating: 1, count: 64) })
    try await sender.record([
      .box(.sealed(slip)),
      .box(.sent(BoxRoute(step: step, from: maker.library, to: try LibraryCode("TT1")))),
    ])
    try await sender.pass(to: host)
    try await receiver.pass(to: host)
    let outcome = try await desk(of: receiver).perform(
      .arrive(box: number.label, from: nil), as: BoxSite.operation())
    #expect(!outcome.summary.hasSlip)
  }

  @Test("refuses a card that the coordinator has blocked, until it is unblocked")
  func blockedCard() async throws {
    let card = try CardNumber(library: LibraryCode("TT"), serial: 1)
    try await sender.journal.register([
      PatronRegistration(patron: Patron(card: card, kind: .teacher), name: "Lê Thị Mai")
    ])
    let desk = desk(of: sender)
    func lend(_ serial: Int) async throws {
      _ = try await desk.perform(
        .checkout(item: item(serial).label, card: card.label, overrideReason: "cần"),
        as: BoxSite.operation())
    }
    try await lend(1)
    try await sender.pass(to: host)
    let borrower = try #require(try await host.registry.borrower(of: item(1)))
    try await host.registry.setBlocked(true, card: borrower.token, of: borrower.library)
    try await sender.pass(to: host)
    await #expect(throws: Refusal.cardBlocked) { try await lend(2) }
    // What was lent comes back all the same.
    _ = try await desk.perform(.checkin(item: item(1).label), as: BoxSite.operation())
    try await host.registry.setBlocked(false, card: borrower.token, of: borrower.library)
    try await sender.pass(to: host)
    try await lend(2)
  }

  @Test("refuses an answer that was given before, and one for another station")
  func replayed() async throws {
    let recording = RecordingLink(RegistryLink(host))
    _ = try await receiver.pass(over: recording, pinning: host.registry.verifyingKey)
    let old = try #require(recording.answers[ExchangePath.feed]?.first)
    try await sender.pass(to: host)
    let replaying = ReplayingLink(RegistryLink(host), at: ExchangePath.feed, answer: old)
    for machine in [receiver, sender] {
      await #expect(throws: UplinkError.badReceipt(.pageOfAnother)) {
        try await machine.pass(over: replaying, pinning: host.registry.verifyingKey)
      }
    }
  }

  @Test("leaves the rest to the station's other process where that was faster")
  func overtaken() async throws {
    try await sender.pass(to: host)
    let (host, receiver) = (host, receiver)
    let link = OvertakenLink(RegistryLink(host)) { () async throws(UplinkError) in
      do {
        try await receiver.pass(to: host)
      } catch {
        throw .unreachable(.brokenOff("\(error)"))
      }
    }
    let report = try await receiver.pass(over: link, pinning: host.registry.verifyingKey)
    #expect(report.feedCount == 0)
    #expect(try await receiver.told() == host.told())
  }

  @Test("tells both stations the same of the group, which is what the host's books say")
  func converged() async throws {
    try await receiver.record([try FactMaker("TT1").registration(FactMaker("TT1").item(1))])
    try await receiver.pass(to: host)
    for machine in [sender, receiver] { try await machine.pass(to: host) }
    try await receiver.pass(to: host)
    let told = try await host.told()
    #expect(told.count == 1 + 4 + 2)
    for machine in [sender, receiver] { #expect(try await machine.told() == told) }
  }
}
