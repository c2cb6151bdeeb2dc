import Desk
import HTTPTypes
import Ledger
import TestSupport
import Testing

@testable import StationServer

@Suite("Acts")
struct ActTests {
  @Test("lends an item, and answers with the due day, the patron and the event")
  func checkout() async throws {
    let fixture = try await ServerFixture()
    let body = try checkout(item: "TT1.TN.00001", serial: 1)
    let reply = try await fixture.test { try await $0.post("checkouts", body) }
    #expect(reply.status == .ok)
    #expect(reply.json["act"] == "checkout")
    #expect(reply.json["repeated"] == false)
    #expect(reply.json["due"] == "2026-09-21")
    #expect(reply.json["item"]["place"] == "patron:TT1")
    #expect(reply.json["patron"]["loans"].elements.count == 1)
    #expect(reply.json["event"]["time"] == "2026-09-14T08:00:00.000+07:00")
    #expect(reply.json["words"]["vi"] == "Đã cho mượn. Hạn trả 21/09/2026.")
  }

  @Test("answers a repeated operation with the same event, and does nothing twice")
  func repeats() async throws {
    let fixture = try await ServerFixture()
    let body = try checkout(item: "TT1.TN.00001", serial: 1)
    let (first, second) = try await fixture.test {
      (try await $0.post("checkouts", body), try await $0.post("checkouts", body))
    }
    #expect(second.status == .ok)
    #expect(second.json["repeated"] == true)
    #expect(second.json["event"] == first.json["event"])
    #expect(second.json["due"] == first.json["due"])
    #expect(second.json["patron"]["loans"].elements.count == 1)
  }

  @Test("refuses to use an operation's name for another act")
  func reused() async throws {
    let fixture = try await ServerFixture()
    let lend = try checkout(item: "TT1.TN.00001", serial: 1)
    let operation = lend["operation"]
    let reply = try await fixture.test {
      _ = try await $0.post("checkouts", lend)
      return try await $0.post("checkins", ["operation": operation, "item": "TN.00002"])
    }
    #expect(reply.status == .conflict)
    #expect(reply.json["error"] == "operation-reused")
  }

  @Test("refuses a second loan with words for a child and for the librarian")
  func secondLoan() async throws {
    let fixture = try await ServerFixture()
    let first = try checkout(item: "TT1.TN.00001", serial: 1)
    let second = try checkout(item: "TT1.TN.00001", serial: 2)
    let reply = try await fixture.test {
      _ = try await $0.post("checkouts", first)
      return try await $0.post("checkouts", second)
    }
    #expect(reply.status == .conflict)
    #expect(reply.json["error"] == "already-on-loan")
    #expect(reply.json["overridable"] == true)
    #expect(reply.json["words"]["child"]["vi"] == "Em mang sách đến cô thủ thư nhé.")
    #expect(reply.json["advice"] == reply.json["words"]["librarian"])
    #expect(!reply.text.contains("Hoa"))
  }

  @Test("lends against a rule with a reason")
  func override() async throws {
    let fixture = try await ServerFixture()
    let plain = try checkout(item: "TT1.STK.00001", serial: 1)
    let reasoned = try checkout(
      item: "TT1.STK.00001", serial: 1, overrideReason: "Cô giáo mượn cho cả lớp")
    let (refused, lent) = try await fixture.test {
      (try await $0.post("checkouts", plain), try await $0.post("checkouts", reasoned))
    }
    #expect(refused.json["error"] == "on-site-only")
    #expect(lent.status == .ok)
  }

  @Test("takes an item back without a card, and tells nobody who had it")
  func checkin() async throws {
    let fixture = try await ServerFixture()
    try await lend("TT1.TN.00001", at: fixture)
    let body = try act(on: "TT1.TN.00001")
    let reply = try await fixture.test { try await $0.post("checkins", body) }
    #expect(reply.status == .ok)
    #expect(reply.json["item"]["place"] == "shelf:TT1")
    #expect(reply.json["patron"] == .null)
    #expect(!reply.text.contains("Hoa"))
  }

