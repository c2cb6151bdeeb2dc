import Exchange
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Logging
import NIOCore
import Registry
import Serving
import TestSupport

@testable import HostServer

/// The server of a host in a temporary folder, with all of its middleware.
struct ServerFixture {
  let host: HostFixture
  let server: HostServer

  init() throws {
    host = try HostFixture()
    server = try HostServer(registry: host.registry)
  }

  /// Asks the routes directly.
  func test<Value>(
    _ body: @escaping @Sendable (HostClient) async throws -> Value
  ) async throws -> Value {
    let router = server.router()
    router.refuseOtherMethods()
    let application = Application(router: router, logger: Logger(label: "test"))
    return try await application.test(.router) { try await body(HostClient(client: $0)) }
  }

  /// A station with a few events, enrolled.
  func station(libraryName: String = "Tân Tập 1") async throws -> StationChain {
    let maker = try FactMaker("TT1")
    var chain = try StationChain(of: "TT1")
    let item = try maker.item(1)
    chain.record([
      maker.description(), maker.registration(item), maker.checkout(item),
      maker.checkout(try maker.item(2)),
    ])
    try await host.registry.enrol(
      Enrolment(station: chain.station, libraryName: libraryName, key: chain.key.verifyingKey))
    return chain
  }
}

/// Asks a host as a program does.
struct HostClient: Sendable {
  let client: any TestClientProtocol

  func get(_ path: String) async throws -> Reply {
    try await send(.get, path, headers: [:], body: nil)
  }

  func post(
    _ bytes: [UInt8], type: String? = ExchangeMediaType.batch,
    to path: String = ExchangePath.batches
  ) async throws -> Reply {
    var headers = HTTPFields()
    headers[.contentType] = type
    return try await send(
      .post, path, headers: headers, body: ByteBuffer(bytes: bytes))
  }

  private func send(
    _ method: HTTPRequest.Method, _ path: String, headers: HTTPFields, body: ByteBuffer?
  ) async throws -> Reply {
    try await client.execute(uri: path, method: method, headers: headers, body: body) {
      Reply(status: $0.status, headers: $0.headers, bytes: Array($0.body.readableBytesView))
    }
  }
}

/// An answer of the host.
struct Reply: Sendable {
  let status: HTTPResponse.Status
  let headers: HTTPFields
  let bytes: [UInt8]

  var text: String { String(decoding: bytes, as: UTF8.self) }

  func json<Value: Decodable>(as type: Value.Type) throws -> Value {
    try JSONDecoder().decode(type, from: Data(bytes))
  }

  var refusal: RefusalMessage {
    get throws { try json(as: RefusalMessage.self) }
  }
}
