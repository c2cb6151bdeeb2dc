import AsyncHTTPClient
import Foundation
import Ledger
import NIOCore
import NIOHTTP1

/// Talks to a station's API as any program would.
struct DemoClient: Sendable {
  let address: String
  let client: HTTPClient
  /// The cookie of whoever has signed in.
  var session: String?

  /// What the demo looks at in an answer, whatever the route.
  struct Answer: Decodable {
    struct Code: Decodable {
      let text: String
      let symbology: String?
      let recognition: Recognition
    }

    struct Recognition: Decodable {
      let kind: String
      let words: [String: String]
    }

    let words: [String: String]?
    let codes: [Code]?
    let repeated: Bool?
  }

  /// What a refusal says to the person at the screen.
  struct Refusal: Decodable {
    /// The rule's name.
    let error: String
    let words: Words

    struct Words: Decodable {
      let librarian: [String: String]
    }
  }

  struct Unexpected: Error, CustomStringConvertible {
    let path: String
    let status: UInt
    let body: String

    var description: String { "\(path) answered \(status): \(body)" }
  }

  private static let secondsPerRequest: Int64 = 30
  private static let answerBytes = 1 << 20

  func post(_ path: String, _ fields: [String: String]) async throws -> Answer {
    let body = Array(try JSONEncoder().encode(fields))
    return try await send(body, as: "application/json", to: path)
  }

  func post(_ path: String, picture: [UInt8]) async throws -> Answer {
    try await send(picture, as: "image/png", to: path)
  }

  /// Posts what a rule of the library must stop.
  func refused(_ path: String, _ fields: [String: String]) async throws -> Refusal {
    let body = Array(try JSONEncoder().encode(fields))
    return try await send(body, as: "application/json", to: path, expecting: 409)
  }

  /// The same client, for whoever has signed in under a name.
  func signedIn(as name: String, password: String) async throws -> DemoClient {
    let body = Array(try JSONEncoder().encode(["name": name, "password": password]))
    let response = try await response(
      to: request(body, as: "application/json", to: "/api/v1/session"))
    var client = self
    client.session = response.headers.first(name: "set-cookie")
      .map { String($0.prefix { $0 != ";" }) }
    return client
  }

  private func send<Value: Decodable>(
    _ bytes: [UInt8], as mediaType: String, to path: String, expecting expected: UInt = 200
  ) async throws -> Value {
    try await value(
      of: response(to: request(bytes, as: mediaType, to: path), expecting: expected))
  }

  private func request(
    _ bytes: [UInt8], as mediaType: String, to path: String
  ) -> HTTPClientRequest {
    var request = HTTPClientRequest(url: address + path)
    request.method = .POST
    request.headers.add(name: "content-type", value: mediaType)
    if let session { request.headers.add(name: "cookie", value: session) }
    request.body = .bytes(ByteBuffer(bytes: bytes))
    return request
  }

  private func response(
    to request: HTTPClientRequest, expecting expected: UInt = 200
  ) async throws -> HTTPClientResponse {
    let response = try await client.execute(request, timeout: .seconds(Self.secondsPerRequest))
    guard response.status.code == expected else {
      throw Unexpected(
        path: request.url, status: response.status.code,
        body: String(decoding: try await bytes(of: response), as: UTF8.self))
    }
    return response
  }

  private func value<Value: Decodable>(of response: HTTPClientResponse) async throws -> Value {
    try JSONDecoder().decode(Value.self, from: Data(try await bytes(of: response)))
  }

  private func bytes(of response: HTTPClientResponse) async throws -> [UInt8] {
    Array(try await response.body.collect(upTo: Self.answerBytes).readableBytesView)
  }

  /// A new name for an operation.
  static func operation() -> String {
    var generator = SystemRandomNumberGenerator()
    let now = Int64(Date().timeIntervalSince1970 * 1_000)
    return OperationID.make(unixMilliseconds: now, using: &generator).description
  }
}
