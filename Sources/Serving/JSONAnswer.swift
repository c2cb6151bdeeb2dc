import FoundationEssentials
import HTTPTypes
package import Hummingbird
import NIOCore

/// Answers in JSON: keys in order, nothing kept in caches.
package enum JSONAnswer {
  private static let encoder: JSONEncoder = {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return encoder
  }()

  package static func encode(_ value: some Encodable) throws -> [UInt8] {
    Array(try encoder.encode(value))
  }

  package static func response(
    _ value: some Encodable, status: HTTPResponse.Status = .ok
  ) throws -> Response {
    let bytes = try encode(value)
    return Response(
      status: status,
      headers: [
        .contentType: "application/json; charset=utf-8", .contentLength: "\(bytes.count)",
        .cacheControl: "no-store",
      ],
      body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
  }
}
