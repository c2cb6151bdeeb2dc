import Foundation

/// Somebody at a port who takes calls and never says anything.
final class SilentListener: Sendable {
  let port: Int
  private let descriptor: Int32

  struct Unavailable: Error {}

  private static let pollInterval = Duration.milliseconds(5)
  private static let patience = Duration.seconds(30)

  init() throws {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = in_addr_t(INADDR_LOOPBACK).bigEndian
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let listens = withUnsafeMutablePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(descriptor, $0, length) == 0 && listen(descriptor, 4) == 0
          && getsockname(descriptor, $0, &length) == 0
      }
    }
    guard listens else { throw Unavailable() }
    self.descriptor = descriptor
    port = Int(UInt16(bigEndian: address.sin_port))
  }

  deinit {
    close(descriptor)
  }

  /// Returns once somebody has called.
  func waitForCaller() async throws {
    let end = ContinuousClock.now + Self.patience
    while ContinuousClock.now < end {
      var waiting = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
      if poll(&waiting, 1, 0) > 0 { return }
      try await Task.sleep(for: Self.pollInterval)
    }
    throw Unavailable()
  }
}
