import Circulation
import Desk
import Journal
import Labels
import Ledger
import Rotation
import TestSupport
import Testing

@Suite("Boxes for a stage of a rota")
struct StageTests {
  private let sender: BoxSite
  private let receiver: BoxSite
  private let rota: Rota
  private let stage: StageReference

  init() async throws {
    let sites = try await BoxSite.group(["TT", "TT1"])
    (sender, receiver) = (sites[0], sites[1])
    rota = try Self.rota("send Truyện from TT to TT1 up to 6\n  send Truyện from TT1 to TT")
    stage = try #require(StageReference("R1/2"))
    for site in sites { try await site.journal.hear(of: rota) }
  }

  private static func rota(_ routes: String, grades: String = "") throws -> Rota {
    try RotaText.rota(
      """
      rota R1
      libraries TT TT1 TT2
      set Truyện
        kinds TN
        \(grades)
      stage 1 2025-2026/2
        send Truyện from TT to TT2
      stage 2 2026-2027/1
        \(routes)
      stage 3 2026-2027/2
        send Truyện from TT to TT2
      """)
  }

  private func record(of box: String, at site: BoxSite) async throws -> BoxRecord {
    try await site.desk.report(ofBox: box).summary.record
  }

  @Test("are opened for the only stage that sends something there, for none, or for a named one")
  func opened() async throws {
    func stage(_ serial: Int, to: String, _ wished: BoxStage) async throws -> String? {
      let outcome = try await sender.perform(
        .open(box: sender.box(serial), to: to, stage: wished))
      return outcome.summary.record.stage?.description
    }
    #expect(try await stage(1, to: "TT1", .usual) == "R1/2")
    #expect(try await stage(2, to: "TT1", .none) == nil)
    // The stage of the term to come must be named.
    #expect(try await stage(3, to: "TT2", .usual) == nil)
    #expect(try await stage(4, to: "TT2", .named("R1/3")) == "R1/3")
    for name in ["R1/3", "R1/9", "R2/2", "?"] {
      await #expect(throws: DeskError.noSuchStage(name, to: receiver.library)) {
        try await sender.perform(
          .open(box: sender.box(5), to: "TT1", stage: .named(name)))
      }
    }
    #expect(try await record(of: sender.box(), at: sender).revision == 1)
    #expect(try await sender.journal.verify().problems == [])
  }

  @Test("carry it in the manifest, and are counted by it: packed, sent, and come")
  func counted() async throws {
    let items = try (1...5).map { try sender.item($0) }
    try await sender.perform(.open(box: sender.box(2), to: "TT1"))
    try await sender.perform(
      .pack(item: items[4].label, box: sender.box(2), despiteWarnings: false))
    // Outside the rota: not counted.
    try await sender.perform(.open(box: sender.box(3), to: "TT1", stage: .none))
    try await sender.perform(
      .pack(item: items[3].label, box: sender.box(3), despiteWarnings: false))
    let codes = try await sender.send(Array(items[0...2]), in: sender.box(), to: "TT1")
    let task = try #require(try await sender.desk.rotaPlan().sending.first)
    #expect(task.stage == stage && task.packedCount == 1 && task.sentCount == 3)
    #expect(task.shelfCount == 5)

    try await receiver.read(codes)
    #expect(try await record(of: sender.box(), at: receiver).stage == stage)
    try await receiver.receive(Array(items[0...1]), from: sender.box())
    let arrival = try #require(try await receiver.desk.rotaPlan().coming.first)
    #expect(arrival.stage == stage && arrival.cameCount == 2)
    let handover = try #require(try await receiver.desk.rotaPlan().handovers.first)
    #expect(handover.isInbound && handover.itemCount == 3 && handover.doneCount == 0)
    for site in [sender, receiver] { #expect(try await site.journal.verify().problems == []) }
  }

  @Test("are not opened unasked for a stage that is terms away")
  func farAway() async throws {
    let far = try RotaText.rota(
      """
      rota R2
      libraries TT TT2
      set Truyện
        kinds TN
      stage 1 2027-2028/1
        send Truyện from TT to TT2
      """)
    try await sender.journal.hear(of: far)
    let outcome = try await sender.perform(
      .open(box: sender.box(6), to: "TT2", stage: .usual))
    #expect(outcome.summary.record.stage == nil)
  }

  @Test("are counted over every trip of a box that is used twice in the stage")
  func twice() async throws {
    let box = try sender.box()
    for serial in 1...2 {
      let codes = try await sender.send([sender.item(serial)], in: box, to: "TT1")
      try await receiver.read(codes)
      try await receiver.receive([sender.item(serial)], from: box)
      try await receiver.perform(.confirm(box: box))
    }
    #expect(try await sender.desk.rotaPlan().sending.first?.sentCount == 2)
    let plan = try await receiver.desk.rotaPlan()
    #expect(plan.coming.first?.cameCount == 2)
    #expect(plan.handovers.first?.boxCount == 2 && plan.handovers.first?.doneCount == 2)
  }

  @Test("are no longer counted when they are opened again, or come back unopened")
  func void() async throws {
    let (first, second) = (try sender.box(1), try sender.box(2))
    try await sender.perform(.open(box: first, to: "TT1"))
    try await sender.perform(
      .pack(item: sender.item(1).label, box: first, despiteWarnings: false))
    _ = try await sender.seal(first)
    try await sender.perform(.reopen(box: first))
    let task = try #require(try await sender.desk.rotaPlan().sending.first)
    #expect(task.packedCount == 1 && task.sentCount == 0)
    #expect(try await sender.desk.rotaPlan().handovers.isEmpty)

    let codes = try await sender.send([sender.item(2)], in: second, to: "TT1")
    try await receiver.read(codes)
    try await receiver.perform(.refuse(box: second))
    try await receiver.perform(.sendBack(box: second))
    #expect(try await receiver.desk.rotaPlan().handovers.isEmpty)
    try await sender.read(codes, acceptsOthers: true)
    #expect(try await sender.desk.rotaPlan().sending.first?.sentCount == 0)
    for site in [sender, receiver] { #expect(try await site.journal.verify().problems == []) }
  }

  @Test("are held against the sets of their stage, and against none outside any rota")
  func warnings() async throws {
    let other = try Self.rota("send Truyện from TT to TT1", grades: "grades 9")
    try await sender.journal.hear(of: other, revision: 2, because: "Đổi lớp")
    let item = try sender.item(1)
    try await sender.perform(.open(box: sender.box(1), to: "TT1"))
    await #expect(throws: PackingStopped(warnings: [.notInSet(item)])) {
      try await sender.perform(
        .pack(item: item.label, box: sender.box(1), despiteWarnings: false))
    }
    try await sender.perform(.open(box: sender.box(2), to: "TT1", stage: .none))
    try await sender.perform(
      .pack(item: item.label, box: sender.box(2), despiteWarnings: false))
  }

  @Test("show what was amended since they were opened, and nothing that does not concern them")
  func amended() async throws {
    try await sender.perform(.open(box: sender.box(), to: "TT1"))
    func amendment() async throws -> StageAmendment? {
      try await sender.desk.report(ofBox: sender.box()).amendment
    }
    #expect(try await amendment() == nil)
    let elsewhere = try Self.rota(
      "send Truyện from TT to TT1 up to 6\n  send Truyện from TT1 to TT up to 1")
    try await sender.journal.hear(of: elsewhere, revision: 2, because: "Bớt")
    #expect(try await amendment() == nil)
    try await sender.journal.hear(
      of: try Self.rota("send Truyện from TT to TT1 up to 2"), revision: 3, because: "Bớt nữa")
    let found = try #require(try await amendment())
    let route = Route(set: "Truyện", from: sender.library, to: receiver.library, limit: 2)
    #expect(found.openedUnder == 1 && found.now == 3 && found.reason == "Bớt nữa")
    #expect(found.changes == [.limitChanged(route, from: 6)])
    #expect(try await sender.desk.rotaPlan().amendments == [found])
  }
}

