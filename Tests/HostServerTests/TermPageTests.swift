import Foundation
import HTTPTypes
import Labels
import Ledger
import Registry
import Rotation
import TestSupport
import Testing

@Suite("The host's page of the end of a term")
struct TermPageTests {
  private let fixture: ServerFixture

  /// Two books went to TT, of which one came; TT1 misses a third one.
  ///
  /// Both have closed the term.
  init() async throws {
    fixture = try ServerFixture()
    let term = try #require(Term("2026-2027/1"))
    let maker = try FactMaker("TT1")
    let items = try (1...3).map { try maker.item($0) }
    var (home, away) = (try StationChain(of: "TT1"), try StationChain(of: "TT"))
    let (from, to) = (home.station.library, away.station.library)
    let box = try BoxNumber(library: from, serial: 1)
    let route = BoxRoute(step: BoxStep(box: box, seal: 0), from: from, to: to)
    home.record([maker.description()] + items.map { maker.registration($0) })
    home.record([.box(.opened(route))])
    home.record(
      items[..<2].map {
        .box(.packed(ItemMove(item: $0, from: .shelf(from), to: .box(box), seen: 1)))
      })
    let sent = items[..<2].enumerated().map { number, item in
      TermStatement.Passage(
        direction: .sent, other: to, item: item,
        event: EventMark(epoch: .first, sequence: Int64(6 + number)))
    }
    try home.close(
      term, passages: sent,
      open: [TermStatement.Open(items[2], .missing, since: term, at: from)])
    let move = ItemMove(item: items[0], from: .box(box), to: .shelf(to), seen: 2)
    away.record([.box(.received(BoxFinding(step: route.step, move: move, condition: .good)))])
    let came = TermStatement.Passage(
      direction: .came, other: from, item: items[0],
      event: EventMark(epoch: .first, sequence: 1))
    try away.close(term, passages: [came])
    for chain in [home, away] {
      try await fixture.host.registry.enrol(chain.enrolment)
      _ = try await fixture.host.registry.apply(chain.sealed())
    }
  }

  @Test("shows the sums, what went between libraries, and each difference with its events")
  func page() async throws {
    let text = try await fixture.test(as: .auditor) { try await $0.get("/doi-chieu?lang=en").text }
    for expected in [
      "Closed over the group. SHA-256:", "TT1.TN.00003", "Missing at the count", "On the way",
      "registered TT1.TN.00003 at TT1", "<svg class=\"plot\"", "nobody yet",
      "TT1.TN.00002", "Trường Tiểu học TT1 → Trường Tiểu học TT", "2026-2027/1",
    ] {
      #expect(text.contains(expected), "\(expected)")
    }
    #expect(!text.contains("Still awaited"))
  }

  @Test("goes on showing what was closed, what deviates, and whose signature is not checked")
  func deviates() async throws {
    let host = fixture.host
    let closed = try #require(try await host.registry.reconciliation().closingHash)
    let maker = try FactMaker("TT2")
    var (late, next) = (try StationChain(of: "TT2"), try StationChain(of: "TT3"))
    late.record([maker.registration(try maker.item(1))])
    next.record([maker.reading(1)], atWall: 1_803_000_000_000)
    for chain in [late, next] {
      try await host.registry.enrol(chain.enrolment)
      _ = try await host.registry.apply(chain.sealed())
    }
    let (english, vietnamese, answer) = try await fixture.test(as: .auditor) { host in
      (
        try await host.get("/doi-chieu?lang=en").text, try await host.get("/doi-chieu").text,
        try await host.get("/api/v1/reconciliation")
      )
    }
    for expected in [
      "\(closed)", "The sum is another by now than what was closed",
      "now: Trường Tiểu học TT2 ← Trường Tiểu học TT2, Children&#39;s books: registered 1",
      "Still awaited:</b> Trường Tiểu học TT2.", "TT3 (TT3-1): a new station that began after",
      "TT-1: signature not checked",
    ] {
      #expect(english.contains(expected), "\(expected)")
    }
    #expect(vietnamese.contains("Sổ hiện cộng khác bản đã chốt"))
    #expect(english.utf8.count < 100_000)
    struct Answer: Decodable {
      struct Closing: Decodable {
        let hash: String
        let agrees: Bool
        let waitingFor: [String]
        let new: [String]
      }
      struct Left: Decodable {
        let station, reason: String
      }
      struct Statement: Decodable {
        let signature: String
      }
      let closing: Closing
      let leftOut: [Left]
      let statements: [Statement]
      let unlistedCount: Int
    }
    let told = try answer.json(as: Answer.self)
    #expect(told.closing.hash == closed.description && !told.closing.agrees)
    #expect(told.closing.waitingFor == ["TT2"])
    #expect(told.closing.new.contains("library TT2"))
    #expect(told.leftOut.map(\.station) == ["TT3-1"])
    #expect(told.leftOut.map(\.reason) == ["begun-later"])
    #expect(told.statements.map(\.signature) == ["unknown-key", "unknown-key"])
  }

