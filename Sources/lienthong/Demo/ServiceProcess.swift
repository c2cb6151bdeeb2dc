import Foundation
import Glibc

/// Another process of this program that serves until it is told to stop.
///
/// It is started with no signal blocked and in a process group of its own, so that Ctrl-C reaches
/// the demo alone, which then stops its services in order.
final class ServiceProcess: Sendable {
  /// Where the service says that it can be reached, such as `http://127.0.0.1:8080/`.
  let address: String
  private let pid: pid_t

  struct DidNotStart: Error, CustomStringConvertible {
    let command: String
    let output: String

    var description: String { "lienthong \(command) did not start: \(output)" }
  }

  private static let patience = Duration.seconds(30)
  private static let pollInterval = Duration.milliseconds(10)

  /// Starts this program with arguments, and waits until it prints its address.
  init(_ arguments: [String], log: String) async throws {
    pid = try Self.spawn(arguments, log: log)
    let deadline = ContinuousClock.now + Self.patience
    while ContinuousClock.now < deadline {
      let output = (try? String(contentsOfFile: log, encoding: .utf8)) ?? ""
      if let start = output.range(of: "http://"), output.hasSuffix("\n") {
        let line = output[start.lowerBound...].prefix { !$0.isWhitespace }
        address = String(line)
        return
      }
      if waitpid(pid, nil, WNOHANG) == pid { break }
      try await Task.sleep(for: Self.pollInterval)
    }
    kill(pid, SIGKILL)
    throw DidNotStart(
      command: arguments.joined(separator: " "),
      output: (try? String(contentsOfFile: log, encoding: .utf8)) ?? "")
  }

  /// Asks the process to end and waits until it has.
  func stop() {
    kill(pid, SIGTERM)
    waitpid(pid, nil, 0)
  }

  private static func spawn(_ arguments: [String], log: String) throws -> pid_t {
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var nothing = sigset_t()
    sigemptyset(&nothing)
    posix_spawnattr_setsigmask(&attributes, &nothing)
    posix_spawnattr_setpgroup(&attributes, 0)
    posix_spawnattr_setflags(
      &attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETPGROUP))
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(
      &actions, STDOUT_FILENO, log, O_CREAT | O_TRUNC | O_WRONLY, 0o600)
    posix_spawn_file_actions_adddup2(&actions, STDOUT_FILENO, STDERR_FILENO)
    let program = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
    let words = ([program] + arguments).map { strdup($0) }
    defer { words.forEach { free($0) } }
    var pid: pid_t = 0
    let status = posix_spawn(&pid, program, &actions, &attributes, words + [nil], environ)
    guard status == 0 else {
      throw DidNotStart(
        command: arguments.joined(separator: " "), output: String(cString: strerror(status)))
    }
    return pid
  }
}