@Suite("Minutes of a stage")
struct StageMinutesTests {
  private let sender: BoxSite
  private let receiver: BoxSite
  private let stage: StageReference
  private let way: StageWay

  init() async throws {
    let sites = try await BoxSite.group(["TT", "TT1"])
    (sender, receiver) = (sites[0], sites[1])
    stage = try #require(StageReference("R1/1"))
    way = StageWay(from: sender.library, to: receiver.library)
    let rota = try RotaText.rota(
      """
      rota R1
      libraries TT TT1
      set Truyện
        kinds TN
      stage 1 2026-2027/1
        send Truyện from TT to TT1
      """)
    try await sender.journal.hear(of: rota)
  }

  @Test("name every box that is sealed or sent, and stay the same until one more is sealed")
  func handedOver() async throws {
    await #expect(throws: DeskError.nothingHandedOver(stage, way)) {
      try await sender.desk.handoverCopy(of: stage, by: way)
    }
    _ = try await sender.send([sender.item(1), sender.item(2)], in: sender.box(1), to: "TT1")
    try await sender.perform(.open(box: sender.box(9), to: "TT1", stage: .none))
    try await sender.perform(
      .pack(item: sender.item(9).label, box: sender.box(9), despiteWarnings: false))
    _ = try await sender.seal(sender.box(9))
    let first = try await sender.desk.handoverCopy(of: stage, by: way)
    #expect(first.boxes.map(\.lines.count) == [2] && !first.isReceipt)
    // What happens later to a book, or to other boxes, changes nothing.
    try await sender.perform(.note(item: sender.item(3).label, condition: .damaged, text: nil))
    try await sender.perform(.open(box: sender.box(2), to: "TT1"))
    #expect(try await sender.desk.handoverCopy(of: stage, by: way) == first)

