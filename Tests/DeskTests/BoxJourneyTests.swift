import Circulation
import Desk
import Journal
import Labels
import Ledger
import Rotation
import TestSupport
import Testing

@Suite("A box between stations that share no network")
struct BoxJourneyTests {
  private let sender: BoxSite
  private let receiver: BoxSite
  private let third: BoxSite
  private let box: String

  init() async throws {
    let sites = try await BoxSite.group(["TT", "TT1", "TT2"])
    (sender, receiver, third) = (sites[0], sites[1], sites[2])
    box = try sender.box()
  }

  private func items(_ serials: Int...) throws -> [ItemID] {
    try serials.map { try sender.item($0) }
  }

  private func check(_ sites: BoxSite...) async throws {
    for site in sites {
      #expect(try await site.journal.verify().problems == [], "\(site.library)")
      let balances = try await site.journal.read { try $0.balances() }
      #expect(balances.values.reduce(0, +) == 0)
    }
  }

  private func headings(at site: BoxSite) async throws -> [ReceivingLine.Heading: [ItemID]] {
    let lines = try await site.desk.report(ofBox: box).difference?.lines ?? []
    return Dictionary(grouping: lines, by: \.heading).mapValues { $0.map(\.item) }
  }

  @Test("is packed, sealed, sent, received by its slip, and confirmed")
  func usual() async throws {
    let items = try items(1, 2, 3)
    let codes = try await sender.send(items, in: box, to: "TT1")
    let number = try BoxNumber(label: box)
    #expect(try await sender.place(of: items[0]) == .box(number))
    #expect(try await receiver.perform(.arrive(box: box, from: nil)).summary.hasSlip == false)
    let reading = try await receiver.read(codes, box: box)
    #expect(reading.missing == [] && reading.outcome?.summary.itemCount == 3)
    try await receiver.receive(items, from: box)
    #expect(try await receiver.place(of: items[0]) == .shelf(receiver.library))
    #expect(try await headings(at: receiver) == [.agreed: items])
    let done = try await receiver.perform(.confirm(box: box))
    #expect(done.summary.record.box.state == .received)
    #expect(done.summary.record.receipt?.counts == [.agreed: 3])
    try await check(sender, receiver)
  }

