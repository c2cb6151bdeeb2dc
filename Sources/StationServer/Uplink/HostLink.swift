package import AsyncHTTPClient
package import Exchange
import NIOCore
import NIOHTTP1

/// What a host answered to one request.
package struct HostAnswer: Hashable, Sendable {
  package let status: UInt
  package let bytes: [UInt8]

  package init(status: UInt, bytes: [UInt8]) {
    self.status = status
    self.bytes = bytes
  }
}

/// The way to a host: bytes there, bytes back, or nothing at all.
package protocol HostLink: Sendable {
  /// Posts a body to a path of the host, and gives what is answered.
  ///
  /// - Throws: `UplinkError.unreachable` where no answer came, though the request may have; or
  ///   `UplinkError.unexpectedAnswer` where more than `limitBytes` came.
  func post(
    _ bytes: [UInt8], as mediaType: String, to path: String, answerLimitBytes limitBytes: Int
  ) async throws(UplinkError) -> HostAnswer

  /// Posts a body, and tells of the station's clocks beside it.
  func post(
    _ bytes: [UInt8], as mediaType: String, to path: String, telling contact: StationContact,
    answerLimitBytes limitBytes: Int
  ) async throws(UplinkError) -> HostAnswer
}

extension HostLink {
  /// A way that carries bodies alone, such as a test's.
  package func post(
    _ bytes: [UInt8], as mediaType: String, to path: String, telling contact: StationContact,
    answerLimitBytes limitBytes: Int
  ) async throws(UplinkError) -> HostAnswer {
    try await post(bytes, as: mediaType, to: path, answerLimitBytes: limitBytes)
  }
}

/// The way to a host by HTTP, or by HTTPS where its address says so.
package struct HTTPHostLink: HostLink {
  private let url: String
  private let client: HTTPClient

  /// Takes the host's address, without a slash at its end, and a client that the caller shares and
  /// shuts down.
  package init(url: String, client: HTTPClient) {
    self.url = url
    self.client = client
  }

  package func post(
    _ bytes: [UInt8], as mediaType: String, to path: String, answerLimitBytes limitBytes: Int
  ) async throws(UplinkError) -> HostAnswer {
    try await send(bytes, as: mediaType, to: path, headers: [], answerLimitBytes: limitBytes)
  }

  package func post(
    _ bytes: [UInt8], as mediaType: String, to path: String, telling contact: StationContact,
    answerLimitBytes limitBytes: Int
  ) async throws(UplinkError) -> HostAnswer {
    try await send(
      bytes, as: mediaType, to: path, headers: [(StationContact.headerName, contact.text)],
      answerLimitBytes: limitBytes)
  }

  private func send(
    _ bytes: [UInt8], as mediaType: String, to path: String, headers: [(String, String)],
    answerLimitBytes limitBytes: Int
  ) async throws(UplinkError) -> HostAnswer {
    var request = HTTPClientRequest(url: url + path)
    request.method = .POST
    request.headers.add(contentsOf: headers)
    request.headers.add(name: "content-type", value: mediaType)
    request.body = .bytes(ByteBuffer(bytes: bytes))
    var status: UInt = 0
    do {
      let response = try await client.execute(
        request, timeout: .seconds(UplinkLimits.secondsPerRequest))
      status = response.status.code
      let body = try await response.body.collect(upTo: limitBytes)
      return HostAnswer(status: status, bytes: Array(body.readableBytesView))
    } catch is NIOTooManyBytesError {
      throw UplinkError.unexpectedAnswer(status: status)
    } catch {
      throw UplinkError.unreachable("\(error)")
    }
  }
}
