import Foundation

/// One kept connection to a server of this machine, with nothing between it and the socket.
///
/// A client with threads of its own would measure its own hops with the server's.
final class PlainConnection {
  private let socket: Int32
  private var buffer = [UInt8](repeating: 0, count: 64 * 1_024)

  struct Broken: Error {
    let reason: String
  }

  init(port: Int) throws {
    socket = Foundation.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = in_port_t(UInt16(port).bigEndian)
    address.sin_addr.s_addr = inet_addr("127.0.0.1")
    let connected = withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(socket, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    guard connected == 0 else { throw Broken(reason: "no connection to port \(port)") }
    var on: Int32 = 1
    setsockopt(socket, Int32(IPPROTO_TCP), TCP_NODELAY, &on, socklen_t(MemoryLayout<Int32>.size))
  }

  deinit {
    close(socket)
  }

  /// Posts JSON and waits for the whole answer; anything but 200 is an error.
  func post(_ path: String, _ body: [UInt8]) throws {
    let head =
      "POST \(path) HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-type: application/json\r\n"
      + "content-length: \(body.count)\r\n\r\n"
    let request = Array(head.utf8) + body
    guard send(socket, request, request.count, 0) == request.count else {
      throw Broken(reason: "the request was not taken")
    }
    let answer = try receive()
    guard answer.hasPrefix("HTTP/1.1 200") else { throw Broken(reason: answer) }
  }

  private func receive() throws -> String {
    var text = ""
    while true {
      let count = recv(socket, &buffer, buffer.count, 0)
      guard count > 0 else { throw Broken(reason: "the connection ended") }
      text += String(decoding: buffer[..<count], as: UTF8.self)
      guard let end = text.range(of: "\r\n\r\n") else { continue }
      let head = text[..<end.lowerBound].lowercased()
      guard let field = head.range(of: "content-length: ") else { return text }
      let length = Int(head[field.upperBound...].prefix { $0.isNumber }) ?? 0
      if text[end.upperBound...].utf8.count >= length { return text }
    }
  }
}