  @Test("tells missing, extra, damaged, and what was to be in another box")
  func differences() async throws {
    let items = try items(1, 2, 3, 4)
    let codes = try await sender.send([items[0], items[1], items[2]], in: box, to: "TT1")
    let other = try sender.box(2)
    let otherCodes = try await sender.send([items[3]], in: other, to: "TT1")
    try await receiver.read(codes)
    try await receiver.read(otherCodes)
    let extra = try receiver.item(5)
    try await receiver.receive([items[0], items[3], extra], from: box)
    try await receiver.perform(
      .receive(item: items[1].label, box: box, condition: .damaged))
    #expect(
      try await headings(at: receiver) == [
        .agreed: [items[0]], .damaged: [items[1]], .missing: [items[2]],
        .fromAnotherBox: [items[3]], .extra: [extra],
      ])
    let receipt = try await receiver.perform(.confirm(box: box)).summary.record.receipt
    #expect(receipt?.counts.values.reduce(0, +) == 5)
    try await check(sender, receiver)
  }

  @Test("is received without a slip, and held against it when the slip turns up")
  func withoutSlip() async throws {
    let items = try items(1, 2)
    let codes = try await sender.send(items, in: box, to: "TT1")
    try await receiver.perform(.arrive(box: box, from: nil))
    try await receiver.receive([items[0]], from: box)
    #expect(try await headings(at: receiver) == [.unannounced: [items[0]]])
    try await receiver.read(codes)
    #expect(try await headings(at: receiver) == [.agreed: [items[0]], .missing: [items[1]]])
    try await check(receiver)
  }

  @Test("is counted over two days, each item once, and the first day is kept")
  func twoDays() async throws {
    let items = try items(1, 2)
    try await receiver.read(try await sender.send(items, in: box, to: "TT1"))
    try await receiver.receive([items[0]], from: box)
    let head = try await receiver.journal.head()
    let first = receiver.desk.today
    receiver.clock.advance(days: 1)
    let again = try await receiver.perform(
      .receive(item: items[0].label, box: box, condition: .good))
    #expect(again.isRepeat && again.event == nil)
    #expect(try await receiver.journal.head() == head)
    // A second look finds a torn page.
    try await receiver.perform(.receive(item: items[0].label, box: box, condition: .damaged))
    try await receiver.receive([items[1]], from: box)
    let lines = try await receiver.desk.report(ofBox: box).difference?.lines
    #expect(lines?.map(\.heading) == [.damaged, .agreed])
    #expect(lines?.first?.finding?.day == first)
    #expect(lines?.last?.finding?.day == first.adding(days: 1))
    try await check(receiver)
  }

  @Test("comes together with others, each with its own count")
  func several() async throws {
    let boxes = try (1...3).map { try sender.box($0) }
    var codes: [[String]] = []
    for (index, box) in boxes.enumerated() {
      codes.append(try await sender.send([try sender.item(index + 1)], in: box, to: "TT1"))
    }
    for code in codes.reversed() { try await receiver.read(code) }
    for (index, box) in boxes.enumerated() {
      try await receiver.receive([try sender.item(index + 1)], from: box)
    }
    for box in boxes {
      let counts = try await receiver.perform(.confirm(box: box)).summary.record.receipt?.counts
      #expect(counts == [.agreed: 1])
    }
    #expect(try await receiver.desk.boxes().count == 3)
    try await check(sender, receiver)
  }

  @Test("is passed on unopened to a third library, which its slip does not name")
  func sentOn() async throws {
    let items = try items(1)
    let codes = try await sender.send(items, in: box, to: "TT1")
    try await receiver.read(codes)
    await #expect(throws: DeskError.destinationNeeded) {
      try await receiver.perform(.send(box: box, to: nil))
    }
    try await receiver.perform(.send(box: box, to: "TT2"))
    let number = try BoxNumber(label: box)
    await #expect(throws: BoxRefusal.addressedElsewhere(number, to: receiver.library)) {
      try await third.read(codes)
    }
    try await third.read(codes, acceptsOthers: true)
    try await third.receive(items, from: box)
    let receipt = try await third.perform(.confirm(box: box)).summary.record.receipt
    #expect(receipt?.counts == [.agreed: 1])
    try await check(sender, receiver, third)
  }

  @Test("is refused, sent back unopened, and taken in at home by the slip it left with")
  func sentBack() async throws {
    let items = try items(1, 2)
    let codes = try await sender.send(items, in: box, to: "TT1")
    try await receiver.read(codes)
    try await receiver.perform(.refuse(box: box))
    try await receiver.perform(.sendBack(box: box))
    #expect(try await sender.perform(.arrive(box: box, from: nil)).summary.record.isInbound)
    try await sender.read(codes, box: box, acceptsOthers: true)
    try await sender.receive(items, from: box)
    #expect(try await sender.place(of: items[1]) == .shelf(sender.library))
    let receipt = try await sender.perform(.confirm(box: box)).summary.record.receipt
    #expect(receipt?.counts == [.agreed: 2])
    try await check(sender, receiver)
  }

  @Test("is lost, found, and received all the same")
  func lostAndFound() async throws {
    let items = try items(1)
    let codes = try await sender.send(items, in: box, to: "TT1")
    try await receiver.read(codes)
    try await receiver.perform(.reportLost(box: box))
    await #expect(throws: BoxRefusal.self) {
      try await receiver.perform(.receive(item: items[0].label, box: box, condition: .good))
    }
    try await receiver.perform(.reportFound(box: box))
    try await receiver.receive(items, from: box)
    try await receiver.perform(.confirm(box: box))
    #expect(try await receiver.place(of: items[0]) == .shelf(receiver.library))
    try await check(receiver)
  }

  @Test("loses an item that is lent before it is closed, and seals without it")
  func lentBeforeClosed() async throws {
    let items = try items(1, 2)
    try await sender.perform(.open(box: box, to: "TT1"))
    for item in items {
      try await sender.perform(.pack(item: item.label, box: box, despiteWarnings: false))
    }
    let card = try CardNumber(library: sender.library, serial: 1).label
    try await sender.perform(.checkout(item: items[0].label, card: card, overrideReason: nil))
    _ = try await sender.seal(box)
    #expect(try await sender.desk.report(ofBox: box).items.map(\.item) == [items[1]])
    // What is sealed in can't be in anybody's hand.
    let number = try BoxNumber(label: box)
    await #expect(throws: Refusal.inBox(items[1], box: number)) {
      try await sender.perform(
        .checkout(item: items[1].label, card: card, overrideReason: nil))
    }
    try await check(sender)
  }

  @Test("comes home with its books, which are lent there and know their home, box after box")
  func roundTrip() async throws {
    let items = try items(1, 2)
    try await receiver.read(try await sender.send(items, in: box, to: "TT1"))
    try await receiver.receive(items, from: box)
    try await receiver.perform(.confirm(box: box))
    let card = try CardNumber(library: receiver.library, serial: 1).label
    try await receiver.perform(.checkout(item: items[0].label, card: card, overrideReason: nil))
    try await receiver.perform(.checkin(item: items[0].label))
    // The same box takes them home, under a seal of its own.
    let codes = try await receiver.send(items, in: box, to: "TT")
    try await sender.read(codes)
    try await sender.receive(items, from: box)
    let receipt = try await sender.perform(.confirm(box: box)).summary.record.receipt
    #expect(receipt?.counts == [.agreed: 2])
    #expect(try await sender.place(of: items[0]) == .shelf(sender.library))
    try await check(sender, receiver)
  }
}

