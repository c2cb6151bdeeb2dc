import Foundation
package import Registry
import Synchronization

/// A PostgreSQL server of the tests' own, at a socket in a temporary folder.
///
/// `Devices/postgres` runs it, and ends it once this process has ended, in whatever way.
package final class PostgresCluster: Sendable {
  /// The server that tests share; each has a database of its own there.
  package static func shared() async throws -> PostgresCluster { try await started.value }

  private static let started = Task { try await PostgresCluster() }
  private static let databaseCount = Mutex(0)

  private let process: SpawnedProcess
  private let folder: TemporaryFolder
  private let output: URL

  /// The server did not start in time.
  package struct DidNotStart: Error {
    package let output: String
  }

  /// Starts a server and waits until it answers.
  ///
  /// Its files cost no disk, unless a folder is named for them.
  package init(in parent: String = TemporaryFolder.memory.path) async throws {
    folder = try TemporaryFolder()
    output = try folder.write([], to: "output")
    let script = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../../Devices/postgres").standardized
    process = try SpawnedProcess(script, [parent], output: output, errors: folder.file("errors"))
    _ = try await server(number: 0)
  }

  deinit {
    process.send(SIGTERM)
    while process.status == nil { usleep(10_000) }
  }

  /// The process and the address of the server that was started as the n-th, counted from 0.
  private func server(number: Int) async throws -> (processID: pid_t, address: String) {
    let found = try await process.find(in: output) { text -> (pid_t, String)? in
      let lines = text.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
      guard number < lines.count else { return nil }
      let words = lines[number].split(separator: " ")
      guard words.count == 2, let processID = pid_t(words[0]) else { return nil }
      return (processID, String(words[1]))
    }
    guard let found else {
      let log = try? String(contentsOf: folder.file("errors"), encoding: .utf8)
      throw DidNotStart(output: log ?? "")
    }
    return found
  }

  /// How often the server was started.
  private var startCount: Int {
    get throws {
      try String(contentsOf: output, encoding: .utf8).filter { $0 == "\n" }.count
    }
  }

  /// Makes an empty database, and gives its address.
  package func makeDatabase() async throws -> PostgresAddress {
    let number = Self.databaseCount.withLock { count in
      count += 1
      return count
    }
    let address = try await server(number: 0).address
    try PostgresConnection(PostgresAddress(address)).run("CREATE DATABASE test\(number)")
    let made = try PostgresAddress(address.replacing("///postgres", with: "///test\(number)"))
    if Self.hasCitus { try Self.addCitus(to: made) }
    return made
  }

  /// Whether the tests' databases are to be spread by Citus, as `CITUS=1` asks.
  package static let hasCitus = ProcessInfo.processInfo.environment["CITUS"] == "1"

  private static func addCitus(to address: PostgresAddress) throws {
    try PostgresConnection(address).run(
      """
      CREATE EXTENSION citus;
      SELECT citus_set_coordinator_host(current_setting('citus.local_hostname'), 5432);
      SELECT citus_set_node_property(
        current_setting('citus.local_hostname'), 5432, 'shouldhaveshards', true);
      """)
  }

  /// Removes a database with all that is connected to it.
  package static func remove(_ address: PostgresAddress) throws {
    guard let start = address.text.range(of: "///"), let end = address.text.firstIndex(of: "?")
    else { return }
    let name = address.text[start.upperBound..<end]
    let server = try PostgresAddress(address.text.replacing("///\(name)", with: "///postgres"))
    try PostgresConnection(server).run("DROP DATABASE \(name) WITH (FORCE)")
  }

  /// Kills the server as a power cut would, and waits until it is started again.
  package func killServer() async throws {
    let count = try startCount
    kill(try await server(number: count - 1).processID, SIGKILL)
    _ = try await server(number: count)
  }
}
