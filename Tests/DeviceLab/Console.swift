import Foundation
import Synchronization

/// The machine's first text console, where keys go that nobody has taken.
final class Console: Sendable {
  private let descriptor: Int32
  private let heard = Mutex("")

  init() {
    descriptor = open("/dev/tty1", O_RDWR | O_NONBLOCK | O_NOCTTY)
    var settings = termios()
    tcgetattr(descriptor, &settings)
    cfmakeraw(&settings)
    tcsetattr(descriptor, TCSANOW, &settings)
  }

  deinit {
    close(descriptor)
  }

  /// Throws away what was typed so far.
  func forget() {
    tcflush(descriptor, TCIFLUSH)
    heard.withLock { $0 = "" }
  }

  /// What was typed since ``forget()``.
  func text() -> String {
    var buffer = [UInt8](repeating: 0, count: 1_024)
    let count = read(descriptor, &buffer, buffer.count)
    return heard.withLock { heard in
      if count > 0 { heard += String(decoding: buffer[..<count], as: UTF8.self) }
      return heard
    }
  }
}
