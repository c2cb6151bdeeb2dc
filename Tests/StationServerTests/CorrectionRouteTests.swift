import HTTPTypes
import TestSupport
import Testing

@testable import StationServer

@Suite("Routes that put right")
struct CorrectionRouteTests {
  private func operation() -> JSONValue { .string(Printed.operation()) }

  @Test("takes back a loan by its operation, and names nobody")
  func undo() async throws {
    let fixture = try await ServerFixture()
    let item = JSONValue.string(try Printed.item("TT1.TN.00001"))
    let (lend, undo) = (operation(), operation())
    let card = JSONValue.string(try Printed.card(1))
    let (back, again) = try await fixture.test { station in
      _ = try await station.post(
        "checkouts", ["operation": lend, "item": item, "card": card])
      let body: JSONValue = ["operation": undo, "undone": lend]
      return (
        try await station.post("undos", body),
        try await station.post("undos", ["operation": lend, "undone": lend])
      )
    }
    #expect(back.status == .ok)
    #expect(back.json["act"] == "undone")
    #expect(back.json["item"]["place"] == "shelf:TT1")
    #expect(!back.text.contains("Hoa"))
    #expect(again.json["error"] == "operation-reused")
  }

  @Test("notes a condition, finds, and replaces labels and cards")
  func others() async throws {
    let fixture = try await ServerFixture()
    let item = JSONValue.string(try Printed.item("TT1.TN.00002"))
    let stranger = JSONValue.string(try Printed.item("TT.TN.00500"))
    let (card, newCard) = (
      JSONValue.string(try Printed.card(2)), JSONValue.string(try Printed.card(555))
    )
    let names = (0..<6).map { _ in operation() }
    let replies = try await fixture.test { station in
      [
        try await station.post(
          "notes", ["operation": names[0], "item": item, "condition": "damaged"]),
        try await station.post(
          "notes", ["operation": names[1], "item": item, "condition": "eaten"]),
        try await station.post("discoveries", ["operation": names[2], "item": stranger]),
        try await station.post(
          "labels", ["operation": names[3], "item": item, "label": "TN.00777"]),
        try await station.post(
          "cards", ["operation": names[4], "card": card, "newCard": newCard]),
        try await station.post("undos", ["operation": names[5], "undone": "x"]),
      ]
    }
    #expect(replies.map(\.status.code) == [200, 400, 200, 200, 200, 400])
    #expect(replies[0].json["item"]["condition"] == "damaged")
    #expect(replies[2].json["item"]["place"] == "shelf:TT1")
    #expect(replies[4].json["patron"]["name"] == "Trần Văn Đức")
  }

  @Test("tells the notes on an item to a librarian, and what of a stranger can be recorded")
  func notes() async throws {
    let fixture = try await ServerFixture()
    let item = JSONValue.string(try Printed.item("TT1.TN.00002"))
    let name = operation()
    let stranger = try Printed.item("TT.TN.00500")
    let card = JSONValue.string(try Printed.card(77))
    try await fixture.test { station in
      _ = try await station.post(
        "notes", ["operation": name, "item": item, "text": "Rách bìa, chờ dán"])
      let notes = try await station.post("notes/search", ["item": item])
      #expect(notes.json["notes"].elements.map { $0["text"].text } == ["Rách bìa, chờ dán"])
      #expect(notes.json["notes"][0]["time"].text?.hasPrefix("2026-09-14T") == true)
      let none = try await station.post("notes/search", ["item": .string(stranger)])
      #expect(none.json["error"] == "unknown-item")
      let found = try await station.post("scan", ["text": .string(stranger)])
      #expect(found.json["kind"] == "stranger")
      #expect(found.json["unknownItem"] == .string(stranger))
      let number = try await station.post("scan", ["text": "TN.00501"])
      #expect(number.json["unknownItem"] == "TN.00501")
      #expect(try await station.post("scan", ["text": card]).json["unknownItem"] == .null)
    }
    #expect(!fixture.log.text.contains("Rách"))
  }
}
