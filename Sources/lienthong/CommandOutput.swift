import ArgumentParser
import Foundation

/// Standard output and standard error of a command.
enum CommandOutput {
  /// Writes at once, so that a reader at the other end of a pipe never waits for a full buffer.
  static func write(_ text: String) throws {
    guard !text.isEmpty else { return }
    do {
      try FileHandle.standardOutput.write(contentsOf: Data(text.utf8))
    } catch {
      complain(
        "standard output can't be written. Is the disk full? (\(error.localizedDescription))")
      throw ExitCode.failure
    }
  }

  /// Tells the person at the terminal what went wrong; what can't be told is lost.
  static func complain(_ text: String) {
    try? FileHandle.standardError.write(contentsOf: Data("lienthong: \(text)\n".utf8))
  }
}
