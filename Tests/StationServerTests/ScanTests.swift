import Desk
import HTTPTypes
import Labels
import TestSupport
import Testing

@testable import StationServer

@Suite("What is it?")
struct ScanTests {
  @Test("tells whose card was scanned, with the loans")
  func patron() async throws {
    let fixture = try await ServerFixture()
    let card = try Printed.card(1)
    try await fixture.station.perform(
      .checkout(item: try Printed.item("TT1.TN.00001"), card: card, overrideReason: nil))
    let reply = try await fixture.test { try await $0.post("scan", ["text": .string(card)]) }
    #expect(reply.status == .ok)
    #expect(reply.json["kind"] == "patron")
    #expect(reply.json["patron"]["name"] == "Nguyễn Thị Hoa")
    #expect(reply.json["patron"]["schoolClass"] == "3B")
    #expect(reply.json["patron"]["card"].text == card)
    #expect(reply.json["patron"]["loans"][0]["item"] == "TT1.TN.00001")
    #expect(reply.json["patron"]["loans"][0]["due"] == "2026-09-21")
  }

  @Test(
    "names each kind of code",
    arguments: [
      ("TN.00002", "item"), ("TN.00001", "choice"), ("9786042112345", "title"),
      ("9786042112344", "unreadable"), ("TK.99999", "stranger"), ("TT1.TN.00001-?", "unreadable"),
      ("", "unreadable"), ("C.LEND-R", "command"), ("B.TT1.0007-BOX", "unreadable"),
    ])
  func kinds(text: String, kind: String) async throws {
    let fixture = try await ServerFixture()
    let reply = try await fixture.test { try await $0.post("scan", ["text": .string(text)]) }
    #expect(reply.status == .ok)
    #expect(reply.json["kind"].text == kind)
    #expect(reply.json["words"]["vi"].text?.isEmpty == false)
    #expect(reply.json["words"]["en"].text?.isEmpty == false)
  }

  @Test("knows the label of a box")
  func box() async throws {
    let fixture = try await ServerFixture()
    let box = try BoxNumber(library: LibraryCode("TT1"), serial: 7)
    let reply = try await fixture.test { try await $0.post("scan", ["text": .string(box.label)]) }
    #expect(reply.json["kind"] == "box")
    #expect(reply.json["box"] == "B.TT1.0007")
  }

  @Test("shows two items that carry one number side by side, each with its library")
  func choice() async throws {
    let fixture = try await ServerFixture()
    let reply = try await fixture.test { try await $0.post("scan", ["text": "TN.00001"]) }
    #expect(reply.json["choices"].elements.map { $0["library"].text } == ["TT", "TT1"])
  }

  @Test("says of an item on loan until when, and not to whom")
  func loanWithoutName() async throws {
    let fixture = try await ServerFixture()
    let item = try Printed.item("TT1.TN.00002")
    try await fixture.station.perform(
      .checkout(item: item, card: try Printed.card(1), overrideReason: nil))
    let reply = try await fixture.test { try await $0.post("scan", ["text": .string(item)]) }
    #expect(reply.json["item"]["due"] == "2026-09-21")
    #expect(!reply.text.contains("Hoa"))
    #expect(!reply.text.contains("P.TT1"))
  }

  @Test("finds titles without marks, with their copies")
  func search() async throws {
    let fixture = try await ServerFixture()
    let reply = try await fixture.test { try await $0.post("search", ["words": "de men"]) }
    #expect(reply.json["titles"][0]["title"] == "Dế Mèn phiêu lưu ký")
    #expect(reply.json["titles"][0]["copies"].elements.count == 11)
  }

  @Test("refuses the words of a search that are longer than any title")
  func longSearch() async throws {
    let fixture = try await ServerFixture()
    let words = String(repeating: "ă", count: 101)
    let reply = try await fixture.test { try await $0.post("search", ["words": .string(words)]) }
    #expect(reply.status == .unprocessableContent)
    #expect(reply.json["error"] == "field-too-long")
  }

  @Test("looks up every code of a picture, with its symbology")
  func picture() async throws {
    let item = try Printed.item("TT1.TN.00002")
    let fixture = try await ServerFixture { bytes in
      #expect(bytes == [1, 2, 3])
      return [
        ScannedCode(text: item, symbology: .code128),
        ScannedCode(text: "9786042112345", symbology: .isbn13),
      ]
    }
    let reply = try await fixture.test {
      try await $0.post("scan/image", bytes: [1, 2, 3], type: "image/jpeg")
    }
    #expect(reply.status == .ok)
    #expect(reply.json["codes"][0]["symbology"] == "CODE-128")
    #expect(reply.json["codes"][0]["recognition"]["kind"] == "item")
    #expect(reply.json["codes"][1]["recognition"]["kind"] == "title")
  }

  @Test("says what to do when a picture holds no code")
  func emptyPicture() async throws {
    let fixture = try await ServerFixture()
    let reply = try await fixture.test {
      try await $0.post("scan/image", bytes: [1], type: "image/png")
    }
    #expect(reply.json["codes"].elements.isEmpty)
    #expect(reply.json["words"]["vi"].text?.hasPrefix("Không thấy mã") == true)
  }
}
