package import Foundation
import Journal
import Synchronization

/// The built `lienthong station run`, serving a fixture's folder at a free port.
///
/// It is started with no signal blocked, as a shell does, and killed when nobody uses it any more.
package final class StationProcess: Sendable {
  /// Where the page is: `http://127.0.0.1:PORT/`.
  package let address: String
  package let processID: pid_t

  private let output: TemporaryFolder
  private let ending = Mutex<Int32?>(nil)

  /// The process named no address in time.
  package struct DidNotStart: Error {
    package let output: String
  }

  private static let patience = Duration.seconds(30)
  private static let pollInterval = Duration.milliseconds(5)

  private init(address: String, processID: pid_t, output: TemporaryFolder) {
    self.address = address
    self.processID = processID
    self.output = output
  }

  deinit {
    guard ending.withLock({ $0 == nil }) else { return }
    Foundation.kill(processID, SIGKILL)
    waitpid(processID, nil, 0)
  }

  /// Serves the folder while `body` runs, then ends the process.
  package static func serve<Result>(
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
  package static func start(
    _ fixture: StationFixture, port: Int = 0
  ) async throws -> StationProcess {
    let output = try TemporaryFolder()
    let log = try output.write([], to: "output")
    let processID = try ChildProcess.spawn(
      BuiltProduct.url(),
      ["station", "run", "--data", fixture.folder.path, "--port", "\(port)"], log: log)
    let deadline = ContinuousClock.now + patience
    var hasEnded = false
    while !hasEnded, .now < deadline {
      if let address = address(in: try String(contentsOf: log, encoding: .utf8)) {
        return StationProcess(address: address, processID: processID, output: output)
      }
      try await Task.sleep(for: pollInterval)
      hasEnded = waitpid(processID, nil, WNOHANG) == processID
    }
    if !hasEnded {
      Foundation.kill(processID, SIGKILL)
      waitpid(processID, nil, 0)
    }
    throw DidNotStart(output: try String(contentsOf: log, encoding: .utf8))
  }

  private static func address(in text: String) -> String? {
    guard let start = text.range(of: "http://"), text.hasSuffix("\n") else { return nil }
    return String(text[start.lowerBound...].prefix { !$0.isWhitespace })
  }

  package var port: Int { URL(string: address)?.port ?? 0 }

  /// What the process has written so far.
  package func log() throws -> String {
    try String(contentsOf: output.file("output"), encoding: .utf8)
  }

  /// Ends the process as a power cut would.
  package func kill() async {
    Foundation.kill(processID, SIGKILL)
    _ = await end()
  }

  /// Asks the process to end, and gives its exit status, or the signal that ended it, negated.
  package func stop() async -> Int32 {
    Foundation.kill(processID, SIGTERM)
    return await end()
  }

  private func end() async -> Int32 {
    let deadline = ContinuousClock.now + Self.patience
    while true {
      if let status = ending.withLock({ reap(into: &$0) }) { return status }
      if .now > deadline { Foundation.kill(processID, SIGKILL) }
      try? await Task.sleep(for: Self.pollInterval)
    }
  }

  private func reap(into ending: inout Int32?) -> Int32? {
    if ending != nil { return ending }
    var status: Int32 = 0
    guard waitpid(processID, &status, WNOHANG) == processID else { return nil }
    let signal = status & 0x7F
    ending = signal == 0 ? (status >> 8) & 0xFF : -signal
    return ending
  }
}