  @Test("renews a loan without naming the patron")
  func renewal() async throws {
    let fixture = try await ServerFixture()
    try await lend("TT1.TN.00001", at: fixture)
    fixture.station.clock.advance(days: 3)
    let body = try act(on: "TT1.TN.00001")
    let reply = try await fixture.test { try await $0.post("renewals", body) }
    #expect(reply.status == .ok)
    #expect(reply.json["due"] == "2026-09-28")
    #expect(reply.json["item"]["renewals"] == 1)
    #expect(reply.json["patron"] == .null)
  }

  @Test("records a loss and a find")
  func lossAndFind() async throws {
    let fixture = try await ServerFixture()
    let (loss, find) = (try act(on: "TT1.TN.00002"), try act(on: "TT1.TN.00002"))
    let (lost, found) = try await fixture.test {
      (try await $0.post("losses", loss), try await $0.post("finds", find))
    }
    #expect(lost.json["item"]["place"] == "missing:TT1")
    #expect(found.json["item"]["place"] == "shelf:TT1")
  }

  @Test("counts readings by class and kind, and by a scanned item")
  func readings() async throws {
    let fixture = try await ServerFixture()
    let item = try Printed.item("TT1.BTC.00001")
    let state = try await fixture.test { station in
      let byKind = try await station.post(
        "on-site-readings",
        [
          "operation": .string(Printed.operation()), "kind": "TN", "schoolClass": "3B",
          "count": 30,
        ])
      #expect(byKind.status == .ok)
      let byItem = try await station.post(
        "on-site-readings",
        ["operation": .string(Printed.operation()), "item": .string(item)])
      #expect(byItem.json["item"]["item"] == "TT1.BTC.00001")
      return try await station.get("state")
    }
    #expect(state.json["readingsToday"] == 31)
  }

  @Test("lists the items where a number stands for several")
  func ambiguous() async throws {
    let fixture = try await ServerFixture()
    let body: JSONValue = ["operation": .string(Printed.operation()), "item": "TN.00001"]
    let reply = try await fixture.test { try await $0.post("checkins", body) }
    #expect(reply.status == .unprocessableContent)
    #expect(reply.json["error"] == "ambiguous-item")
    #expect(reply.json["choices"].elements.map { $0["library"].text } == ["TT", "TT1"])
  }

  @Test("refuses a card where an item is due, and the other way round")
  func wrongLabel() async throws {
    let fixture = try await ServerFixture()
    let card = try Printed.card(1)
    let item = try Printed.item("TT1.TN.00001")
    let cardAsItem: JSONValue = [
      "operation": .string(Printed.operation()), "item": .string(card), "card": .string(card),
    ]
    let itemAsCard: JSONValue = [
      "operation": .string(Printed.operation()), "item": .string(item), "card": .string(item),
    ]
    let (first, second) = try await fixture.test {
      (try await $0.post("checkouts", cardAsItem), try await $0.post("checkouts", itemAsCard))
    }
    #expect(first.status == .unprocessableContent)
    #expect(first.json["error"] == "expected-item")
    #expect(second.json["error"] == "expected-card")
  }

  @Test("refuses an unknown item and an unknown card by their rules' names")
  func unknown() async throws {
    let fixture = try await ServerFixture()
    let item = try checkout(item: "TT1.TN.09999", serial: 1)
    let card = try checkout(item: "TT1.TN.00001", serial: 77)
    let (first, second) = try await fixture.test {
      (try await $0.post("checkouts", item), try await $0.post("checkouts", card))
    }
    #expect(first.status == .conflict)
    #expect(first.json["error"] == "unknown-item")
    #expect(second.json["error"] == "unknown-card")
  }
}

extension ActTests {
  private func checkout(
    item: String, serial: Int, overrideReason: String? = nil
  ) throws -> JSONValue {
    var body: [String: JSONValue] = [
      "operation": .string(Printed.operation()), "item": .string(try Printed.item(item)),
      "card": .string(try Printed.card(serial)), "device": "test",
    ]
    body["overrideReason"] = overrideReason.map { .string($0) }
    return .object(body)
  }

  private func act(on item: String) throws -> JSONValue {
    ["operation": .string(Printed.operation()), "item": .string(try Printed.item(item))]
  }

  private func lend(_ item: String, at fixture: ServerFixture) async throws {
    try await fixture.station.perform(
      .checkout(
        item: try Printed.item(item), card: try Printed.card(1), overrideReason: nil))
  }
}
