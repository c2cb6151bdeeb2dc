package import Foundation

/// The built `lienthong` as it serves at a free port of this machine.
package final class ServingProcess: Sendable {
  /// Where it is, such as `http://127.0.0.1:40123`, without a slash at its end.
  package let address: String
  private let process: SpawnedProcess
  private let folder: TemporaryFolder

  /// The process named no address in time.
  package struct DidNotStart: Error {
    package let output: String
  }

  /// Starts the program, in a network of its own where one is named, and waits until it says where
  /// it is.
  package init(_ arguments: [String], in namespace: NetworkNamespace? = nil) async throws {
    folder = try TemporaryFolder()
    let log = try folder.write([], to: "output")
    let product = try BuiltProduct.url()
    let command = namespace?.command(product, arguments) ?? (product, arguments)
    process = try SpawnedProcess(command.0, command.1, output: log, errors: log)
    let found = try await process.find(in: log) { text -> String? in
      guard let start = text.range(of: "http://"), text.hasSuffix("\n") else { return nil }
      let line = text[start.lowerBound...].prefix { !$0.isWhitespace }
      return String(line.hasSuffix("/") ? line.dropLast() : line)
    }
    guard let found else {
      throw DidNotStart(output: try String(contentsOf: log, encoding: .utf8))
    }
    address = found
  }

  package var processID: pid_t { process.processID }

  package var port: Int { URL(string: address)?.port ?? 0 }

  /// What the process has written so far.
  package func log() throws -> String {
    try String(contentsOf: folder.file("output"), encoding: .utf8)
  }

  /// Ends the process as a power cut would.
  package func kill() async {
    process.send(SIGKILL)
    _ = await process.end()
  }

  /// Asks the process to end, and gives its exit status, or the signal that ended it, negated.
  package func stop() async -> Int32 {
    process.send(SIGTERM)
    return await process.end() ?? -SIGKILL
  }
}
