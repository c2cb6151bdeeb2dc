import AsyncHTTPClient
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Labels
import NIOCore
import Serving
import TestSupport
import Serving
import Testing

@testable import StationServer

@Suite("Live events")
struct LiveEventTests {
  @Test("tells a listener the state at once and each act as it is recorded, without names")
  func act() async throws {
    let fixture = try await ServerFixture()
    let item = try Printed.item("TT1.TN.00001")
    let card = try Printed.card(1)
    try await listening(to: fixture) { events, station in
      #expect(try await events.next("state")["station"] == "TT1-1")
      let body: JSONValue = [
        "operation": .string(Printed.operation()), "item": .string(item), "card": .string(card),
      ]
      let reply = try await station.post("checkouts", body)
      #expect(reply.status == .ok)
      let act = try await events.next("act")
      #expect(act["act"] == "checkout")
      #expect(act["title"] == "Dế Mèn phiêu lưu ký")
      let state = try await events.next("state")
      #expect(state["balances"]["patron:TT1"] == 1)
      #expect(!events.text.contains("Hoa"))
      #expect(!events.text.contains("P.TT1"))
    }
  }

  @Test("tells nobody of a repeat")
  func repeated() async throws {
    let fixture = try await ServerFixture()
    let body: JSONValue = [
      "operation": .string(Printed.operation()), "kind": "TN", "count": 2,
    ]
    try await listening(to: fixture) { events, station in
      _ = try await events.next("state")
      _ = try await station.post("on-site-readings", body)
      _ = try await station.post("on-site-readings", body)
      let item = try Printed.item("TT1.TN.00002")
      _ = try await station.post(
        "losses", ["operation": .string(Printed.operation()), "item": .string(item)])
      #expect(try await events.next("act")["act"] == "on-site-reading")
      #expect(try await events.next("act")["act"] == "lost")
    }
  }

  @Test("drops a listener that does not keep up, and no other")
  func slow() async throws {
    let hub = EventHub(listenerLimit: 2, bufferLimit: 3)
    let slow = try hub.listen().events
    let quick = try hub.listen().events
    var seen = 0
    var iterator = quick.makeAsyncIterator()
    for number in 0..<5 {
      hub.publish(try ServerSentEvent("n", number))
      if await iterator.next() != nil { seen += 1 }
    }
    #expect(seen == 5)
    #expect(hub.listenerCount == 1)
    var kept = 0
    for await _ in slow { kept += 1 }
    #expect(kept == 3)
  }

  @Test("has room for so many listeners and no more, and for another when one leaves")
  func limit() async throws {
    let hub = EventHub(listenerLimit: 1)
    var first: AsyncStream<ServerSentEvent>? = try hub.listen().events
    #expect(throws: RequestError.tooManyListeners) { _ = try hub.listen() }
    #expect(first != nil)
    first = nil
    _ = try hub.listen()
  }

  @Test("writes an event as one line of data")
  func format() throws {
    let event = try ServerSentEvent("act", Words(vi: "a\nb", en: "c"))
    #expect(
      String(decoding: event.bytes, as: UTF8.self)
        == "event: act\ndata: {\"en\":\"c\",\"vi\":\"a\\nb\"}\n\n")
  }
}

extension LiveEventTests {
  /// Serves at a free port, listens there, and ends both.
  private func listening(
    to fixture: ServerFixture,
    _ body: @escaping @Sendable (EventReader, StationClient) async throws -> Void
  ) async throws {
    let application = Application(
      router: fixture.server.router(),
      configuration: ApplicationConfiguration(address: .hostname("127.0.0.1", port: 0)),
      services: [fixture.server.live], logger: fixture.log.logger)
    let description = try APIDescription()
    let cookie = fixture.station.cookie
    try await application.test(.ahc()) { client in
      let port = try #require(client.port)
      let request = HTTPClientRequest(url: "http://localhost:\(port)/api/v1/events")
      let response = try await HTTPClient.shared.execute(request, timeout: .seconds(30))
      try await body(
        EventReader(response.body),
        StationClient(client: client, description: description, cookie: cookie))
    }
  }

  /// Reads events as they come.
  final class EventReader {
    private var chunks: HTTPClientResponse.Body.AsyncIterator
    private var pending = ""
    /// All that came so far.
    private(set) var text = ""

    init(_ body: HTTPClientResponse.Body) {
      chunks = body.makeAsyncIterator()
    }

    /// The data of the next event of a name; others before it are passed over.
    func next(_ name: String) async throws -> JSONValue {
      while true {
        while let end = pending.range(of: "\n\n") {
          let lines = pending[..<end.lowerBound].split(separator: "\n")
          pending.removeSubrange(..<end.upperBound)
          guard lines.count == 2, lines[0] == "event: \(name)" else { continue }
          return try JSONDecoder().decode(
            JSONValue.self, from: Data(lines[1].dropFirst("data: ".count).utf8))
        }
        let next = try await chunks.next(isolation: #isolation)
        let chunk = try #require(next)
        pending += String(buffer: chunk)
        text += String(buffer: chunk)
      }
    }
  }
}
