package import Foundation

/// The `lienthong` program that was built together with the tests.
package enum BuiltProduct {
  /// Where the program is: beside the test bundle, which is the program running now.
  package static func url(of name: String = "lienthong") throws -> URL {
    let running = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
    return URL(filePath: running).deletingLastPathComponent().appending(path: name)
  }

  /// Runs `lienthong` with no more than `bytes` of address space, to show that it needs no more.
  package static func run(
    _ arguments: [String], withinMemoryOf bytes: Int, timeout: Duration = .seconds(60)
  ) async throws -> ChildProcess.Output {
    try await ChildProcess.run(
      URL(filePath: "/bin/sh"),
      ["-c", "ulimit -v \(bytes / 1_024) && exec \"$0\" \"$@\"", url().path] + arguments,
      timeout: timeout)
  }

  /// Runs `lienthong` as a user who owns nothing; whoever runs the tests must be root.
  package static func runAsNobody(_ arguments: [String]) async throws -> ChildProcess.Output {
    try await ChildProcess.run(
      URL(filePath: "/usr/bin/setpriv"),
      ["--reuid", "65534", "--regid", "65534", "--clear-groups", url().path] + arguments)
  }

  /// Runs `lienthong` with these arguments to its end, in a network of its own where one is named.
  package static func run(
    _ arguments: [String], input: [UInt8] = [], in namespace: NetworkNamespace? = nil,
    timeout: Duration = .seconds(60)
  ) async throws -> ChildProcess.Output {
    let command = try namespace?.command(url(), arguments) ?? (url(), arguments)
    return try await ChildProcess.run(command.0, command.1, input: input, timeout: timeout)
  }
}
