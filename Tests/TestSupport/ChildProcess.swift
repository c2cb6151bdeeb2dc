package import Foundation

/// Runs a program to its end and keeps what it wrote.
package enum ChildProcess {
  /// What a program left behind.
  package struct Output: Sendable {
    /// The exit status, or the number of the signal that ended the program, negated.
    package let status: Int32
    package let stdout: String
    package let stderr: String
  }

  /// The program ran longer than it was given, and was killed.
  package struct TimedOut: Error {
    package let command: [String]
  }

  /// Runs a program with `input` on its standard input.
  ///
  /// What it writes goes to files, so that no amount of it can block the program.
  package static func run(
    _ executable: URL, _ arguments: [String], input: [UInt8] = [],
    timeout: Duration = .seconds(60)
  ) async throws -> Output {
    let folder = try TemporaryFolder()
    let stdout = try folder.write([], to: "stdout")
    let stderr = try folder.write([], to: "stderr")
    let process = Process()
    process.executableURL = executable
    process.arguments = arguments
    process.standardInput = try FileHandle(forReadingFrom: folder.write(input, to: "stdin"))
    process.standardOutput = try FileHandle(forWritingTo: stdout)
    process.standardError = try FileHandle(forWritingTo: stderr)

    guard try await finish(process, within: timeout) else {
      throw TimedOut(command: [executable.lastPathComponent] + arguments)
    }
    return Output(
      status: process.terminationReason == .exit
        ? process.terminationStatus : -process.terminationStatus,
      stdout: try text(of: stdout), stderr: try text(of: stderr))
  }

  /// Starts a program and waits for its end; false if it had to be killed.
  private static func finish(_ process: Process, within timeout: Duration) async throws -> Bool {
    let watchdog = Task {
      try await Task.sleep(for: timeout)
      kill(process.processIdentifier, SIGKILL)
    }
    try await withCheckedThrowingContinuation { continuation in
      process.terminationHandler = { _ in continuation.resume() }
      do {
        try process.run()
      } catch {
        continuation.resume(throwing: error)
      }
    }
    watchdog.cancel()
    return if case .failure = await watchdog.result { true } else { false }
  }

  private static func text(of file: URL) throws -> String {
    String(decoding: try Data(contentsOf: file), as: UTF8.self)
  }
}
