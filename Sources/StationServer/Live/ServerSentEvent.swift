import Hummingbird
import NIOCore
import Serving

/// One message of an event stream, as the HTML standard writes it.
struct ServerSentEvent: Sendable {
  let name: String
  let bytes: [UInt8]

  /// Takes a value that becomes one line of JSON, so that no line break needs care.
  init(_ name: String, _ value: some Encodable) throws {
    self.name = name
    bytes =
      Array("event: \(name)\ndata: ".utf8) + (try JSONAnswer.encode(value)) + Array("\n\n".utf8)
  }

  var buffer: ByteBuffer { ByteBuffer(bytes: bytes) }

  /// The first line of a stream: how soon a browser connects anew, in milliseconds.
  static let opening = ByteBuffer(string: "retry: 2000\n\n")
}