@Suite("A slip")
struct SlipJourneyTests {
  private let sender: BoxSite
  private let receiver: BoxSite
  private let box: String
  private let codes: [String]

  init() async throws {
    let sites = try await BoxSite.group(["TT", "TT1"])
    (sender, receiver) = (sites[0], sites[1])
    box = try sender.box()
    codes = try await sender.send([try sender.item(1)], in: box, to: "TT1")
  }

  @Test("of another group is refused by name")
  func otherGroup() async throws {
    let stranger = try #require(try await BoxSite.group(["LA"]).first)
    let codes = try await stranger.send([try stranger.item(1)], in: stranger.box(), to: "TT1")
    await #expect(throws: ManifestError.notOfThisGroup(stranger.library)) {
      try await receiver.read(codes)
    }
    #expect(try await receiver.desk.boxes() == [])
  }

  @Test("that somebody else signed in a library's name is refused")
  func forged() async throws {
    // A station of the same name, whose key nobody of the group knows.
    let forger = try #require(try await BoxSite.group(["TT"]).first)
    let codes = try await forger.send([try forger.item(1)], in: box, to: "TT1")
    await #expect(throws: ManifestError.forged(sender.library)) {
      try await receiver.read(codes)
    }
  }

  @Test("of a box that was received before is refused, and one that is read twice is not")
  func old() async throws {
    try await receiver.read(codes)
    let again = try await receiver.read(codes)
    #expect(again.outcome?.isRepeat == true)
    try await receiver.receive([try sender.item(1)], from: box)
    try await receiver.perform(.confirm(box: box))
    let number = try BoxNumber(label: box)
    await #expect(throws: ManifestError.oldSlip(number, seal: 1, known: 1)) {
      try await receiver.read(codes)
    }
    // The box is used again; only its new slip is taken.
    let items = [try sender.item(2)]
    let fresh = try await sender.send(items, in: box, to: "TT1")
    await #expect(throws: ManifestError.oldSlip(number, seal: 1, known: 1)) {
      try await receiver.read(codes)
    }
    try await receiver.read(fresh)
  }

  @Test("of another box than the one in hand is refused")
  func otherBox() async throws {
    let other = try sender.box(9)
    try await receiver.perform(.arrive(box: other, from: nil))
    let numbers = try (BoxNumber(label: box), BoxNumber(label: other))
    await #expect(throws: ManifestError.ofAnotherBox(numbers.0, inHand: numbers.1)) {
      try await receiver.read(codes, box: other)
    }
  }

  @Test("can't be made or read where the station has no keys")
  func withoutKeys() async throws {
    let station = try await StationFixture()
    let codes = codes
    let open = BoxRequest.open(box: "B.TT1.0001", to: "TT")
    _ = try await station.desk.perform(open, as: BoxSite.operation())
    _ = try await station.desk.perform(
      .pack(item: ItemID("TT1.TN.00001").label, box: "B.TT1.0001", despiteWarnings: false),
      as: BoxSite.operation())
    await #expect(throws: DeskError.noSlipKey) {
      try await station.desk.perform(.seal(box: "B.TT1.0001"), as: BoxSite.operation())
    }
    await #expect(throws: DeskError.noSlipKey) {
      try await station.desk.readSlip(
        codes, of: nil, acceptsOthers: false, as: BoxSite.operation())
    }
  }
}

