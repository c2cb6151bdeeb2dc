import Exchange
import HTTPTypes
import Hummingbird
import Registry
import TestSupport
import Testing

@testable import HostServer

@Suite("What the host shows")
struct OverviewTests {
  private let fixture: ServerFixture

  init() throws {
    fixture = try ServerFixture()
  }

  /// Sends a station's events, then asks for a path.
  private func get(_ path: String, libraryName: String = "Tân Tập 1") async throws -> Reply {
    let bytes = try await fixture.station(libraryName: libraryName).sealed()
    return try await fixture.test(as: .coordinator) { host in
      _ = try await host.post(bytes)
      return try await host.get(path)
    }
  }

  @Test("escapes what others have written on the page, in both languages", arguments: ["vi", "en"])
  func escaping(language: String) async throws {
    let reply = try await get("/?lang=\(language)", libraryName: "<script>alert(1)</script>")
    #expect(reply.status == .ok)
    #expect(reply.headers[.contentType] == "text/html; charset=utf-8")
    #expect(reply.headers[.contentLanguage] == language)
    #expect(reply.text.contains("<html lang=\"\(language)\">"))
    #expect(!reply.text.contains("<script"))
    #expect(reply.text.contains("&lt;script&gt;alert(1)"))
  }

  @Test("is a page in Vietnamese unless it is asked for in another language that it has")
  func language() async throws {
    for path in ["/", "/?lang=fr", "/?lang=%3Cscript%3E"] {
      let reply = try await fixture.test(as: .auditor) { try await $0.get(path) }
      #expect(reply.text.contains("<html lang=\"vi\">"))
      #expect(reply.text.contains("Thư viện chủ trì"))
      #expect(reply.text.contains("Chưa có trạm nào ghi danh."))
    }
  }

  @Test("shows stations, places and what must be looked at on the page")
  func page() async throws {
    let text = try await get("/?lang=en").text
    for expected in [
      HostFixture.groupName, "TT1-1", "Tân Tập 1", "just now", "Item unknown", "TT1-1/1.4",
      "TT1.TN.00002", "<b>1</b> on loan", "not told",
    ] {
      #expect(text.contains(expected), "\(expected)")
    }
    for inline in ["<style", " style=", " onclick", "javascript:", "https://"] {
      #expect(!text.contains(inline))
    }
  }

  @Test("lists stations, balances and conflicts for programs")
  func lists() async throws {
    struct Stations: Decodable {
      struct One: Decodable {
        let station: String
        let sequence: Int
        let lastContact: String?
      }
      let stations: [One]
    }
    struct Balances: Decodable { let balances: [String: Int] }
    struct Conflicts: Decodable {
      struct One: Decodable {
        let event: String
        let name: String
        let item: String?
      }
      let count: Int
      let conflicts: [One]
    }
    let stations = try await get("/api/v1/stations").json(as: Stations.self).stations
    #expect(stations.map(\.station) == ["TT1-1"])
    #expect(stations.map(\.sequence) == [4])
    #expect(stations.map(\.lastContact) == ["2026-09-15T19:20:00.000+00:00"])
    let (balances, conflicts) = try await fixture.test(as: .auditor) { host in
      (try await host.get("/api/v1/balances"), try await host.get("/api/v1/conflicts"))
    }
    #expect(try balances.json(as: Balances.self).balances == ["outside": -1, "patron:TT1": 1])
    let list = try conflicts.json(as: Conflicts.self)
    #expect(list.count == 1)
    #expect(list.conflicts.map(\.event) == ["TT1-1/1.4"])
    #expect(list.conflicts.map(\.name) == ["unknown-item"])
    #expect(list.conflicts.map(\.item) == ["TT1.TN.00002"])
  }

  @Test("answers a watchdog with the key of its receipts")
  func health() async throws {
    struct Health: Decodable {
      let status: String
      let group: String
      let stations: Int
      let key: String
    }
    let health = try await get("/health").json(as: Health.self)
    #expect(health.status == "ok" && health.stations == 1)
    #expect(health.group == HostFixture.groupName)
    #expect(health.key == fixture.host.registry.verifyingKey.description)
  }

  @Test("counts events and requests by the route's pattern, never by what a caller wrote")
  func metrics() async throws {
    _ = try await get("/api/v1/stations")
    let reply = try await fixture.test { host in
      _ = try await host.get("/nowhere/secret")
      return try await host.get("/metrics")
    }
    #expect(reply.headers[.contentType] == "text/plain; version=0.0.4; charset=utf-8")
    #expect(reply.text.contains("lienthong_host_events_new_total 4\n"))
    #expect(
      reply.text.contains(
        "lienthong_http_requests_total{route=\"/api/v1/stations\",status=\"200\"} 1\n"))
    #expect(!reply.text.contains("secret"))
  }

  @Test("says that there is no such route, with advice")
  func notFound() async throws {
    let reply = try await fixture.test { try await $0.get("/nowhere") }
    #expect(reply.status == .notFound)
    #expect(try reply.refusal.error == "no-such-route")
  }

  @Test("says which methods an address takes that is asked with another one")
  func wrongMethod() async throws {
    let reply = try await fixture.test { try await $0.get(ExchangePath.batches) }
    #expect(reply.status == .methodNotAllowed)
    #expect(reply.headers[.allow] == "POST")
    #expect(try reply.refusal.error == "wrong-method")
  }

  @Test(
    "answers everything under the same security headers, errors too",
    arguments: ["/", "/health", "/metrics", "/assets/host.css", "/api/v1/stations", "/nowhere"])
  func securityHeaders(path: String) async throws {
    let reply = try await fixture.test { try await $0.get(path) }
    let policy = try #require(reply.headers[.contentSecurityPolicy])
    #expect(policy.contains("default-src 'none'") && policy.contains("frame-ancestors 'none'"))
    #expect(!policy.contains("unsafe"))
    #expect(reply.headers[.xContentTypeOptions] == "nosniff")
  }

  @Test("describes every route in openapi.json, and no other")
  func description() async throws {
    struct Operation: Decodable {}
    struct Description: Decodable {
      let openapi: String
      let paths: [String: [String: Operation]]
    }
    let reply = try await fixture.test { try await $0.get("/openapi.json") }
    #expect(reply.headers[.contentType] == "application/json")
    let description = try reply.json(as: Description.self)
    #expect(description.openapi == "3.1.0")
    let described = description.paths.flatMap { path, operations in
      operations.keys.map { "\($0.uppercased()) \(path)" }
    }
    let served = fixture.server.router().routes.filter { $0.method != .head }
      .map { "\($0.method.rawValue) \($0.path)" }
    #expect(Set(served) == Set(described))
  }
}
