import Foundation
import Journal
import Labels
import Ledger
import Registry
import Synchronization
import TestSupport
import Testing

/// A host and the stations of a test's networks, all of them the built program, and what befalls
/// them.
struct NetworkedGroup: Sendable {
  let network: TestNetwork
  let stations: [NetworkedStation]
  private let home: TemporaryFolder

  fileprivate static let port = 8_090
  /// Passes that a station may need once everything works again.
  private static let mostPasses = 10

  var folder: String { home.url.appending(path: "host").path }

  struct CommandFailed: Error {
    let output: String
  }

  /// Sets all of it up by the program's own commands, while everything still works.
  init(_ network: TestNetwork, database: PostgresAddress?) async throws {
    self.network = network
    home = try TemporaryFolder()
    var stations: [NetworkedStation] = []
    for (index, namespace) in network.stations.enumerated() {
      stations.append(try await NetworkedStation("TT\(index + 1)", in: namespace))
    }
    self.stations = stations
    try await run(
      ["host", "init", "--data", folder, "--name", "Nhóm Tân Tập"]
        + (database.map { ["--database", $0.text] } ?? []))
    let host = try await startHost()
    for (index, station) in stations.enumerated() {
      let invited = try await run([
        "host", "invite", "--data", folder, "--library", station.library,
      ])
      let code = try #require(invited.split(whereSeparator: \.isWhitespace).last)
      try await run(
        [
          "station", "enrol", "--data", station.fixture.folder.path, "--host",
          "http://\(network.hostAddress(from: index)):\(Self.port)", "--code", String(code),
        ], in: station.namespace)
    }
    await host.kill()
  }

  @discardableResult
  private func run(
    _ arguments: [String], in namespace: NetworkNamespace? = nil
  ) async throws -> String {
    let output = try await BuiltProduct.run(arguments, in: namespace)
    guard output.status == 0 else { throw CommandFailed(output: output.stderr) }
    return output.stdout
  }

  private func startHost() async throws -> ServingProcess {
    try await ServingProcess(
      ["host", "run", "--data", folder, "--bind", "0.0.0.0", "--port", "\(Self.port)"],
      in: network.host)
  }

  /// Runs the host, kills it and runs it again, until an instant.
  func serveHost(until end: ContinuousClock.Instant, _ generator: SeededGenerator) async throws {
    var generator = generator
    repeat {
      // A host whose database is away does not start; its machine tries again.
      guard let host = try? await startHost() else { continue }
      _ = await generator.pause(500...3_000, until: end)
      await host.kill()
    } while await generator.pause(0...500, until: end)
  }

  /// Lets links lose packets, cuts them and mends them, until an instant.
  func spoilLinks(until end: ContinuousClock.Instant, _ generator: SeededGenerator) async throws {
    let states: [TestNetwork.Link] = [
      .whole, .whole, .losing(5), .losing(15), .losing(30), .silent, .down,
    ]
    var generator = generator
    while await generator.pause(100...800, until: end) {
      let index = Int.random(in: stations.indices, using: &generator)
      let state = states[Int.random(in: states.indices, using: &generator)]
      try await network.set(state, of: index)
    }
  }

  /// Everything works again: each station says all it has to say.
  func settle() async throws {
    for index in stations.indices { try await network.set(.whole, of: index) }
    let host = try await startHost()
    for station in stations {
      var output = try await station.sync()
      for _ in 1..<Self.mostPasses where output.status != 0 { output = try await station.sync() }
      guard output.status == 0 else { throw CommandFailed(output: output.stderr) }
    }
    guard await host.stop() == 0 else { throw CommandFailed(output: try host.log()) }
  }

  /// How often the host has each act of a station.
  func countsAtHost(of name: StationID) async throws -> [OperationID: Int] {
    let books = try await HostBooks.open(HostFolder(path: folder), at: nil)
    let counts = try await books.read { books in
      var counts: [OperationID: Int] = [:]
      for station in try books.enrolments() where station.enrolment.station == name {
        let epoch = station.enrolment.epoch
        try books.forEachEvent(of: name, epoch: epoch, after: 0) { stored in
          counts[try Event(encoded: stored.bytes).operation, default: 0] += 1
          return true
        }
      }
      return counts
    }
    try books.close()
    return counts
  }
}

/// A station in a network of its own: a process that lends, and others that carry its acts up.
final class NetworkedStation: Sendable {
  let library: String
  let fixture: StationFixture
  let namespace: NetworkNamespace
  private let answered = Mutex<Set<OperationID>>([])

  private static let port = 8_080

  init(_ library: String, in namespace: NetworkNamespace) async throws {
    self.library = library
    self.namespace = namespace
    fixture = try await StationFixture(of: library)
    // What starts after a kill must find the log as the kill left it, and nobody who had it open.
    try fixture.journal.close()
  }

  /// The acts of which the station has said that they are done.
  var acknowledged: Set<OperationID> { answered.withLock(\.self) }

  /// Runs the station and lends at it, kills it and runs it again, until an instant.
  func lend(until end: ContinuousClock.Instant, _ generator: SeededGenerator) async throws {
    var generator = generator
    repeat {
      let process = try await ServingProcess(
        [
          "station", "run", "--data", fixture.folder.path, "--port", "\(Self.port)",
        ], in: namespace)
      let seed = generator.next()
      async let desk: Void = namespace.inside { try self.work(seed: seed) }
      _ = await generator.pause(200...2_000, until: end)
      await process.kill()
      try await desk
    } while await generator.pause(0...200, until: end)
  }

  /// Performs one act after the other until the station is gone.
  private func work(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let connection = try PlainConnection(port: Self.port)
    while true {
      let act = try Act.random(at: library, using: &generator)
      let request = PlainConnection.post(
        "/api/v1/" + act.path, Array(try JSONEncoder().encode(act.fields)),
        cookie: fixture.processCookie)
      guard let answer = try? connection.exchange(request) else { return }
      if PlainConnection.status(of: answer) == 200,
        let id = act.fields["operation"].flatMap({ OperationID($0) })
      {
        answered.withLock { _ = $0.insert(id) }
      }
      // As fast as hands can, and not faster than the disk of two other programs.
      usleep(10_000)
    }
  }

  /// Carries up what there is, over and over, and is killed in the midst of it now and then.
  func synchronise(until end: ContinuousClock.Instant, _ generator: SeededGenerator) async throws {
    var generator = generator
    while await generator.pause(0...300, until: end) {
      let patience = Duration.milliseconds(Int.random(in: 50...3_000, using: &generator))
      _ = try? await sync(within: patience)
    }
  }

  func sync(within patience: Duration = .seconds(60)) async throws -> ChildProcess.Output {
    try await BuiltProduct.run(
      ["sync", "--data", fixture.folder.path], in: namespace, timeout: patience)
  }
}
