import Foundation
import Journal
import TestSupport

/// The built `lienthong station run`, serving a fixture's folder at a free port.
struct StationProcess {
  /// Where the page is: `http://127.0.0.1:PORT/`.
  let address: String

  private let process: Process
  private let output: TemporaryFolder

  /// The process named no address in time.
  struct DidNotStart: Error {
    let output: String
  }

  private static let patience = Duration.seconds(30)
  private static let pollInterval = Duration.milliseconds(20)

  /// Serves the folder while `body` runs, then ends the process.
  static func serve<Result>(
    _ fixture: StationFixture, _ body: (StationProcess) async throws -> Result
  ) async throws -> Result {
    let station = try await start(fixture)
    do {
      let result = try await body(station)
      await station.kill()
      return result
    } catch {
      await station.kill()
      throw error
    }
  }

  /// Starts the process and waits until it answers; a port of 0 is any that is free.
  static func start(_ fixture: StationFixture, port: Int = 0) async throws -> StationProcess {
    let output = try TemporaryFolder()
    let stdout = try output.write([], to: "stdout")
    let process = Process()
    process.executableURL = try BuiltProduct.url(of: "lienthong")
    process.arguments = ["station", "run", "--data", fixture.folder.path, "--port", "\(port)"]
    process.standardOutput = try FileHandle(forWritingTo: stdout)
    try process.run()
    let deadline = ContinuousClock.now + patience
    while process.isRunning, .now < deadline {
      let text = try String(contentsOf: stdout, encoding: .utf8)
      if let start = text.range(of: "http://"), text.hasSuffix("\n") {
        let address = text[start.lowerBound...].trimmingCharacters(in: .newlines)
        return StationProcess(address: address, process: process, output: output)
      }
      try await Task.sleep(for: pollInterval)
    }
    process.terminate()
    throw DidNotStart(output: try String(contentsOf: stdout, encoding: .utf8))
  }

  var port: Int { URL(string: address)?.port ?? 0 }

  /// Ends the process as a power cut would.
  func kill() async {
    Foundation.kill(process.processIdentifier, SIGKILL)
    while process.isRunning { try? await Task.sleep(for: Self.pollInterval) }
  }
}
