import AsyncHTTPClient
import Foundation
import Ledger
import NIOCore
import NIOHTTP1

/// Talks to a station's API as any program would.
struct DemoClient: Sendable {
  let address: String
  let client: HTTPClient

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
    let advice: [String: String]
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

  private func send<Value: Decodable>(
    _ bytes: [UInt8], as mediaType: String, to path: String, expecting expected: UInt = 200
  ) async throws -> Value {
    var request = HTTPClientRequest(url: address + path)
    request.method = .POST
    request.headers.add(name: "content-type", value: mediaType)
    request.body = .bytes(ByteBuffer(bytes: bytes))
    let response = try await client.execute(request, timeout: .seconds(Self.secondsPerRequest))
    let body = Array(
      try await response.body.collect(upTo: Self.answerBytes).readableBytesView)
    guard response.status.code == expected else {
      throw Unexpected(
        path: path, status: response.status.code, body: String(decoding: body, as: UTF8.self))
    }
    return try JSONDecoder().decode(Value.self, from: Data(body))
  }

  /// A new name for an operation.
  static func operation() -> String {
    var generator = SystemRandomNumberGenerator()
    let now = Int64(Date().timeIntervalSince1970 * 1_000)
    return OperationID.make(unixMilliseconds: now, using: &generator).description
  }
}
