import HTTPTypes
import Journal
import Ledger
import TestSupport
import Testing

@testable import StationServer

@Suite("Bad requests")
struct BadRequestTests {
  /// A body, and what is wrong with it.
  struct Case: CustomTestStringConvertible {
    let testDescription: String
    let bytes: [UInt8]
    let status: HTTPResponse.Status
    let error: String

    init(
      _ description: String, _ bytes: [UInt8], _ status: HTTPResponse.Status, _ error: String
    ) {
      testDescription = description
      self.bytes = bytes
      self.status = status
      self.error = error
    }
  }

  static let cases = [
    Case("nothing", [], .badRequest, "malformed-json"),
    Case("no JSON", Array("text=TN.00001".utf8), .badRequest, "malformed-json"),
    Case("cut short", Array(#"{"operation": "0"#.utf8), .badRequest, "malformed-json"),
    Case("an array", Array("[1]".utf8), .badRequest, "malformed-json"),
    Case("no item", Array(#"{"operation": ""}"#.utf8), .badRequest, "missing-field"),
    Case(
      "a number as item", Array(#"{"operation": "", "item": 5}"#.utf8), .badRequest, "bad-field"),
    Case(
      "null as item", Array(#"{"operation": "", "item": null}"#.utf8), .badRequest, "bad-field"),
    Case(
      "an operation that is no UUID", Array(#"{"operation": "1", "item": "TN.00002"}"#.utf8),
      .badRequest, "bad-operation"),
    Case(
      "bytes that are not UTF-8", Array(#"{"item": ""#.utf8) + [0xC3, 0x28] + Array(#""}"#.utf8),
      .badRequest, "bad-utf8"),
    Case(
      "30,000 brackets", [UInt8](repeating: UInt8(ascii: "["), count: 30_000), .badRequest,
      "too-deep"),
    Case(
      "objects 20 deep", Array(String(repeating: #"{"a":"#, count: 20).utf8), .badRequest,
      "too-deep"),
    Case(
      "100,000 brackets", [UInt8](repeating: UInt8(ascii: "["), count: 100_000),
      .contentTooLarge, "body-too-large"),
  ]

  @Test("refuses a body with a name, advice and its own status", arguments: cases)
  func body(bad: Case) async throws {
    let fixture = try await ServerFixture()
    let (reply, head) = try await fixture.test { station in
      let reply = try await station.post("checkins", bytes: bad.bytes)
      return (reply, try await station.get("health").json["head"])
    }
    #expect(reply.status == bad.status)
    #expect(reply.json["error"].text == bad.error)
    #expect(reply.json["advice"]["vi"].text?.isEmpty == false)
    #expect(reply.json["advice"]["en"].text?.isEmpty == false)
    let recorded = try await fixture.station.journal.head().sequence
    #expect(head.number == Double(recorded))
  }

  @Test("reads deep brackets inside a string as text")
  func bracketsInText() async throws {
    let fixture = try await ServerFixture()
    let text = String(repeating: "[", count: 200) + "\\\""
    let reply = try await fixture.test { try await $0.post("scan", ["text": .string(text)]) }
    #expect(reply.status == .ok)
    #expect(reply.json["kind"] == "unreadable")
  }

  @Test("passes over fields that it does not know")
  func unknownField() async throws {
    let fixture = try await ServerFixture()
    let reply = try await fixture.test {
      try await $0.post("scan", ["text": "TN.00002", "later": ["version": 2]])
    }
    #expect(reply.status == .ok)
  }

  @Test(
    "takes JSON alone",
    arguments: [
      "text/plain", "application/x-www-form-urlencoded", "multipart/form-data", "",
    ])
  func mediaType(type: String) async throws {
    let fixture = try await ServerFixture()
    let reply = try await fixture.test {
      try await $0.post("scan", bytes: Array(#"{"text":"TN.00002"}"#.utf8), type: type)
    }
    #expect(reply.status == .unsupportedMediaType)
    #expect(reply.json["error"] == "not-json")
  }

  @Test("refuses a picture that is said to be something else")
  func pictureType() async throws {
    let fixture = try await ServerFixture()
    let reply = try await fixture.test {
      try await $0.post("scan/image", bytes: [1], type: "text/html")
    }
    #expect(reply.status == .unsupportedMediaType)
    #expect(reply.json["error"] == "not-a-picture")
  }

  @Test(
    "refuses acts from the page of another site",
    arguments: [
      "http://evil.example", "null", "http://localhost.evil.example", "http://localhost:81",
    ])
  func foreignOrigin(origin: String) async throws {
    let fixture = try await ServerFixture()
    let reply = try await fixture.test {
      try await $0.post("scan", ["text": "TN.00002"], headers: [.origin: origin])
    }
    #expect(reply.status == .forbidden)
    #expect(reply.json["error"] == "foreign-origin")
  }

  @Test("takes acts from its own page")
  func ownOrigin() async throws {
    let fixture = try await ServerFixture()
    let reply = try await fixture.test {
      try await $0.post("scan", ["text": "TN.00002"], headers: [.origin: "http://localhost"])
    }
    #expect(reply.status == .ok)
  }

  @Test("answers an unknown address in the same form as every error")
  func noSuchRoute() async throws {
    let fixture = try await ServerFixture()
    let reply = try await fixture.test { try await $0.get("/api/v1/patrons") }
    #expect(reply.status == .notFound)
    #expect(reply.json["error"] == "no-such-route")
  }

  @Test("says which methods an address takes that is asked with another one")
  func wrongMethod() async throws {
    let fixture = try await ServerFixture()
    let reply = try await fixture.test { try await $0.get("checkouts") }
    #expect(reply.status == .methodNotAllowed)
    #expect(reply.headers[.allow] == "POST")
    #expect(reply.json["error"] == "wrong-method")
    let posted = try await fixture.test { try await $0.post("/health", [:]) }
    #expect(posted.status == .methodNotAllowed)
    #expect(posted.headers[.allow] == "GET, HEAD")
  }

  @Test("refuses a device's name that is too long for the journal")
  func longDevice() async throws {
    let fixture = try await ServerFixture()
    let body: JSONValue = [
      "operation": .string(Printed.operation()), "item": "TN.00002",
      "device": .string(String(repeating: "x", count: 65)),
    ]
    let reply = try await fixture.test { try await $0.post("checkins", body) }
    #expect(reply.status == .unprocessableContent)
    #expect(reply.json["error"] == "field-too-long")
  }

  @Test(
    "refuses a kind of material, a class or a number of readings that there is not",
    arguments: [
      (["kind": "DVD"], "unknown-kind"), (["kind": "TN", "schoolClass": "lớp 3"], "bad-class"),
      (["kind": "TN", "count": 0], "bad-count"), ([:], "kind-missing"),
    ] as [([String: JSONValue], String)])
  func badReading(fields: [String: JSONValue], error: String) async throws {
    let fixture = try await ServerFixture()
    let body = fields.merging(["operation": .string(Printed.operation())]) { $1 }
    let reply = try await fixture.test { try await $0.post("on-site-readings", .object(body)) }
    #expect(reply.status == .unprocessableContent)
    #expect(reply.json["error"].text == error)
  }
}
