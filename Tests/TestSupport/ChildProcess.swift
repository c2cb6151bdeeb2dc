package import Foundation

/// Runs a program to its end and keeps what it wrote.
package enum ChildProcess {
  /// What a program left behind.
  package struct Output: Sendable {
    /// The exit status, or the number of the signal that ended the program, negated.
    package let status: Int32
    package let stdout: String
    package let stderr: String
    /// The most memory that the program held at once, as the kernel counted it.
    package let peakKibibytes: Int
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
    let process = try SpawnedProcess(
      executable, arguments, input: folder.write(input, to: "stdin"), output: stdout,
      errors: stderr)
    guard let status = await process.end(within: timeout) else {
      throw TimedOut(command: [executable.lastPathComponent] + arguments)
    }
    return Output(
      status: status, stdout: try text(of: stdout), stderr: try text(of: stderr),
      peakKibibytes: process.peakKibibytes)
  }

  private static func text(of file: URL) throws -> String {
    String(decoding: try Data(contentsOf: file), as: UTF8.self)
  }
}
