import HTTPTypes
import TestSupport
import Testing

@testable import StationServer

@Suite("Routes of imports")
struct ImportRouteTests {
  @Test("previews, refuses, skips and imports, and logs no name")
  func imports() async throws {
    let fixture = try await ServerFixture()
    let list = Array("Họ tên,Lớp\nLê An,4A\nNguyÔn V¨n §øc,4A\n".utf8)
    let name = Printed.operation()
    let replies = try await fixture.test { station in
      [
        try await station.post("imports", bytes: list, type: "text/csv"),
        try await station.post("imports?operation=\(name)", bytes: list, type: "text/csv"),
        try await station.post(
          "imports?operation=\(name)&skip=refused", bytes: list, type: "text/csv"),
        try await station.post("imports", bytes: list, type: "image/png"),
        try await station.post("imports", bytes: [0], type: "text/csv"),
        try await station.post("imports?operation=x", bytes: list, type: "text/csv"),
      ]
    }
    #expect(replies.map(\.status.code) == [200, 200, 200, 415, 422, 400])
    #expect(replies.prefix(3).map { $0.json["imported"] } == [false, false, true])
    #expect(replies[0].json["problems"].elements.first?["line"] == 3)
    #expect(replies[0].json["problems"].elements.first?["problem"] == "legacy-font")
    #expect(!fixture.log.text.contains("An"))
  }

  @Test("shows a librarian who has a card now and who would, tells nobody else, and logs no name")
  func changes() async throws {
    let fixture = try await ServerFixture()
    let list = Array("Họ tên,Lớp,Số thẻ\nLê Văn Tám,4A,\(try Printed.card(1))\n".utf8)
    let reply = try await fixture.test { station in
      try await station.post("imports", bytes: list, type: "text/csv")
    }
    #expect(reply.json["changed"] == 1 && reply.json["renamed"] == 1)
    #expect(
      reply.json["changes"] == [
        [
          "line": 2, "number": "P.TT1.00001",
          "before": ["name": "Nguyễn Thị Hoa", "kind": "pupil", "schoolClass": "3B"],
          "after": ["name": "Lê Văn Tám", "kind": "pupil", "schoolClass": "4A"],
        ]
      ])
    let kiosk = try await fixture.test(signedIn: false) { station in
      try await station.post("imports", bytes: list, type: "text/csv")
    }
    #expect(kiosk.status == .unauthorized && !kiosk.text.contains("Hoa"))
    #expect(!fixture.log.text.contains("Hoa") && !fixture.log.text.contains("Tám"))
  }

  @Test("names a column that the list lacks in the words of the page")
  func missingColumn() async throws {
    let fixture = try await ServerFixture()
    let reply = try await fixture.test { station in
      try await station.post("imports", bytes: Array("Họ tên\nLê An\n".utf8), type: "text/csv")
    }
    #expect(
      reply.json["problems"].elements.first?["column"] == ["vi": "Lớp", "en": "Class"])
  }

  @Test("shows a promotion and does it once")
  func promotions() async throws {
    let fixture = try await ServerFixture()
    let names = (0..<2).map { _ in JSONValue.string(Printed.operation()) }
    let replies = try await fixture.test { station in
      [
        try await station.get("promotions"),
        try await station.post("promotions", ["operation": names[0]]),
        try await station.post("promotions", ["operation": names[1]]),
      ]
    }
    #expect(replies.map(\.status.code) == [200, 200, 422])
    #expect(replies[0].json["steps"].elements.map { $0["to"].text } == ["4B"])
    #expect(replies[2].json["error"] == "promoted-recently")
  }
}
