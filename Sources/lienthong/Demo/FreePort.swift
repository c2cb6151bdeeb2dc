import Glibc

/// A port of this machine that nobody listens at.
enum FreePort {
  struct NoneFree: Error, CustomStringConvertible {
    let description = "This machine has no free port. End other programs, or name one with --port."
  }

  /// Lets the system choose one, and gives it back at once for somebody else to take.
  static func find() throws -> Int {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    guard descriptor >= 0 else { throw NoneFree() }
    defer { close(descriptor) }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = in_addr_t(INADDR_LOOPBACK).bigEndian
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let found = withUnsafeMutablePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(descriptor, $0, length) == 0 && getsockname(descriptor, $0, &length) == 0
      }
    }
    guard found else { throw NoneFree() }
    return Int(UInt16(bigEndian: address.sin_port))
  }
}
