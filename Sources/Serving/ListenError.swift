package import Labels
import NIOCore
import Glibc

/// Why a server could not begin to listen, and what a person can do about it.
package enum ListenError: Error, Hashable, Sendable {
  case portInUse(Int)
  /// The system lets only its administrator listen at the port.
  case portNotAllowed(Int)
  /// The machine has no such address.
  case noSuchAddress(String)

  /// Tells what a failed bind means; `nil` for any other error.
  package init?(_ error: any Error, at address: ListenAddress) {
    switch (error as? IOError)?.errnoCode {
    case EADDRINUSE: self = .portInUse(address.port)
    case EACCES: self = .portNotAllowed(address.port)
    case EADDRNOTAVAIL: self = .noSuchAddress(address.host)
    default:
      guard error is SocketAddressError || error is SocketAddressError.UnknownHost else {
        return nil
      }
      self = .noSuchAddress(address.host)
    }
  }

  /// What went wrong and what to do next, for the person at the terminal.
  package func advice(in language: Language) -> String {
    switch (self, language) {
    case (.portInUse(let port), .vietnamese):
      "Cổng \(port) đang có chương trình khác dùng. Hãy dừng chương trình đó, hoặc chọn cổng khác "
        + "bằng --port."
    case (.portInUse(let port), .english):
      "Port \(port) is in use by another program. Stop that program, or choose another port with "
        + "--port."
    case (.portNotAllowed(let port), .vietnamese):
      "Hệ thống không cho dùng cổng \(port). Hãy chọn cổng từ 1024 trở lên bằng --port."
    case (.portNotAllowed(let port), .english):
      "The system does not allow port \(port). Choose one from 1024 on with --port."
    case (.noSuchAddress(let host), .vietnamese):
      "Máy này không có địa chỉ \(host). Hãy dùng 127.0.0.1, hoặc 0.0.0.0 cho cả mạng nội bộ."
    case (.noSuchAddress(let host), .english):
      "This machine has no address \(host). Use 127.0.0.1, or 0.0.0.0 for the whole local network."
    }
  }
}

/// Where a server listens.
package struct ListenAddress: Hashable, Sendable {
  package let host: String
  /// 0 lets the system choose one.
  package let port: Int

  package init(host: String = "127.0.0.1", port: Int) {
    self.host = host
    self.port = port
  }
}
