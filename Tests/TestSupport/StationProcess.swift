package import Foundation
import Journal

/// The built `lienthong station run`, serving a fixture's folder at a free port.
package final class StationProcess: Sendable {
  /// Where the page is: `http://127.0.0.1:PORT/`.
  package let address: String
  /// The cookie of an administrator who has signed in.
  package let cookie: String
  private let process: ServingProcess

  private init(_ process: ServingProcess, cookie: String) {
    self.cookie = cookie
    self.process = process
    address = process.address + "/"
  }

  /// Serves the folder while `body` runs, then ends the process.
  package static func serve<Result>(
    _ fixture: StationFixture, options: [String] = [],
    _ body: (StationProcess) async throws -> Result
  ) async throws -> Result {
    let station = try await start(fixture, options: options)
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
    _ fixture: StationFixture, port: Int = 0, options: [String] = []
  ) async throws -> StationProcess {
    StationProcess(
      try await ServingProcess(
        ["station", "run", "--data", fixture.folder.path, "--port", "\(port)"] + options),
      cookie: fixture.processCookie)
  }

  package var processID: pid_t { process.processID }

  package var port: Int { process.port }

  /// What the process has written so far.
  package func log() throws -> String {
    try process.log()
  }

  /// Ends the process as a power cut would.
  package func kill() async {
    await process.kill()
  }

  /// Asks the process to end, and gives its exit status, or the signal that ended it, negated.
  package func stop() async -> Int32 {
    await process.stop()
  }
}
