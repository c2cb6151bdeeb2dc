import HTTPTypes
import Hummingbird
import TestSupport
import Testing

@testable import StationServer

@Suite("openapi.json")
struct DescriptionTests {
  @Test("describes every route of the API, and no other")
  func routes() async throws {
    let fixture = try await ServerFixture()
    let served = fixture.server.router().routes
      .map { "\($0.method.rawValue) \($0.path)" }
      .filter { route in
        !route.contains("/assets/")
          && !Page.all.contains { $0.paths.contains(String(route.dropFirst("GET ".count))) }
      }
    #expect(Set(served) == (try APIDescription().routes))
  }

  @Test("takes nothing about a person in an address")
  func addresses() throws {
    #expect(try APIDescription().parameters == ["operation", "scans", "session", "skip"])
    #expect(try APIDescription().routes.allSatisfy { !$0.contains("{") })
  }

  @Test("is served as JSON of OpenAPI 3.1", arguments: ["/openapi.json", "/api/v1/openapi.json"])
  func served(path: String) async throws {
    let fixture = try await ServerFixture()
    let reply = try await fixture.test { try await $0.get(path) }
    #expect(reply.status == .ok)
    #expect(reply.headers[.contentType] == "application/json")
    #expect(reply.json["openapi"] == "3.1.0")
  }
}
