import AsyncHTTPClient
import NIOCore
import NIOHTTP1
import TestSupport

/// Asks a running station as a program on the same machine does.
struct StationClient: Sendable {
  private let base: String
  private let cookie: String

  private static let patience = TimeAmount.seconds(20)
  private static let longestAnswer = 1_048_576

  init(_ station: StationProcess) {
    base = station.address + "api/v1/"
    cookie = station.cookie
  }

  func get(_ path: String) async throws -> Reply {
    try await send(HTTPClientRequest(url: base + path))
  }

  func post(
    _ path: String, _ body: HTTPClientRequest.Body, type: String = "application/json"
  ) async throws -> Reply {
    var request = HTTPClientRequest(url: base + path)
    request.method = .POST
    request.headers.add(name: "Content-Type", value: type)
    request.body = body
    return try await send(request)
  }

  func post(_ path: String, json: String) async throws -> Reply {
    try await post(path, .bytes(ByteBuffer(string: json)))
  }

  private func send(_ request: HTTPClientRequest) async throws -> Reply {
    var request = request
    request.headers.add(name: "Cookie", value: cookie)
    let response = try await HTTPClient.shared.execute(request, timeout: Self.patience)
    let body = try await response.body.collect(upTo: Self.longestAnswer)
    return Reply(status: Int(response.status.code), text: String(buffer: body))
  }
}
