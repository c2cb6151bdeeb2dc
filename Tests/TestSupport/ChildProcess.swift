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

  /// The program could not be started.
  package struct DidNotSpawn: Error {
    package let reason: String
  }

  /// Starts a program that goes on by itself, and writes both of its outputs to `log`.
  ///
  /// A test's thread may have signals blocked, and a child would inherit that: SIGTERM would not
  /// reach it. So it is given an empty mask. The caller waits for its end.
  static func spawn(_ executable: URL, _ arguments: [String], log: URL) throws -> pid_t {
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var nothing = sigset_t()
    sigemptyset(&nothing)
    posix_spawnattr_setsigmask(&attributes, &nothing)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK))

    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(
      &actions, STDOUT_FILENO, log.path, O_CREAT | O_TRUNC | O_WRONLY | O_APPEND, 0o600)
    posix_spawn_file_actions_adddup2(&actions, STDOUT_FILENO, STDERR_FILENO)

    let words = ([executable.path] + arguments).map { strdup($0) }
    defer { words.forEach { free($0) } }
    var processID: pid_t = 0
    let status = posix_spawn(
      &processID, executable.path, &actions, &attributes, words + [nil], environ)
    guard status == 0 else { throw DidNotSpawn(reason: String(cString: strerror(status))) }
    return processID
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
