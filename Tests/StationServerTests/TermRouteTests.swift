import Desk
import HTTPTypes
import TestSupport
import Testing

@testable import StationServer

@Suite("Routes of the end of a term")
struct TermRouteTests {
  private func operation() -> JSONValue { .string(Printed.operation()) }

  /// Counts everything at the routes; gives the stock-taking.
  private func count(_ items: [String], by station: StationClient) async throws -> JSONValue {
    let opened = try await station.post(
      "stock-takings", ["operation": operation(), "range": ""])
    let session = opened.json["session"]
    for item in items {
      _ = try await station.post(
        "stock-takings/scans",
        ["operation": operation(), "session": session, "text": .string(try Printed.item(item))])
    }
    _ = try await station.post(
      "stock-takings/closings", ["operation": operation(), "session": session])
    return session
  }

  private static let items =
    (1...9).map { "TT1.TN.0000\($0)" } + [
      "TT1.TN.00010", "TT.TN.00001", "TT1.SGK.00001", "TT1.BTC.00001",
    ]

  @Test("add up, refuse before the count, close once, and give the statement and its minutes")
  func closing() async throws {
    let fixture = try await ServerFixture()
    let closing = operation()
    let replies = try await fixture.test { station in
      let before = [
        try await station.get("reconciliation?term=2026-2027/1"),
        try await station.post(
          "reconciliation/closings", ["operation": closing, "term": "2026-2027/1"]),
        try await station.get("reconciliation/statement?term=2026-2027/1"),
        try await station.get("minutes?kind=term&term=2026-2027/1"),
      ]
      let session = try await count(Self.items, by: station)
      let body: JSONValue = ["operation": closing, "term": "2026-2027/1"]
      return before + [
        try await station.post("reconciliation/closings", body),
        try await station.post("reconciliation/closings", body),
        try await station.post(
          "reconciliation/closings", ["operation": operation(), "term": "2026-2027/1"]),
        try await station.get("reconciliation"),
        try await station.get("reconciliation/items?term=2026-2027/1"),
        try await station.get("reconciliation/statement?term=2026-2027/1"),
        try await station.get("minutes?kind=term&term=2026-2027/1"),
        try await station.get("minutes?kind=term&term=2026-2027/1&format=csv"),
        try await station.get("minutes?kind=stock&session=\(session.text ?? "")"),
      ]
    }
    #expect(
      replies.map(\.status.code) == [
        200, 409, 409, 409, 200, 200, 409, 200, 200, 200, 200, 200, 200,
      ])
    #expect(replies[0].json["uncounted"] == 14 && replies[1].json["error"] == "not-counted")
    #expect(replies[4].json["open"].elements.map { $0["item"] } == ["TT1.STK.00001"])
    #expect(replies[4].json["closed"]["hash"] == replies[5].json["closed"]["hash"])
    #expect(replies[7].json["term"] == "2026-2027/2")
    // A head, and each item once.
    let lines = replies[8].text.split(whereSeparator: \.isNewline)
    #expect(lines.count == 15 && Set(lines.map { $0.prefix { $0 != "," } }).count == 15)
    #expect(replies[9].text.contains("heading present 13\n"))
    #expect(replies[10].bytes.starts(with: Array("%PDF".utf8)))
    #expect(replies[11].text.contains("TT1.STK.00001,Từ điển tiếng Việt,Thiếu khi kiểm kê"))
  }

  @Test("refuse what is no term, no statement and no kind of minutes")
  func refusals() async throws {
    let fixture = try await ServerFixture()
    let name = Printed.operation()
    let replies = try await fixture.test { station in
      [
        try await station.get("reconciliation?term=2026"),
        try await station.get("reconciliation/statement"),
        try await station.post(
          "reconciliation/signatures?operation=\(name)", bytes: Array("x".utf8),
          type: "text/plain"),
        try await station.post(
          "reconciliation/signatures", bytes: Array("x".utf8), type: "text/plain"),
        try await station.post(
          "reconciliation/signatures?operation=\(name)", bytes: [0xFF], type: "text/plain"),
        try await station.post(
          "reconciliation/signatures?operation=\(name)", bytes: [], type: "image/png"),
        try await station.get("minutes"), try await station.get("minutes?kind=x"),
        try await station.get("minutes?kind=handover"),
        try await station.get("minutes?kind=handover&box=B.TT1.0001"),
        try await station.get("minutes?kind=stock&session=x"),
        try await station.get("minutes?kind=stock&session=\(name)"),
      ]
    }
    #expect(
      replies.map(\.status.code) == [
        422, 400, 422, 400, 400, 415, 400, 400, 400, 422, 400, 409,
      ])
  }

  @Test("give minutes of a box that was sealed here")
  func handover() async throws {
    let fixture = try await ServerFixture()
    let box: JSONValue = "B.TT1.0001"
    let replies = try await fixture.test { station in
      _ = try await station.post("boxes", ["operation": operation(), "box": box, "to": "TT"])
      let open = try await station.get("minutes?kind=handover&box=B.TT1.0001")
      _ = try await station.post(
        "boxes/packings",
        [
          "operation": operation(), "box": box,
          "item": .string(try Printed.item("TT1.TN.00001")),
        ])
      _ = try await station.post("boxes/seals", ["operation": operation(), "box": box])
      return [
        open, try await station.get("minutes?kind=handover&box=B.TT1.0001"),
        try await station.get("minutes?kind=handover&box=B.TT1.0001&format=csv"),
        try await station.get("minutes?kind=handover&box=B.TT1.0001&format=x"),
      ]
    }
    #expect(replies.map(\.status.code) == [409, 200, 200, 400])
    #expect(replies[2].text.contains("1,TT1.TN.00001,Dế Mèn phiêu lưu ký,Tốt,"))
  }

  @Test("are the librarian's alone")
  func access() async throws {
    let fixture = try await ServerFixture()
    let replies = try await fixture.test(signedIn: false) { station in
      [
        try await station.get("reconciliation"), try await station.get("minutes?kind=term"),
        try await station.post(
          "reconciliation/closings", ["operation": operation(), "term": "2026-2027/1"]),
      ]
    }
    #expect(replies.map(\.status.code) == [401, 401, 401])
  }
}
