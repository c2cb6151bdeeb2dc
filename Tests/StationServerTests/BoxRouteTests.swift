import Desk
import HTTPTypes
import TestSupport
import Testing

@testable import StationServer

@Suite("Routes of boxes")
struct BoxRouteTests {
  private func operation() -> JSONValue { .string(Printed.operation()) }

  @Test("pack, warn, seal, send, and list a box")
  func packing() async throws {
    let fixture = try await ServerFixture()
    let names = (0..<9).map { _ in operation() }
    let item = JSONValue.string(try Printed.item("TT1.TN.00001"))
    let lost = JSONValue.string(try Printed.item("TT1.TN.00002"))
    let box: JSONValue = "B.TT1.0001"
    let replies = try await fixture.test { station in
      [
        try await station.post("boxes", ["operation": names[0], "box": box, "to": "TT"]),
        try await station.post(
          "boxes/packings", ["operation": names[1], "box": box, "item": item]),
        try await station.post("losses", ["operation": names[2], "item": lost]),
        try await station.post(
          "boxes/packings", ["operation": names[3], "box": box, "item": lost]),
        try await station.post(
          "boxes/packings",
          ["operation": names[4], "box": box, "item": lost, "despiteWarnings": true]),
        try await station.post(
          "boxes/unpackings", ["operation": names[5], "box": box, "item": lost]),
        try await station.post("boxes/seals", ["operation": names[6], "box": box]),
        try await station.post("boxes/dispatches", ["operation": names[7], "box": box]),
        try await station.get("boxes"),
        try await station.get("boxes/report?box=B.TT1.0001"),
        try await station.get("boxes/report?box=B.TT1.0009"),
        try await station.get("boxes/report"),
        try await station.get("boxes/slip?box=B.TT1.0001&paper=a5"),
        try await station.get("boxes/slip?box=B.TT1.0001&paper=x"),
      ]
    }
    #expect(
      replies.map(\.status.code) == [
        200, 200, 200, 409, 200, 200, 200, 200, 200, 200, 422, 400,
        200, 400,
      ])
    #expect(replies[3].json["warnings"].elements == ["recorded-missing"])
    #expect(replies[3].json["overridable"] == true)
    #expect(replies[8].json["boxes"].elements.first?["state"] == "dispatched")
    #expect(replies[9].json["items"].elements.count == 1)
  }

  @Test("receive a box: arrival, books blind, report, receipt, and each refusal")
  func receiving() async throws {
    let fixture = try await ServerFixture()
    let names = (0..<12).map { _ in operation() }
    let item = JSONValue.string(try Printed.item("TT.TN.00007"))
    let box: JSONValue = "B.TT.0003"
    let replies = try await fixture.test { station in
      [
        try await station.post("boxes/arrivals", ["operation": names[0], "box": box]),
        try await station.post("boxes/slips", ["operation": names[1], "box": box, "texts": []]),
        try await station.post(
          "boxes/slips", ["operation": names[2], "box": box, "texts": ["LTM1x", "y"]]),
        try await station.post(
          "boxes/items", ["operation": names[3], "box": box, "item": item]),
        try await station.post(
          "boxes/items",
          ["operation": names[4], "box": box, "item": item, "condition": "worn"]),
        try await station.post(
          "boxes/items", ["operation": names[5], "box": box, "item": item, "condition": "x"]),
        try await station.get("boxes/report?box=B.TT.0003"),
        try await station.post("boxes/refusals", ["operation": names[6], "box": box]),
        try await station.post("boxes/losses", ["operation": names[7], "box": box]),
        try await station.post("boxes/finds", ["operation": names[8], "box": box]),
        try await station.post("boxes/returns", ["operation": names[9], "box": box]),
        try await station.post("boxes/receipts", ["operation": names[10], "box": box]),
        try await station.post("boxes/reopenings", ["operation": names[11], "box": box]),
      ]
    }
    #expect(
      replies.map(\.status.code) == [
        200, 200, 200, 200, 200, 400, 200, 409, 200, 200, 200, 409, 409,
      ])
    #expect(replies[6].json["counts"]["unannounced"] == 1)
    #expect(replies[6].json["difference"].elements.first?["condition"] == "worn")
    #expect(replies[11].json["error"] == "wrong-box-state")
  }

  @Test("are the librarian's alone")
  func access() async throws {
    let fixture = try await ServerFixture()
    let replies = try await fixture.test(signedIn: false) { station in
      [
        try await station.get("boxes"),
        try await station.post(
          "boxes", ["operation": operation(), "box": "B.TT1.0001", "to": "TT"]),
      ]
    }
    #expect(replies.map(\.status.code) == [401, 401])
  }
}
