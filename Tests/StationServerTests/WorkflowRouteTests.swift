import Desk
import HTTPTypes
import TestSupport
import Testing

@testable import StationServer

@Suite("Routes of classes and stock-taking")
struct WorkflowRouteTests {
  private func operation() -> JSONValue { .string(Printed.operation()) }

  @Test("lists a class, keeps a set, lends of it, and finds patrons by name")
  func classes() async throws {
    let fixture = try await ServerFixture()
    let names = (0..<3).map { _ in operation() }
    let item = JSONValue.string(try Printed.item("TT1.SGK.00001"))
    let card = JSONValue.string(try Printed.card(1))
    let replies = try await fixture.test { station in
      [
        try await station.post(
          "sets",
          ["operation": names[0], "id": "SGK-3", "name": "Lớp 3", "records": ["TT.2"]]),
        try await station.post("rosters", ["schoolClass": "3B", "set": "SGK-3"]),
        try await station.post(
          "checkouts", ["operation": names[1], "item": item, "card": card, "set": "SGK-3"]),
        try await station.post("patrons/search", ["words": "duc tran"]),
        try await station.get("sets"), try await station.get("readings"),
        try await station.post("sets/removals", ["operation": names[2], "id": "SGK-3"]),
        try await station.post("rosters", ["schoolClass": "lớp?"]),
      ]
    }
    #expect(replies.map(\.status.code) == [200, 200, 200, 200, 200, 200, 200, 422])
    #expect(
      replies[1].json["pupils"].elements.map { $0["name"].text } == [
        "Trần Văn Đức", "Nguyễn Thị Hoa",
      ])
    #expect(replies[2].json["due"] == "2027-05-28")
    #expect(replies[3].json["patrons"].elements.map { $0["name"].text } == ["Trần Văn Đức"])
    #expect(!fixture.log.text.contains("Đức"))
  }

  @Test("takes stock over the routes, and tells each refusal")
  func stock() async throws {
    let fixture = try await ServerFixture()
    let names = (0..<6).map { _ in operation() }
    let item = JSONValue.string(try Printed.item("TT1.TN.00001"))
    let lost = JSONValue.string(try Printed.item("TT1.TN.00002"))
    let session = names[0]
    let replies = try await fixture.test { station in
      [
        try await station.post("stock-takings", ["operation": session, "range": "TN.1-2"]),
        try await station.post(
          "stock-takings/scans", ["operation": names[1], "session": session, "text": item]),
        try await station.get("stock-takings/report?session=\(session.text ?? "")"),
        try await station.post(
          "stock-takings/pauses", ["operation": names[2], "session": session, "paused": true]),
        try await station.post(
          "stock-takings/scans", ["operation": names[3], "session": session, "text": item]),
        try await station.post(
          "stock-takings/closings",
          ["operation": names[4], "session": session, "settle": [lost]]),
        try await station.get("stock-takings"),
        try await station.get("stock-takings/report"),
        try await station.get("stock-takings/report?session=x"),
        try await station.post(
          "stock-takings/scans", ["operation": names[5], "session": "x", "text": item]),
      ]
    }
    #expect(replies.map(\.status.code) == [200, 200, 200, 200, 409, 200, 200, 400, 400, 400])
    #expect(replies[1].json["finding"] == "present")
    // The number TN.00001 is of two libraries here; both stand on the shelf.
    #expect(replies[2].json["expected"] == 3)
    #expect(replies[4].json["error"] == "stock-taking-paused")
    #expect(replies[6].json["sessions"].elements.first?["closed"] == true)
  }

  @Test("tells of each line of a stock-taking's report how it can be settled, and why one can't be")
  func settling() async throws {
    let fixture = try await ServerFixture()
    let names = (0..<4).map { _ in operation() }
    let lent = try Printed.item("TT1.TN.00002")
    let present = try Printed.item("TT1.TN.00003")
    try await fixture.station.perform(
      .checkout(item: lent, card: try Printed.card(1), overrideReason: nil))
    let replies = try await fixture.test { station in
      [
        try await station.post("stock-takings", ["operation": names[0], "range": "TN.1-5"]),
        try await station.post(
          "stock-takings/scans",
          ["operation": names[1], "session": names[0], "text": .string(lent)]),
        try await station.get("stock-takings/report?session=\(names[0].text ?? "")"),
        try await station.post(
          "stock-takings/scans",
          ["operation": names[3], "session": names[0], "text": .string(present)]),
        try await station.post(
          "stock-takings/closings",
          ["operation": names[2], "session": names[0], "settle": [.string(present)]]),
      ]
    }
    #expect(replies.map(\.status.code) == [200, 200, 200, 200, 409])
    #expect(replies[2].json["unusual"].elements.map { $0["settling"] } == ["take-back"])
    #expect(replies[4].json["error"] == "already-on-shelf")
  }
}
