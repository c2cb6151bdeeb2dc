import Foundation
import HTTPTypes
import Journal
import Ledger
import Serving
import TestSupport
import Testing

@testable import StationServer

@Suite("How the station is")
struct StateTests {
  @Test("shows the station at a glance")
  func state() async throws {
    let fixture = try await ServerFixture()
    let reply = try await fixture.test { try await $0.get("state") }
    #expect(reply.json["station"] == "TT1-1")
    #expect(reply.json["libraryName"] == "Trường Tiểu học Tân Tập 1")
    #expect(reply.json["today"] == "2026-09-14")
    #expect(reply.json["open"] == true)
    #expect(reply.json["classes"] == ["3B"])
    #expect(reply.json["balances"]["shelf:TT1"] == 14)
    #expect(reply.json["link"]["state"] == "never")
    #expect(reply.json["pending"] == reply.json["head"]["sequence"])
  }

  @Test("shows since when the link to the host fails, and when it was last there")
  func link() async throws {
    let fixture = try await ServerFixture()
    let moment = fixture.station.clock.clock.now().wallMilliseconds
    let link = fixture.server.link
    try await fixture.test { station in
      link.failed(at: moment, reason: Words(vi: "không có đường", en: "no route"))
      link.failed(at: moment + 60_000, reason: Words(vi: "không trả lời", en: "no answer"))
      let failing = try await station.get("state").json["link"]
      #expect(
        failing == [
          "state": "failing", "since": "2026-09-14T08:00:00.000+07:00",
          "reason": ["vi": "không trả lời", "en": "no answer"],
        ])
      link.reached(at: moment + 90_500)
      let reached = try await station.get("state").json["link"]
      #expect(reached == ["state": "ok", "since": "2026-09-14T08:01:30.500+07:00"])
    }
  }

  @Test("answers a watchdog at both addresses", arguments: ["/health", "/api/v1/health"])
  func health(path: String) async throws {
    let fixture = try await ServerFixture()
    let reply = try await fixture.test { try await $0.get(path) }
    #expect(reply.status == .ok)
    #expect(reply.json["status"] == "ok")
    #expect(reply.json["epoch"] == 1)
  }

  @Test("tells a watchdog when the journal can't be read")
  func brokenJournal() async throws {
    let fixture = try await ServerFixture()
    let reply = try await fixture.test { station in
      try fixture.station.journal.close()
      return try await station.get("/health")
    }
    #expect(reply.status == .serviceUnavailable)
    #expect(reply.json["error"] == "storage-failed")
    #expect(reply.headers[.retryAfter] == "1")
  }

  @Test("gives figures in Prometheus' form")
  func metrics() async throws {
    let fixture = try await ServerFixture()
    let text = try await fixture.test { station in
      _ = try await station.post("scan", ["text": "TN.00002"])
      _ = try await station.post("scan", bytes: [])
      _ = try await station.get("/nowhere/P.TT1.00001")
      return try await station.get("/metrics").text
    }
    let requests = "lienthong_http_requests_total"
    #expect(text.contains("# TYPE \(requests) counter\n"))
    #expect(
      text.contains(#"\#(requests){route="/api/v1/scan",method="POST",status="200"} 1"#))
    #expect(
      text.contains(#"\#(requests){route="/api/v1/scan",method="POST",status="400"} 1"#))
    #expect(text.contains(#"\#(requests){route="NotFound",method="GET",status="404"} 1"#))
    #expect(!text.contains("P.TT1.00001"))
    let names = [
      "lienthong_journal_events", "lienthong_journal_pending_events",
      "lienthong_uptime_seconds", "process_resident_memory_bytes",
    ]
    for name in names { #expect(text.contains("\n\(name) ")) }
  }

  @Test("logs neither names nor cards nor items, whatever is asked")
  func privacy() async throws {
    let fixture = try await ServerFixture()
    let card = try Printed.card(1)
    let item = try Printed.item("TT1.TN.00001")
    let lend: JSONValue = [
      "operation": .string(Printed.operation()), "item": .string(item), "card": .string(card),
    ]
    try await fixture.test { station in
      _ = try await station.post("scan", ["text": .string(card)])
      _ = try await station.post("checkouts", lend)
      _ = try await station.post("checkouts", ["operation": "0", "card": .string(card)])
      _ = try await station.get("/api/v1/\(card)?card=\(card)")
      try fixture.station.journal.close()
      _ = try await station.post("scan", ["text": .string(card)])
    }
    #expect(fixture.log.text.contains("/api/v1/checkouts"))
    #expect(fixture.log.text.contains("storage-failed"))
    for secret in ["Hoa", "P.TT1", "TN.00001", "3B"] {
      #expect(!fixture.log.text.contains(secret))
    }
  }
}
