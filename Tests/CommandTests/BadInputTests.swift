import AsyncHTTPClient
import Foundation
import Journal
import Labels
import NIOCore
import TestSupport
import Testing

@Suite("Bad input to a running station")
struct BadInputTests {
  private static let residentLimit = 128 * 1_048_576
  private static let growthLimit = 64 * 1_048_576

  @Test("each body is refused by name, and the station goes on", arguments: BadBody.all)
  func body(bad: BadBody) async throws {
    try await serve { station, client in
      let reply = try await client.post("checkins", .bytes(ByteBuffer(bytes: bad.bytes)))
      expect(reply, bad.status, bad.error)
      try await expectHealthy(station)
    }
  }

  @Test("a body that is too long and doesn't say so is cut off by name")
  func chunkedBody() async throws {
    try await serve { station, client in
      let chunks = AsyncStream<ByteBuffer> { stream in
        for _ in 0..<64 { stream.yield(ByteBuffer(repeating: 0x20, count: 16_384)) }
        stream.finish()
      }
      let reply = try await client.post("checkins", .stream(chunks, length: .unknown))
      expect(reply, 413, "body-too-large")
      try await expectHealthy(station)
    }
  }

  @Test("each picture is refused by name, within bounded memory", arguments: BadPicture.allCases)
  func picture(bad: BadPicture) async throws {
    let file = try await bad.file()
    try await serve { station, client in
      let before = try station.peakMemory()
      let reply = try await client.post(
        "scan/image", .bytes(ByteBuffer(bytes: file)), type: bad.mediaType)
      expect(reply, bad.status, bad.error)
      #expect(try station.peakMemory() - before < Self.growthLimit)
      try await expectHealthy(station)
    }
  }

  @Test("an unknown label, a card for an item and an item for a card are told apart")
  func labels() async throws {
    try await serve { station, client in
      let item = try ItemID("TT1.TN.00001").label
      let card = try Act.card(1)
      let acts = [
        (Act("checkins", ["item": "?!"]), 422, "unreadable-label"),
        (Act("checkins", ["item": card]), 422, "expected-item"),
        (Act("checkouts", ["item": card, "card": card]), 422, "expected-item"),
        (Act("checkouts", ["item": item, "card": item]), 422, "expected-card"),
        (Act("checkouts", ["item": item, "card": try Act.card(77)]), 409, "unknown-card"),
        (try Act.checkin("TT1.TN.00099"), 409, "unknown-item"),
      ]
      let head = try await client.get("health").head
      for (act, status, error) in acts { expect(try await client.perform(act), status, error) }
      let scan = try await client.post("scan", json: #"{"text":"?!"}"#)
      #expect(scan.status == 200)
      #expect(scan.kind == "unreadable")
      #expect(try await client.get("health").head == head)
      try await expectHealthy(station)
    }
  }

  @Test("clients that send half a body and stall keep nobody waiting")
  func stalledClients() async throws {
    try await serve { station, client in
      let stalled = try (0..<16).map { _ in
        let connection = try RawConnection(port: station.port)
        try connection.send(
          """
          POST /api/v1/checkins HTTP/1.1\r
          Host: 127.0.0.1\r
          Content-Type: application/json\r
          Content-Length: 1000\r
          \r
          {"operation":
          """)
        return connection
      }
      #expect(try await client.perform(Act.checkout("TT1.TN.00001", to: 1)).status == 200)
      try await expectHealthy(station)
      withExtendedLifetime(stalled) {}
    }
  }

  @Test("200 connections that are opened and abandoned take nothing from the others")
  func abandonedConnections() async throws {
    try await serve { station, client in
      let open = try (0..<200).map { _ in try RawConnection(port: station.port) }
      #expect(try await client.perform(Act.checkout("TT1.TN.00001", to: 1)).status == 200)
      withExtendedLifetime(open) {}
      for _ in 0..<200 { try RawConnection(port: station.port).send("GET / HT") }
      #expect(try await client.perform(Act.checkin("TT1.TN.00001")).status == 200)
      try await expectHealthy(station)
    }
  }

  private func serve(
    _ body: (StationProcess, StationClient) async throws -> Void
  ) async throws {
    let fixture = try await StationFixture()
    try fixture.journal.close()
    try await StationProcess.serve(fixture) { try await body($0, StationClient($0)) }
  }

  private func expect(
    _ reply: Reply, _ status: Int, _ error: String,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    #expect(reply.status == status, "\(reply.text)", sourceLocation: sourceLocation)
    #expect(reply.error == error, sourceLocation: sourceLocation)
    #expect(reply.advice?.vi.isEmpty == false, sourceLocation: sourceLocation)
    #expect(reply.advice?.en.isEmpty == false, sourceLocation: sourceLocation)
  }

  private func expectHealthy(_ station: StationProcess) async throws {
    #expect(try await StationClient(station).get("health").status == 200)
    #expect(try station.residentMemory() < Self.residentLimit)
  }
}

/// A body for an act that no act can be read from.
struct BadBody: CustomTestStringConvertible, Sendable {
  let testDescription: String
  let bytes: [UInt8]
  let status: Int
  let error: String

  static let all = [
    BadBody(
      testDescription: "60,000 brackets", bytes: brackets(60_000), status: 400, error: "too-deep"),
    BadBody(
      testDescription: "100,000 brackets", bytes: brackets(100_000), status: 413,
      error: "body-too-large"),
    BadBody(
      testDescription: "bytes that are no UTF-8",
      bytes: Array(#"{"item":""#.utf8) + [0xFF, 0xC3, 0x28] + Array(#""}"#.utf8), status: 400,
      error: "bad-utf8"),
    BadBody(
      testDescription: "8 MiB of blanks", bytes: [UInt8](repeating: 0x20, count: 8 * 1_048_576),
      status: 413, error: "body-too-large"),
    BadBody(testDescription: "nothing", bytes: [], status: 400, error: "malformed-json"),
  ]

  private static func brackets(_ count: Int) -> [UInt8] {
    [UInt8](repeating: UInt8(ascii: "["), count: count)
  }
}

/// An upload that is no picture that can be read.
enum BadPicture: CaseIterable {
  case truncatedPNG, truncatedJPEG, hugePNG, text, empty, tooManyBytes

  var mediaType: String {
    self == .truncatedJPEG ? "image/jpeg" : "image/png"
  }

  var status: Int {
    self == .tooManyBytes ? 413 : 422
  }

  var error: String {
    self == .tooManyBytes ? "body-too-large" : "unusable-picture"
  }

  func file() async throws -> [UInt8] {
    switch self {
    case .truncatedPNG:
      let folder = try TemporaryFolder()
      let label = try await Zint.draw("TT1.TN.00001-X", as: .code128, in: folder)
      let whole = [UInt8](try Data(contentsOf: label))
      return Array(whole.prefix(whole.count / 2))
    case .truncatedJPEG:
      let pixels = (0..<256 * 256).map { UInt8(truncatingIfNeeded: $0 &* 31) }
      let whole = try JPEGWriter().file(width: 256, height: 256, pixels: pixels)
      return Array(whole.prefix(whole.count / 2))
    case .hugePNG:
      return PNGWriter.signature + PNGWriter.header(width: 30_000, height: 30_000)
        + PNGWriter.chunk("IDAT", [0x78, 0x01]) + PNGWriter.chunk("IEND", [])
    case .text: return Array("Không phải ảnh / no picture".utf8)
    case .empty: return []
    case .tooManyBytes: return [UInt8](repeating: 0, count: 13 * 1_048_576)
    }
  }
}