  @Test("says of what no list has room for how much it is, and what to do")
  func unlisted() async throws {
    let fixture = try ServerFixture()
    var chain = try StationChain(of: "TT1")
    try chain.close(
      try #require(Term("2026-2027/1")), through: EventMark(epoch: .first, sequence: 100_000))
    try await fixture.host.registry.enrol(chain.enrolment)
    _ = try await fixture.host.registry.apply(chain.sealed())
    try await fixture.host.sendAway(20_002, of: chain.station.library)
    let (page, answer) = try await fixture.test(as: .auditor) { host in
      (
        try await host.get("/doi-chieu?lang=en").text,
        try await host.get("/api/v1/reconciliation")
      )
    }
    #expect(page.contains("Not listed here: 2 more to look into."))
    struct Answer: Decodable {
      let unlistedCount, openCount: Int
      let unlistedAdvice: [String: String]
    }
    let told = try answer.json(as: Answer.self)
    #expect(told.unlistedCount == 2 && told.openCount == 20_000)
    #expect(told.unlistedAdvice["vi"]?.contains("Còn 2 bản") == true)
    #expect(told.unlistedAdvice["en"]?.contains("here: 2 more") == true)
  }

  @Test("holds two libraries' statements against each other, item by item")
  func pair() async throws {
    let text = try await fixture.test(as: .auditor) {
      try await $0.get("/doi-chieu?lang=en&ky=2026-2027/1&a=TT&b=TT1").text
    }
    #expect(text.contains("stated as sent, not as received"))
    #expect(text.contains("TT1-1/1.7"))
    #expect(text.contains("TT1.TN.00002") && !text.contains("TT1.TN.00003"))
  }

  @Test("says of an earlier term what is waited for")
  func waiting() async throws {
    let text = try await fixture.test(as: .auditor) {
      try await $0.get("/doi-chieu?lang=en&ky=2026-2027/2").text
    }
    #expect(text.contains("Still awaited:</b> Trường Tiểu học TT, Trường Tiểu học TT1."))
  }

  @Test("is a file and an answer for programs as well")
  func files() async throws {
    let (file, answer) = try await fixture.test(as: .auditor) { host in
      (
        try await host.get("/doi-chieu.csv?ky=2026-2027/1&a=TT&b=TT1"),
        try await host.get("/api/v1/reconciliation?ky=2026-2027/1")
      )
    }
    #expect(
      file.headers[.contentDisposition]
        == "attachment; filename=\"doi-chieu-2026-2027-1-TT-TT1.csv\"")
    let lines = file.text.split(separator: "\r\n")
    #expect(lines.count == 2)
    #expect(lines.last?.contains("\"on-the-way:TT1:TT\"") == true)
    struct Answer: Decodable {
      let term: String
      let headings: [String: Int]
      let openCount: Int
      let closingHash: String?
    }
    let told = try answer.json(as: Answer.self)
    #expect(told.term == "2026-2027/1" && told.openCount == 2 && told.closingHash != nil)
    #expect(told.headings == ["present": 1, "on-the-way": 1, "missing": 1])
  }
}
