import Capture
import Desk
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Journal
import Labels
import Logging
import NIOCore
import Serving
import TestSupport

@testable import StationServer

/// The server of a station in a temporary folder, with all of its middleware, and what it logged.
struct ServerFixture {
  let station: StationFixture
  let server: StationServer
  let log = LogCapture()

  init(
    readPicture: @escaping PictureReader = { _ in [] },
    devices: DeviceBoard = DeviceBoard()
  ) async throws {
    station = try await StationFixture()
    var desk = station.desk
    desk.slipSigner = SlipKeys(journal: station.journal).signer
    server = try StationServer(
      desk: desk, logger: log.logger, readPicture: readPicture, devices: devices)
  }

  /// Asks the routes directly, as an administrator who has signed in or as a kiosk; every answer is
  /// held against the description of the API.
  func test<Value>(
    signedIn: Bool = true, _ body: @escaping @Sendable (StationClient) async throws -> Value
  ) async throws -> Value {
    let router = server.router()
    router.refuseOtherMethods()
    let application = Application(router: router, logger: log.logger)
    let description = try APIDescription()
    let station = station
    return try await application.test(.router) { client in
      try await body(
        StationClient(
          client: client, description: description, cookie: signedIn ? station.cookie : nil))
    }
  }
}

/// Asks a station as a program does.
struct StationClient: Sendable {
  let client: any TestClientProtocol
  let description: APIDescription
  var cookie: String?

  static let base = "/api/v1/"

  func get(_ path: String, headers: HTTPFields = [:]) async throws -> Reply {
    try await send(.get, path, headers: headers, body: nil)
  }

  func post(_ path: String, _ body: JSONValue, headers: HTTPFields = [:]) async throws -> Reply {
    try await post(path, bytes: Array(try JSONEncoder().encode(body)), headers: headers)
  }

  func put(_ path: String, _ body: JSONValue) async throws -> Reply {
    try await send(
      .put, path, headers: [.contentType: "application/json"],
      body: ByteBuffer(bytes: try JSONEncoder().encode(body)))
  }

  func post(
    _ path: String, bytes: [UInt8], type: String = "application/json", headers: HTTPFields = [:]
  ) async throws -> Reply {
    var headers = headers
    if headers[.contentType] == nil { headers[.contentType] = type }
    return try await send(.post, path, headers: headers, body: ByteBuffer(bytes: bytes))
  }

  func send(
    _ method: HTTPRequest.Method, _ path: String, headers: HTTPFields, body: ByteBuffer?
  ) async throws -> Reply {
    var headers = headers
    if let cookie {
      headers[.cookie] = [headers[.cookie], cookie].compactMap(\.self).joined(separator: "; ")
    }
    let uri = path.hasPrefix("/") ? path : Self.base + path
    let reply = try await client.execute(
      uri: uri, method: method, headers: headers, body: body
    ) { Reply(status: $0.status, headers: $0.headers, bytes: Array($0.body.readableBytesView)) }
    let problems = description.problems(of: reply, to: method, uri)
    guard problems.isEmpty else { throw UntrueDescription(problems: problems) }
    return reply
  }
}

/// What `openapi.json` says and what the station answered differ.
struct UntrueDescription: Error, CustomStringConvertible {
  let problems: [String]

  var description: String { problems.joined(separator: "\n") }
}

/// An answer of the station.
struct Reply: Sendable {
  let status: HTTPResponse.Status
  let headers: HTTPFields
  let bytes: [UInt8]

  var text: String { String(decoding: bytes, as: UTF8.self) }

  /// The body as JSON; `null` where it is none.
  var json: JSONValue {
    (try? JSONDecoder().decode(JSONValue.self, from: Data(bytes))) ?? .null
  }
}

/// Keeps what was logged, metadata and all.
final class LogCapture: Sendable {
  private let lines = Lines()

  var text: String { lines.text }

  var logger: Logger {
    let lines = lines
    var logger = Logger(label: "test") { _ in Handler(lines: lines) }
    logger.logLevel = .trace
    return logger
  }

  private final class Lines: @unchecked Sendable {
    private let lock = NSLock()
    private var kept = ""

    var text: String { lock.withLock { kept } }

    func add(_ line: String) {
      lock.withLock { kept += line + "\n" }
    }
  }

  private struct Handler: LogHandler {
    let lines: Lines
    var metadata: Logger.Metadata = [:]
    var logLevel = Logger.Level.trace

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
      get { metadata[key] }
      set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
      let all = metadata.merging(event.metadata ?? [:]) { $1 }
      lines.add("\(event.level) \(event.message) \(all)")
    }
  }
}

/// Labels and names of the fixture's station.
enum Printed {
  static func item(_ text: String) throws -> String { try ItemID(text).label }

  static func card(_ serial: Int) throws -> String {
    try CardNumber(library: LibraryCode("TT1"), serial: serial).label
  }

  /// A new operation's name.
  static func operation() -> String { "\(StationFixture.operation().id)" }
}
