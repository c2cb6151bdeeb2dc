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

  @Test("asks each act for its operation's name, so that it may be repeated")
  func operationNames() throws {
    let changing = try APIDescription().routes.filter { !$0.hasPrefix("GET ") }
    let unnamed = try changing.filter { try !APIDescription().requires("operation", for: $0) }
    // What only looks, or is done again without harm: whose session, what is tried out or read in.
    let free = [
      "POST attention", "DELETE session", "POST session", "POST imports", "POST notes/search",
      "POST patrons/consents/search", "POST patrons/export",
      "POST patrons/search", "POST reconciliation/signatures", "POST rosters", "POST scan",
      "POST scan/image", "POST search",
      "POST settings/preview",
    ]
    #expect(Set(unnamed.map { $0.replacing("/api/v1/", with: "") }) == Set(free))
  }

  @Test("takes nothing about a person in an address")
  func addresses() throws {
    #expect(
      try APIDescription().parameters == [
        "box", "differences", "format", "from", "kind", "operation", "paper", "scans", "session",
        "skip", "stage", "term", "to", "touched",
      ])
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
