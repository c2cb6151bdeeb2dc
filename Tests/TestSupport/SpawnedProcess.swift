package import Foundation
import Synchronization

/// A program that runs beside the tests, started with `posix_spawn`.
///
/// It gets no signal blocked, as from a shell: a test's thread may have some blocked, and a child
/// would inherit that. Foundation's `Process` is not used, since it has been seen to crash while
/// other tests open hundreds of connections. The program is killed when nobody uses it any more.
package final class SpawnedProcess: Sendable {
  package let processID: pid_t
  private let ending = Mutex<Ending?>(nil)

  /// How a program ended, and the most memory that it had held.
  private struct Ending {
    let status: Int32
    let peakKibibytes: Int
  }

  /// The program could not be started.
  package struct DidNotSpawn: Error {
    package let reason: String
  }

  private static let pollInterval = Duration.milliseconds(5)
  /// How long a program may take to end once it is asked to.
  private static let patience = Duration.seconds(30)

  /// Starts a program with its input and outputs in files; both outputs may be the same one.
  package init(
    _ executable: URL, _ arguments: [String], input: URL? = nil, output: URL, errors: URL
  ) throws {
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
    let writing = O_CREAT | O_TRUNC | O_WRONLY | O_APPEND
    posix_spawn_file_actions_addopen(
      &actions, STDIN_FILENO, input?.path ?? "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, output.path, writing, 0o600)
    posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, errors.path, writing, 0o600)
    let words = ([executable.path] + arguments).map { strdup($0) }
    defer { words.forEach { free($0) } }
    var processID: pid_t = 0
    let status = posix_spawn(
      &processID, executable.path, &actions, &attributes, words + [nil], environ)
    guard status == 0 else { throw DidNotSpawn(reason: String(cString: strerror(status))) }
    self.processID = processID
  }

  deinit {
    guard ending.withLock({ $0 == nil }) else { return }
    Foundation.kill(processID, SIGKILL)
    waitpid(processID, nil, 0)
  }

  /// The exit status once the program has ended, or the signal that ended it, negated.
  package var status: Int32? {
    ending.withLock { ending in
      if let ending { return ending.status }
      var status: Int32 = 0
      var usage = rusage()
      guard wait4(processID, &status, WNOHANG, &usage) == processID else { return nil }
      let signal = status & 0x7F
      let end = Ending(
        status: signal == 0 ? (status >> 8) & 0xFF : -signal, peakKibibytes: usage.ru_maxrss)
      ending = end
      return end.status
    }
  }

  /// The most memory that the program held at once; 0 until it has ended.
  package var peakKibibytes: Int { ending.withLock { $0?.peakKibibytes ?? 0 } }

  package func send(_ signal: Int32) {
    guard status == nil else { return }
    Foundation.kill(processID, signal)
  }

  /// Waits for the end and gives the status; `nil` where it had to be killed for taking too long.
  package func end(within timeout: Duration = patience) async -> Int32? {
    let deadline = ContinuousClock.now + timeout
    while ContinuousClock.now < deadline {
      if let status { return status }
      try? await Task.sleep(for: Self.pollInterval)
    }
    send(SIGKILL)
    while status == nil { try? await Task.sleep(for: Self.pollInterval) }
    return nil
  }

  /// Reads a file that the program writes until it has what is looked for, or the program ends.
  package func find<Found>(
    in file: URL, _ look: (String) -> Found?
  ) async throws -> Found? {
    let deadline = ContinuousClock.now + Self.patience
    while ContinuousClock.now < deadline {
      let hasEnded = status != nil
      if let found = look(try String(contentsOf: file, encoding: .utf8)) { return found }
      if hasEnded { return nil }
      try await Task.sleep(for: Self.pollInterval)
    }
    return nil
  }
}