    try await sender.perform(
      .pack(item: sender.item(3).label, box: sender.box(2), despiteWarnings: false))
    _ = try await sender.seal(sender.box(2))
    let second = try await sender.desk.handoverCopy(of: stage, by: way)
    #expect(second.boxes.map(\.box.text) == ["B.TT.0001", "B.TT.0002"])
    #expect(second.boxes[0] == first.boxes[0] && second.event > first.event)
    #expect(second.boxes[1].lines.map(\.condition) == [.damaged])

    try await sender.perform(.reopen(box: sender.box(2)))
    let third = try await sender.desk.handoverCopy(of: stage, by: way)
    #expect(third.boxes == first.boxes && third.event > second.event)
  }

  @Test("of the receiver have what was found in each box, also in one that was used again")
  func received() async throws {
    for serial in 1...2 {
      let items = try [sender.item(serial), sender.item(serial + 4)]
      let codes = try await sender.send(items, in: sender.box(), to: "TT1")
      try await receiver.read(codes)
      try await receiver.receive([items[0]], from: sender.box())
      if serial == 2 {
        // The book of the first trip, seen once more.
        try await receiver.receive([sender.item(1)], from: sender.box())
      }
      try await receiver.perform(.confirm(box: sender.box()))
    }
    let copy = try await receiver.desk.handoverCopy(of: stage, by: way)
    #expect(copy.isReceipt && copy.boxes.map(\.seal) == [1, 2])
    let (first, second) = (copy.boxes[0].headings, copy.boxes[1].headings)
    let items = try (1...6).map { try sender.item($0) }
    #expect(first == [items[0]: .agreed, items[4]: .missing])
    #expect(second[items[1]] == .agreed && second[items[5]] == .missing)
    #expect(second.count == 3)
    // Titles of the other library's books, found or missing, are known once the host has told.
    #expect(copy.boxes[0].lines.map(\.title) == ["", ""])
    let id = try #require(RecordID("TT.7"))
    let record = BibliographicRecord(id: id, title: "Kính vạn hoa", kind: .children)
    try await receiver.journal.hear(
      [.record(record, of: sender.library)]
        + items.map { .item(FeedItem(item: $0, record: id, place: .shelf(sender.library))) })
    let told = try await receiver.desk.handoverCopy(of: stage, by: way)
    #expect(told.boxes[0].lines.map(\.title) == ["Kính vạn hoa", "Kính vạn hoa"])
    let box = try await receiver.desk.handoverCopy(ofBox: sender.box())
    #expect(box.lines.map(\.title) == Array(repeating: "Kính vạn hoa", count: 3))
    await #expect(throws: DeskError.self) {
      let back = StageWay(from: receiver.library, to: sender.library)
      return try await receiver.desk.handoverCopy(of: stage, by: back)
    }
  }
}