@Suite("Packing")
struct PackingTests {
  private let site: BoxSite
  private let box: String

  init() async throws {
    site = try #require(try await BoxSite.group(["TT"]).first)
    box = try site.box()
    try await site.perform(.open(box: box, to: "TT1"))
  }

  private func pack(_ item: ItemID, despite: Bool = false) async throws {
    try await site.perform(.pack(item: item.label, box: box, despiteWarnings: despite))
  }

  @Test("warns at once of an item that is on loan, missing, or in another box")
  func warnings() async throws {
    let items = try (1...3).map { try site.item($0) }
    let card = try CardNumber(library: site.library, serial: 1).label
    try await site.perform(.checkout(item: items[0].label, card: card, overrideReason: nil))
    try await site.perform(.reportLost(item: items[1].label))
    let other = try site.box(2)
    try await site.perform(.open(box: other, to: "TT1"))
    try await site.perform(.pack(item: items[2].label, box: other, despiteWarnings: false))
    let expected: [PackingWarning] = [
      .onLoan(items[0], schoolClass: SchoolClass("3B")), .recordedMissing(items[1]),
      .inAnotherBox(items[2], box: try BoxNumber(label: other)),
    ]
    for (item, warning) in zip(items, expected) {
      await #expect(throws: PackingStopped(warnings: [warning])) { try await pack(item) }
    }
    // What the librarian packs all the same is in the box, and nowhere else.
    for item in items { try await pack(item, despite: true) }
    #expect(try await site.desk.report(ofBox: box).items.map(\.item) == items)
    #expect(try await site.desk.report(ofBox: other).items == [])
    #expect(try await site.journal.verify().problems == [])
  }

  @Test("refuses an item twice, an unknown one, and an empty box's seal")
  func refusals() async throws {
    let item = try site.item(1)
    await #expect(throws: BoxRefusal.empty(try BoxNumber(label: box))) {
      try await site.perform(.seal(box: box))
    }
    try await pack(item)
    await #expect(throws: BoxRefusal.alreadyPacked(item)) { try await pack(item) }
    await #expect(throws: Refusal.self) { try await pack(try ItemID("TT.TN.09999")) }
    try await site.perform(.unpack(item: item.label, box: box))
    await #expect(throws: BoxRefusal.notPacked(item)) {
      try await site.perform(.unpack(item: item.label, box: box))
    }
    #expect(try await site.place(of: item) == .shelf(site.library))
  }

  @Test("is done once, however often it is sent, and its name serves for nothing else")
  func repeated() async throws {
    let operation = BoxSite.operation()
    let items = try (1...2).map { try site.item($0) }
    let request = BoxRequest.pack(item: items[0].label, box: box, despiteWarnings: false)
    let first = try await site.desk.perform(request, as: operation)
    let again = try await site.desk.perform(request, as: operation)
    #expect(!first.isRepeat && again.isRepeat && again.event == first.event)
    let other = BoxRequest.pack(item: items[1].label, box: box, despiteWarnings: false)
    await #expect(throws: JournalError.operationReused) {
      try await site.desk.perform(other, as: operation)
    }
  }

  @Test("goes on after a reopening, which needs a new seal and makes the old slip old")
  func reopened() async throws {
    try await pack(try site.item(1))
    let old = try await site.seal(box)
    try await site.perform(.reopen(box: box))
    #expect(try await site.desk.report(ofBox: box).items.map(\.item) == [try site.item(1)])
    try await pack(try site.item(2))
    let fresh = try await site.seal(box)
    #expect(fresh != old)
    let report = try await site.desk.report(ofBox: box)
    #expect(report.summary.record.box.seal == 2 && report.items.count == 2)
  }

  @Test("is taken back like any other act")
  func undone() async throws {
    let item = try site.item(1)
    let operation = BoxSite.operation()
    _ = try await site.desk.perform(
      .pack(item: item.label, box: box, despiteWarnings: false), as: operation)
    try await site.perform(.undo(operation: operation.id))
    #expect(try await site.place(of: item) == .shelf(site.library))
    #expect(try await site.desk.report(ofBox: box).items == [])
  }
}
