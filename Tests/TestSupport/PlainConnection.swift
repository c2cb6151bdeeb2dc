import Foundation

/// One kept connection to a server of this machine, with nothing between it and the socket.
///
/// A client with threads of its own would measure its own hops with the server's.
package final class PlainConnection {
  private let socket: Int32
  private var buffer = [UInt8](repeating: 0, count: 64 * 1_024)

  /// No connection came about, it ended early, or the answer was a refusal.
  package struct Broken: Error {
    package let reason: String
  }

  /// Connects to a port of 127.0.0.1, from an address of this machine where one is named.
  package init(port: Int, from source: String? = nil) throws {
    socket = Foundation.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    if let source {
      let bound = Self.with(source, port: 0) { [socket] in bind(socket, $0, $1) }
      guard bound == 0 else { throw Broken(reason: "\(source) is no address of this machine") }
    }
    let connected = Self.with("127.0.0.1", port: port) { [socket] in connect(socket, $0, $1) }
    guard connected == 0 else { throw Broken(reason: "no connection to port \(port)") }
    var on: Int32 = 1
    setsockopt(socket, Int32(IPPROTO_TCP), TCP_NODELAY, &on, socklen_t(MemoryLayout<Int32>.size))
  }

  deinit {
    close(socket)
  }

  private static func with(
    _ host: String, port: Int, _ body: (UnsafePointer<sockaddr>, socklen_t) -> Int32
  ) -> Int32 {
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = in_port_t(UInt16(port).bigEndian)
    address.sin_addr.s_addr = inet_addr(host)
    return withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        body($0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
  }

  /// The bytes of a request that posts JSON, or what the media type says.
  package static func post(
    _ path: String, _ body: [UInt8], as mediaType: String = "application/json",
    cookie: String? = nil
  ) -> [UInt8] {
    let cookie = cookie.map { "cookie: \($0)\r\n" } ?? ""
    let head =
      "POST \(path) HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-type: \(mediaType)\r\n\(cookie)"
      + "content-length: \(body.count)\r\n\r\n"
    return Array(head.utf8) + body
  }

  /// Sends a request, waits for the whole answer and gives its bytes.
  ///
  /// Nothing here makes text, so that what is timed is the server.
  package func exchange(_ request: [UInt8]) throws -> ArraySlice<UInt8> {
    guard send(socket, request, request.count, Int32(MSG_NOSIGNAL)) == request.count else {
      throw Broken(reason: "the request was not taken")
    }
    var received = 0
    while true {
      let count = buffer.withUnsafeMutableBytes { space in
        recv(socket, space.baseAddress.map { $0 + received }, space.count - received, 0)
      }
      guard count > 0 else { throw Broken(reason: "the connection ended") }
      received += count
      let answer = buffer[..<received]
      if let length = Self.length(of: answer), received >= length { return answer }
    }
  }

  /// Tells whether an answer has the status 200, and throws it otherwise.
  package static func check(_ answer: ArraySlice<UInt8>) throws {
    guard answer.starts(with: "HTTP/1.1 200".utf8) else {
      throw Broken(reason: String(decoding: answer, as: UTF8.self))
    }
  }

  /// The status of a whole answer; 0 where there is none.
  package static func status(of answer: ArraySlice<UInt8>) -> Int {
    let line = String(decoding: answer.prefix(16), as: UTF8.self)
    return line.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0
  }

  /// The body of a whole answer.
  package static func body(of answer: ArraySlice<UInt8>) -> [UInt8] {
    guard let blank = answer.firstRange(of: "\r\n\r\n".utf8) else { return [] }
    return Array(answer[blank.upperBound...])
  }

  /// Bytes of head and body together, once the head is there.
  private static func length(of answer: ArraySlice<UInt8>) -> Int? {
    guard let blank = answer.firstRange(of: "\r\n\r\n".utf8) else { return nil }
    // Names of fields may be in either case; in ASCII this bit makes a letter small.
    let head = answer[..<blank.lowerBound].map { $0 | 0x20 }
    guard let field = head.firstRange(of: "content-length: ".utf8) else { return nil }
    let digits = head[field.upperBound...].prefix { (48...57).contains($0) }
    return digits.reduce(0) { $0 * 10 + Int($1 - 48) } + blank.upperBound
  }
}
