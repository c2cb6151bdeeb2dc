import Foundation

/// The built `lienthong` as it serves at a free port of this machine.
package final class ServingProcess: Sendable {
  /// Where it is, such as `http://127.0.0.1:40123`.
  package let address: String
  private let process: Process
  private let output: TemporaryFolder

  /// The process named no address in time.
  package struct DidNotStart: Error {
    package let output: String
  }

  private static let patience = Duration.seconds(30)
  private static let pollInterval = Duration.milliseconds(20)

  /// Starts the program and waits until it says where it is.
  package init(_ arguments: [String]) async throws {
    output = try TemporaryFolder()
    let stdout = try output.write([], to: "stdout")
    process = Process()
    process.executableURL = try BuiltProduct.url()
    process.arguments = arguments
    process.standardOutput = try FileHandle(forWritingTo: stdout)
    try process.run()
    let deadline = ContinuousClock.now + Self.patience
    while process.isRunning, .now < deadline {
      let text = try String(contentsOf: stdout, encoding: .utf8)
      if let start = text.range(of: "http://"), text.hasSuffix("/\n") {
        address = String(text[start.lowerBound...].dropLast(2))
        return
      }
      try await Task.sleep(for: Self.pollInterval)
    }
    kill(process.processIdentifier, SIGKILL)
    throw DidNotStart(output: try String(contentsOf: stdout, encoding: .utf8))
  }

  deinit {
    if process.isRunning { kill(process.processIdentifier, SIGKILL) }
  }

  /// Asks the process to end and gives its exit status.
  package func stop() async throws -> Int32 {
    process.terminate()
    while process.isRunning { try await Task.sleep(for: Self.pollInterval) }
    return process.terminationStatus
  }
}
