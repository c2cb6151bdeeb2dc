import Circulation
import Desk
import Journal
import Labels
import Ledger
import Rotation
import TestSupport
import Testing

@Suite("A term at two schools")
struct TermTests {
  private let one: BoxSite
  private let other: BoxSite
  private let term = "2026-2027/1"

  init() async throws {
    let sites = try await BoxSite.group(["TT", "TT1"])
    (one, other) = (sites[0], sites[1])
  }

  private func count(_ items: [ItemID], at site: BoxSite, of range: String = "") async throws {
    try await site.count(items, of: range)
  }

  private func headings(at site: BoxSite, _ name: String? = nil) async throws -> [String: [String]]
  {
    let lines = try await site.desk.termLines(of: name ?? term).lines
    return Dictionary(grouping: lines, by: \.heading.rawValue).mapValues { $0.map(\.item.text) }
  }

  private func check(_ report: TermReport) {
    for row in report.statement.rows {
      let n = row.numbers
      #expect(n[0] + n[1] + n[2] + n[3] - n[4] - n[5] - n[6] == n[7], "\(row)")
    }
    #expect(report.statement.headings[.absent] == nil)
  }

  @Test("has each item under one heading, and traces what is odd to its events")
  func headings() async throws {
    let items = try (1...10).map { try one.item($0) }
    let card = try CardNumber(library: one.library, serial: 1).label
    try await one.perform(.checkout(item: items[0].label, card: card, overrideReason: nil))
    try await one.perform(.reportLost(item: items[1].label))
    _ = try await one.send([items[2], items[3]], in: one.box(), to: "TT1")
    try await count(Array(items[4...8]) + [items[0], try other.item(5)], at: one)
    let found = try await headings(at: one)
    #expect(
      found.mapValues(\.count) == [
        "seen-while-on-loan": 1, "lost": 1, "not-known-yet": 2, "present": 5, "missing": 1,
        "unexpected": 1,
      ])
    let report = try await one.desk.termReport(of: nil)
    check(report)
    #expect(report.statement.term.description == term && report.waitingFor == [other.library])
    #expect(
      report.statement.rows.map(\.numbers) == [
        [0, 0, 10, 0, 2, 0, 1, 7, 6], [0, 0, 0, 0, 0, 0, 0, 0, 1],
      ])
    let lost = try #require(
      try await one.desk.termLines(of: term).lines.first { $0.heading == .lost })
    let events = try await one.journal.read { view in
      var events: [EventMark: String] = [:]
      try view.forEachEvent { event in
        events[EventMark(event)] = event.fact.name
        return true
      }
      return events
    }
    #expect(lost.events.map { events[$0] } == ["item-registered", "lost"])
  }

  @Test("says what it does not know: before a count, and after one of a part of the register")
  func partial() async throws {
    let before = try await one.desk.termReport(of: term)
    #expect(before.uncounted == 10 && before.statement.headings == [.notKnownYet: 10])
    await #expect(throws: TermRefusal.notCounted(10)) {
      try await one.desk.closeTerm(term, as: BoxSite.operation())
    }
    try await count((1...3).map { try one.item($0) }, at: one, of: "TN.1-4")
    let after = try await one.desk.termReport(of: term)
    #expect(after.uncounted == 6)
    #expect(after.statement.headings == [.present: 3, .missing: 1, .notKnownYet: 6])
    _ = try await one.desk.openStockTaking(of: "TN", as: BoxSite.operation())
    await #expect(throws: TermRefusal.countNotClosed) {
      try await one.desk.closeTerm(term, as: BoxSite.operation())
    }
  }

  @Test("does not call unexpected what was counted and then lent, packed or taken back")
  func movedAfterCount() async throws {
    let items = try (1...10).map { try one.item($0) }
    let card = try CardNumber(library: one.library, serial: 1).label
    try await one.perform(.checkout(item: items[9].label, card: card, overrideReason: nil))
    let id = try await one.desk.openStockTaking(of: "", as: BoxSite.operation()).id
    for item in items.prefix(9) {
      _ = try await one.desk.scanStock(item.label, for: id, as: BoxSite.operation())
    }
    try await one.perform(.checkin(item: items[9].label))
    try await one.perform(.checkout(item: items[0].label, card: card, overrideReason: nil))
    try await one.perform(.open(box: one.box(), to: "TT1"))
    for item in items[1...2] {
      try await one.perform(.pack(item: item.label, box: one.box(), despiteWarnings: false))
    }
    try await one.perform(.unpack(item: items[2].label, box: one.box()))
    _ = try await one.desk.closeStockTaking(id, settling: [], as: BoxSite.operation())
    #expect(
      try await headings(at: one).mapValues(\.count) == [
        "on-loan": 1, "not-known-yet": 1, "present": 8,
      ])
    let rows = try await one.desk.termReport(of: term).statement.rows
    #expect(rows.map(\.numbers) == [[0, 0, 10, 0, 1, 0, 0, 9, 9]])
  }

  @Test("is closed once, is frozen, and carries what is open into the next term by name")
  func closing() async throws {
    let items = try (1...10).map { try one.item($0) }
    try await count(items.dropLast(), at: one)
    let operation = BoxSite.operation()
    let closed = try await one.desk.closeTerm(term, as: operation)
    let again = try await one.desk.closeTerm(term, as: operation)
    #expect(again.closed == closed.closed && again.statement == closed.statement)
    await #expect(throws: TermRefusal.self) {
      try await one.desk.closeTerm(term, as: BoxSite.operation())
    }
    let name = "2026-2027/1 TT.TN.00010 missing"
    #expect(closed.statement.open.map(\.difference.name) == [name])
    #expect(closed.statement.open.first?.title == "Dế Mèn phiêu lưu ký")
    // What happens afterwards is the next term's.
    try await one.perform(.reportLost(item: items[0].label))
    #expect(try await one.desk.termReport(of: term).statement == closed.statement)
    #expect(try await headings(at: one)["lost"] == nil)
    let next = try await one.desk.termReport(of: nil)
    #expect(next.statement.term.description == "2026-2027/2")
    #expect(next.statement.rows.map { $0.numbers[0] } == [10])
    try await count(Array(items.dropFirst()), at: one)
    let settled = try await one.desk.closeTerm("2026-2027/2", as: BoxSite.operation())
    #expect(settled.settled.map(\.name) == [name] && settled.statement.open == [])
    #expect(try await one.journal.verify().problems == [])
  }

  @Test("keeps a difference under its first name for as long as it is open")
  func carriedOver() async throws {
    let items = try (1...10).map { try one.item($0) }
    for name in ["2026-2027/1", "2026-2027/2", "2027-2028/1"] {
      try await count(items.dropLast(), at: one)
      let report = try await one.desk.closeTerm(name, as: BoxSite.operation())
      check(report)
      #expect(
        report.statement.open.map(\.difference.name) == ["2026-2027/1 TT.TN.00010 missing"])
    }
  }

  @Test("is signed by both schools, and what the other signs is no longer unknown")
  func bothSign() async throws {
    let items = try (1...10).map { try one.item($0) }
    let codes = try await one.send(Array(items[0...2]), in: one.box(), to: "TT1")
    try await count(Array(items[3...]), at: one)
    let closed = try await one.desk.closeTerm(term, as: BoxSite.operation())
    #expect(closed.statement.headings == [.present: 7, .notKnownYet: 3])
    let file = try await one.desk.statementFile(of: term)
    // Nothing has been received yet, so the other school is warned before it signs.
    await #expect(throws: TermRefusal.differs(notReceived: Array(items[0...2]), notSent: [])) {
      try await other.desk.takeStatement(file, acceptsDifferences: false, as: BoxSite.operation())
    }
    try await other.read(codes)
    try await other.receive(Array(items[0...1]), from: one.box())
    let operation = BoxSite.operation()
    let signed = try await other.desk.takeStatement(
      file, acceptsDifferences: true, as: operation)
    #expect(signed.exceptions == [items[2]] && signed.signers.map(\.text) == ["TT", "TT1"])
    let again = try await other.desk.takeStatement(
      file, acceptsDifferences: true, as: BoxSite.operation())
    #expect(again.isRepeat && again.file == signed.file)
    let home = try await one.desk.takeStatement(
      signed.file, acceptsDifferences: false, as: BoxSite.operation())
    #expect(home.signers.map(\.text) == ["TT", "TT1"] && !home.isRepeat)
    #expect(try await one.desk.statementFile(of: term) == signed.file)
    #expect(try await one.desk.termReport(of: term).signatures.map(\.library.text) == ["TT1"])
    try await count(Array(items[3...]), at: one)
    let next = try await one.desk.closeTerm("2026-2027/2", as: BoxSite.operation())
    check(next)
    #expect(next.statement.headings == [.present: 7, .handedOver: 2, .notKnownYet: 1])
    #expect(
      next.statement.open.map(\.difference.name) == [
        "2026-2027/1 TT.TN.00003 not-known-yet"
      ])
    #expect(next.settled.count == 2)
    for site in [one, other] { #expect(try await site.journal.verify().problems == []) }
  }

  @Test("has what came from another school as received, and what its slip says beside it")
  func receivingSide() async throws {
    let sent = try (1...3).map { try one.item($0) }
    let codes = try await one.send(sent, in: one.box(), to: "TT1")
    try await other.read(codes)
    try await other.receive(Array(sent[0...1]), from: one.box())
    try await count((1...10).map { try other.item($0) } + Array(sent[0...1]), at: other)
    let report = try await other.desk.closeTerm(term, as: BoxSite.operation())
    check(report)
    #expect(report.statement.headings == [.present: 12, .onTheWay: 1])
    #expect(report.statement.came(from: one.library) == Array(sent[0...1]))
    #expect(report.breaks == [])
    #expect(
      report.statement.ways == [
        TermStatement.Way(from: one.library, to: other.library, numbers: [0, 3, 2, 0, 0, 1])
      ])
    // The book comes home with a slip of the other school, and the way back is known whole.
    let back = try await other.send(Array(sent[0...1]), in: other.box(), to: "TT")
    try await one.read(back)
    try await one.receive(Array(sent[0...1]), from: other.box())
    try await count([sent[0], sent[1]] + (4...10).map { try one.item($0) }, at: one)
    let home = try await one.desk.termReport(of: term)
    check(home)
    #expect(home.statement.headings == [.present: 9, .notKnownYet: 1] && home.breaks == [])
  }

  @Test("refuses a forged statement, an altered one, and one of a library without a key")
  func forged() async throws {
    try await count((1...10).map { try one.item($0) }, at: one)
    _ = try await one.desk.closeTerm(term, as: BoxSite.operation())
    let file = try await one.desk.statementFile(of: term)
    let altered = file.replacing("heading present 10", with: "heading present 11")
    await #expect(throws: TermRefusal.badSignature(one.library)) {
      try await other.desk.takeStatement(altered, acceptsDifferences: true, as: BoxSite.operation())
    }
    let stranger = try await BoxSite.group(["TT2"])[0]
    await #expect(throws: TermRefusal.unknownLibrary(one.library)) {
      try await stranger.desk.takeStatement(file, acceptsDifferences: true, as: BoxSite.operation())
    }
    await #expect(throws: TermRefusal.notAStatement(line: 1)) {
      try await other.desk.takeStatement("x", acceptsDifferences: true, as: BoxSite.operation())
    }
    await #expect(throws: TermRefusal.badTerm("2026")) {
      try await one.desk.termReport(of: "2026")
    }
  }

  @Test("is the same after a restart")
  func kept() async throws {
    try await count((1...10).map { try one.item($0) }, at: one)
    let closed = try await one.desk.closeTerm(term, as: BoxSite.operation())
    let journal = try Journal(folder: one.journal.folder, clock: one.clock.clock)
    let desk = Desk(journal: journal, settings: DeskSettings())
    #expect(try await desk.termReport(of: term).statement == closed.statement)
    try journal.close()
  }
}
