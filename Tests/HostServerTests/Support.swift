import Credentials
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

  /// Asks the routes as somebody who has signed in.
  func test<Value>(
    as role: HostRole, _ body: @escaping @Sendable (HostClient) async throws -> Value
  ) async throws -> Value {
    let cookie = try await cookie(of: role)
    return try await test { client in
      var client = client
      client.cookie = cookie
      return try await body(client)
    }
  }

  static let password = "chim-bo-cau-7"

  /// The cookie of somebody with a role, who is named after it and has just signed in.
  func cookie(of role: HostRole) async throws -> String {
    let account = HostAccount(name: try AccountName(role.rawValue), role: role)
    if try await !host.registry.accounts().contains(account) {
      try await host.registry.setAccount(account, password: Self.password)
    }
    let token = try await host.registry.signIn(
      name: account.name.text, password: Self.password
    ).token
    return "host-session=\(token.text)"
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
  /// What the browser sends to be known again.
  var cookie: String?

  /// Asks as a browser does, for a page, or as a program does.
  func get(_ path: String, asBrowser: Bool = false) async throws -> Reply {
    try await send(
      .get, path, headers: asBrowser ? [.accept: "text/html,*/*"] : [:], body: nil)
  }

  /// Sends a form as a browser does, from a page of this host or of another one.
  func post(
    form: String, to path: String, origin: String? = nil, asBrowser: Bool = true
  ) async throws -> Reply {
    var headers: HTTPFields = [.contentType: "application/x-www-form-urlencoded"]
    headers[.origin] = origin
    if asBrowser { headers[.accept] = "text/html" }
    return try await send(.post, path, headers: headers, body: ByteBuffer(string: form))
  }

  func post(
    _ bytes: [UInt8], type: String? = ExchangeMediaType.batch, contact: String? = nil,
    to path: String = ExchangePath.batches
  ) async throws -> Reply {
    var headers = HTTPFields()
    headers[.contentType] = type
    if let name = HTTPField.Name(StationContact.headerName) { headers[name] = contact }
    return try await send(
      .post, path, headers: headers, body: ByteBuffer(bytes: bytes))
  }

  private func send(
    _ method: HTTPRequest.Method, _ path: String, headers: HTTPFields, body: ByteBuffer?
  ) async throws -> Reply {
    var headers = headers
    headers[.cookie] = cookie
    return try await client.execute(uri: path, method: method, headers: headers, body: body) {
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
