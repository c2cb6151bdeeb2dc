import Foundation

/// A chromedriver process of our own, on a free port of the loopback interface.
struct Chromedriver {
  /// Where it answers: `http://127.0.0.1:PORT`.
  let address: String
  /// Its process id.
  var processID: Int32 { process.processIdentifier }

  private let process: Process
  private let log: URL

  static let path = "/usr/bin/chromedriver"
  static var isInstalled: Bool { FileManager.default.isExecutableFile(atPath: path) }

  /// How long a start or an end may take before the process is killed.
  private static let patience = Duration.seconds(20)
  private static let pollInterval = Duration.milliseconds(50)

  /// Starts a process and waits until it has named its port.
  static func start() async throws -> Chromedriver {
    let log = FileManager.default.temporaryDirectory
      .appendingPathComponent("chromedriver-\(UUID().uuidString).log")
    guard FileManager.default.createFile(atPath: log.path, contents: nil) else {
      throw WebDriverError.file(path: log.path, reason: "can't be created")
    }
    let process = Process()
    process.executableURL = URL(fileURLWithPath: path)
    process.arguments = ["--port=0"]
    let output = try FileHandle(forWritingTo: log)
    process.standardOutput = output
    process.standardError = output
    do {
      try process.run()
    } catch {
      throw WebDriverError.notInstalled(path: path, reason: "\(error)")
    }
    let deadline = ContinuousClock.now + patience
    while process.isRunning, .now < deadline {
      if let port = port(in: text(of: log)) {
        return Chromedriver(address: "http://127.0.0.1:\(port)", process: process, log: log)
      }
      try await Task.sleep(for: pollInterval)
    }
    await Self.kill(process)
    throw WebDriverError.didNotStart(output: text(of: log))
  }

  /// Ends the process, the hard way if it takes too long, and removes its log.
  ///
  /// It is asked over HTTP: a process that a Swift task starts inherits the signal mask of the
  /// task's thread, which blocks SIGTERM.
  func stop() async {
    _ = try? await WebDriver(address: address).send(.get, "/shutdown")
    await Self.waitForEnd(of: process)
    await Self.kill(process)
    try? FileManager.default.removeItem(at: log)
  }

  private static func kill(_ process: Process) async {
    guard process.isRunning else { return }
    Foundation.kill(process.processIdentifier, SIGKILL)
    await waitForEnd(of: process)
  }

  private static func waitForEnd(of process: Process) async {
    let deadline = ContinuousClock.now + patience
    while process.isRunning, .now < deadline {
      try? await Task.sleep(for: pollInterval)
    }
  }

  /// The number in the line "ChromeDriver was started successfully on port 35123.", once whole.
  static func port(in output: String) -> Int? {
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
