import Circulation
import Desk
import Journal
import Labels
import Ledger
import TestSupport
import Testing

@Suite("Stock-taking")
struct StockTakingTests {
  private let station: StationFixture

  init() async throws {
    station = try await StationFixture()
  }

  private func label(_ item: String) throws -> String { try ItemID(item).label }

  private func open(_ range: String = "TN") async throws -> OperationID {
    try await station.desk.openStockTaking(of: range, as: StationFixture.operation()).id
  }

  private func scan(_ text: String, for id: OperationID) async throws -> StockFinding {
    try await station.desk.scanStock(text, for: id, as: StationFixture.operation()).scan.finding
  }

  private func lend(_ item: String) async throws {
    let card = try CardNumber(library: LibraryCode("TT1"), serial: 1).label
    try await station.perform(.checkout(item: label(item), card: card, overrideReason: nil))
  }

  @Test("tells what is present, misplaced, on loan, lost, and in no register")
  func findings() async throws {
    try await lend("TT1.TN.00002")
    try await station.perform(.reportLost(item: label("TT1.TN.00003")))
    let id = try await open()
    #expect(try await scan(label("TT1.TN.00004"), for: id) == .present)
    #expect(try await scan(label("TT1.STK.00001"), for: id) == .misplaced)
    #expect(try await scan(label("TT1.TN.00002"), for: id) == .onLoan)
    #expect(try await scan(label("TT1.TN.00003"), for: id) == .wasMissing)
    #expect(try await scan(label("TT1.TN.09999"), for: id) == .unregistered)
    await #expect(throws: DeskError.self) { try await scan("TN.00001", for: id) }
    let report = try await station.desk.stockReport(of: id)
    // Eleven children's books, one on loan, one lost, one seen.
    #expect(report.expectedCount == 9 && report.missing.count == 8)
    #expect(report.unusual.count == 4)
  }

  @Test("goes by the last scan of a label, on a clock that stands still or is set back")
  func order() async throws {
    let id = try await open()
    let item = try label("TT1.TN.00002")
    for round in 0..<6 {
      if round.isMultiple(of: 2) { try await lend("TT1.TN.00002") }
      let expected: StockFinding = round.isMultiple(of: 2) ? .onLoan : .present
      #expect(try await scan(item, for: id) == expected)
      #expect(try await station.desk.stockReport(of: id).counts == [expected: 1])
      if round.isMultiple(of: 2) { try await station.perform(.checkin(item: item)) }
      if round == 3 { station.clock.setWall(milliseconds: 1_000) }
    }
  }

  @Test("counts a label once, on however many devices and however often it is sent")
  func idempotent() async throws {
    let id = try await open()
    let operation = StationFixture.operation()
    let text = try label("TT1.TN.00004")
    let desk = station.desk
    let first = try await desk.scanStock(text, for: id, as: operation)
    let again = try await desk.scanStock(text, for: id, as: operation)
    #expect(!first.isRepeat && again.isRepeat && again.scan == first.scan)
    let other = try await desk.scanStock(text, for: id, as: StationFixture.operation())
    #expect(other.counts == [.present: 1])
    try await withThrowingTaskGroup(of: Void.self) { group in
      for device in 0..<2 {
        group.addTask {
          for number in [5, 6, 7, 8].shuffled() {
            let name = NamedOperation(id: StationFixture.operation().id, device: "d\(device)")
            _ = try await desk.scanStock(
              ItemID("TT1.TN.0000\(number)").label, for: id, as: name)
          }
        }
      }
      try await group.waitForAll()
    }
    #expect(try await desk.stockReport(of: id).counts == [.present: 5])
  }

  @Test("does not call missing what was moved while the shelves were counted")
  func movedMeanwhile() async throws {
    try await lend("TT1.TN.00001")
    let id = try await open()
    try await station.perform(.checkin(item: label("TT1.TN.00001")))
    try await lend("TT1.TN.00002")
    let missing = try await station.desk.stockReport(of: id).missing.map(\.item.text)
    #expect(!missing.contains("TT1.TN.00001") && !missing.contains("TT1.TN.00002"))
    #expect(missing.contains("TT1.TN.00003"))
  }

