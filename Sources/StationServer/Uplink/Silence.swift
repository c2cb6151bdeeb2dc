import AsyncHTTPClient
import Labels
import NIOCore
import NIOPosix

/// Why no answer came from a host.
package enum Silence: Hashable, Sendable {
  /// The machine is there, and nobody listens at the port.
  case refused
  case tooLate
  /// No machine has the name.
  case unknownName
  /// There is no network, or no way through it.
  case noWay
  /// The connection broke off; what the system said of it, for a log.
  case brokenOff(String)

  init(_ error: any Error) {
    switch error {
    case let error as HTTPClientError
    where [.connectTimeout, .deadlineExceeded, .readTimeout].contains(error):
      self = .tooLate
    case let error as IOError: self.init(code: error.errnoCode, detail: "\(error)")
    case let error as NIOConnectionError:
      guard let first = error.connectionErrors.first else {
        self = .unknownName
        return
      }
      self = Silence(first.error)
    default: self = .brokenOff("\(error)")
    }
  }

  private init(code: Int32, detail: String) {
    switch code {
    case ECONNREFUSED: self = .refused
    case ETIMEDOUT: self = .tooLate
    case ENETUNREACH, EHOSTUNREACH, ENETDOWN: self = .noWay
    default: self = .brokenOff(detail)
    }
  }

  /// A few words within brackets, for the person at the screen.
  func words(in language: Language) -> String {
    switch (self, language) {
    case (.refused, .vietnamese): "máy đó chưa chạy chương trình"
    case (.refused, .english): "its program does not run there"
    case (.tooLate, .vietnamese): "chờ lâu không thấy trả lời"
    case (.tooLate, .english): "it took too long to answer"
    case (.unknownName, .vietnamese): "không tìm thấy tên máy"
    case (.unknownName, .english): "no machine has that name"
    case (.noWay, .vietnamese): "không có mạng"
    case (.noWay, .english): "there is no network"
    case (.brokenOff, .vietnamese): "kết nối bị ngắt"
    case (.brokenOff, .english): "the connection broke off"
    }
  }
}
