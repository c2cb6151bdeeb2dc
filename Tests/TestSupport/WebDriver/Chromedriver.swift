import Foundation

/// A chromedriver process of our own, on a free port of the loopback interface.
package struct Chromedriver {
  /// Where it answers: `http://127.0.0.1:PORT`.
  package let address: String
  /// Its process id.
  package var processID: Int32 { process.processID }

  private let process: SpawnedProcess
  private let log: URL

  package static let path = "/usr/bin/chromedriver"
  package static var isInstalled: Bool { FileManager.default.isExecutableFile(atPath: path) }

  /// chromedriver takes one port in both families of addresses, and gives up where somebody has it
  /// in one of them.
  private static let startLimit = 5

  /// Starts a process and waits until it has named its port.
  package static func start() async throws -> Chromedriver {
    for _ in 1..<startLimit {
      do {
        return try await startOnce()
      } catch WebDriverError.didNotStart {
        continue
      }
    }
    return try await startOnce()
  }

  private static func startOnce() async throws -> Chromedriver {
    let log = FileManager.default.temporaryDirectory
      .appendingPathComponent("chromedriver-\(UUID().uuidString).log")
    guard FileManager.default.createFile(atPath: log.path, contents: nil) else {
      throw WebDriverError.file(path: log.path, reason: "can't be created")
    }
    let process: SpawnedProcess
    do {
      process = try SpawnedProcess(
        URL(fileURLWithPath: path), ["--port=0"], output: log, errors: log)
    } catch {
      throw WebDriverError.notInstalled(path: path, reason: "\(error)")
    }
    guard let port = try await process.find(in: log, port(in:)) else {
      throw WebDriverError.didNotStart(output: text(of: log))
    }
    return Chromedriver(address: "http://127.0.0.1:\(port)", process: process, log: log)
  }

  /// Asks the process to end, so that it ends its browsers too, and removes its log.
  package func stop() async {
    _ = try? await WebDriver(address: address).send(.get, "/shutdown")
    _ = await process.end()
    try? FileManager.default.removeItem(at: log)
  }

  /// The number in the line "ChromeDriver was started successfully on port 35123.", once whole.
  package static func port(in output: String) -> Int? {
    guard let words = output.range(of: "successfully on port ") else { return nil }
    let rest = output[words.upperBound...]
    // The full stop shows that the number has been written to its end.
    guard let end = rest.firstIndex(of: ".") else { return nil }
    return Int(rest[..<end])
  }

  private static func text(of log: URL) -> String {
    (try? String(contentsOf: log, encoding: .utf8)) ?? ""
  }
}