  @Test("is paused, survives a restart, and goes on")
  func pause() async throws {
    let id = try await open()
    _ = try await scan(label("TT1.TN.00004"), for: id)
    let paused = try await station.desk.pauseStockTaking(
      id, true, as: StationFixture.operation())
    #expect(paused.isPaused)
    await #expect(throws: Refusal.stockTakingPaused) {
      try await scan(label("TT1.TN.00005"), for: id)
    }
    let restarted = try station.reopened()
    #expect(try await restarted.stockTakings().map(\.id) == [id])
    _ = try await restarted.pauseStockTaking(id, false, as: StationFixture.operation())
    #expect(try await scan(label("TT1.TN.00005"), for: id) == .present)
    #expect(try await station.desk.stockReport(of: id).counts == [.present: 2])
  }

  @Test("closes with what the librarian settles, and deletes nothing")
  func close() async throws {
    try await lend("TT1.TN.00002")
    let id = try await open()
    for number in 3...9 { _ = try await scan(label("TT1.TN.0000\(number)"), for: id) }
    _ = try await scan(label("TT1.TN.00002"), for: id)
    let operation = StationFixture.operation()
    let settle = [try label("TT1.TN.00001"), try label("TT1.TN.00002")]
    for _ in 0..<2 {
      let session = try await station.desk.closeStockTaking(id, settling: settle, as: operation)
      #expect(session.isClosed)
    }
    let places = try await station.journal.read { view in
      try [1, 2, 10].map { number in
        let text = number < 10 ? "TT1.TN.0000\(number)" : "TT1.TN.00010"
        return try view.holding(ItemID(text))?.place.text
      }
    }
    #expect(places == ["missing:TT1", "shelf:TT1", "shelf:TT1"])
    await #expect(throws: Refusal.stockTakingClosed) {
      try await scan(label("TT1.TN.00010"), for: id)
    }
    await #expect(throws: Refusal.stockTakingClosed) {
      _ = try await station.desk.closeStockTaking(
        id, settling: [], as: StationFixture.operation())
    }
    let result = try await station.journal.verify()
    #expect(result.problems == [] && result.itemCount == 14)
  }

  @Test("offers to settle what lies here against the books, but nothing that is in a box by them")
  func settling() async throws {
    let box = try BoxNumber("B.TT1.0007").label
    _ = try await station.desk.perform(
      .open(box: box, to: "TT"), as: StationFixture.operation())
    _ = try await station.desk.perform(
      .pack(item: label("TT1.TN.00005"), box: box, despiteWarnings: false),
      as: StationFixture.operation())
    try await lend("TT1.TN.00002")
    try await station.perform(.reportLost(item: label("TT1.TN.00003")))
    let id = try await open()
    let texts = try ["TT1.TN.00005", "TT1.TN.00002", "TT1.TN.00003", "TT1.STK.00001"].map(label)
    for text in texts + [try label("TT1.TN.09999")] { _ = try await scan(text, for: id) }
    let lines = try await station.desk.stockReport(of: id).unusual
    let settlings = Dictionary(uniqueKeysWithValues: lines.map { ($0.scan.label, $0.settling) })
    #expect(
      settlings == [
        "TT1.TN.00005": nil, "TT1.TN.00002": .takeBack, "TT1.TN.00003": .recordFound,
        "TT1.STK.00001": nil, "TT1.TN.09999": nil,
      ])
  }

  @Test("says of what can't be settled which it is and why, and then closes nothing")
  func settledInVain() async throws {
    let box = try BoxNumber("B.TT1.0007")
    _ = try await station.desk.perform(
      .open(box: box.label, to: "TT"), as: StationFixture.operation())
    for number in [5, 6] {
      _ = try await station.desk.perform(
        .pack(item: label("TT1.TN.0000\(number)"), box: box.label, despiteWarnings: false),
        as: StationFixture.operation())
    }
    try await lend("TT1.TN.00002")
    let id = try await open()
    for number in [2, 5] { _ = try await scan(label("TT1.TN.0000\(number)"), for: id) }
    // After the report was shown, one comes back, one is lent and one is recorded as missing.
    try await station.perform(.checkin(item: label("TT1.TN.00002")))
    try await lend("TT1.TN.00003")
    try await station.perform(.reportLost(item: label("TT1.TN.00004")))
    let expected: [(number: Int, refusal: Refusal)] = [
      (5, .inBox(try ItemID("TT1.TN.00005"), box: box)),
      (6, .inBox(try ItemID("TT1.TN.00006"), box: box)),
      (2, .alreadyOnShelf(try ItemID("TT1.TN.00002"))),
      (3, .alreadyOnLoan(try ItemID("TT1.TN.00003"), toSamePatron: false)),
      (4, .alreadyMissing(try ItemID("TT1.TN.00004"))),
    ]
    for (number, refusal) in expected {
      await #expect(throws: refusal) {
        _ = try await station.desk.closeStockTaking(
          id, settling: [label("TT1.TN.00001"), label("TT1.TN.0000\(number)")],
          as: StationFixture.operation())
      }
    }
    #expect(try await station.desk.stockTakings().first?.isClosed == false)
    let first = try await station.desk.summaries(of: [ItemID("TT1.TN.00001")])
    #expect(first.map(\.place) == [.shelf(station.desk.library)])
  }

  @Test("settles nothing that the report does not show, and then closes nothing")
  func settleRefused() async throws {
    let id = try await open()
    _ = try await scan(label("TT1.TN.00004"), for: id)
    await #expect(throws: Refusal.self) {
      _ = try await station.desk.closeStockTaking(
        id, settling: [label("TT1.TN.00005"), label("TT1.TN.00004")],
        as: StationFixture.operation())
    }
    #expect(try await station.desk.stockTakings().first?.isClosed == false)
    await #expect(throws: Refusal.noStockTaking) {
      _ = try await station.desk.stockReport(of: OperationID(high: 1, low: 1))
    }
    await #expect(throws: DeskError.badRange("!")) {
      _ = try await station.desk.openStockTaking(of: "!", as: StationFixture.operation())
    }
  }
}
