import Foundation
import Synchronization
import TestSupport

/// A host and some stations, each in a network of its own, with a link from each station to the
/// host that can be cut, and can lose packets.
///
/// Only the namespaces that it makes are changed, and they are removed whatever becomes of the
/// work; those that a killed test run has left are removed by the next.
struct TestNetwork: Sendable {
  let host: NetworkNamespace
  let stations: [NetworkNamespace]

  private static let prefix = "lienthong-"

  /// How a link is.
  enum Link: Hashable, Sendable {
    case whole
    /// So many of 100 packets are lost, each way.
    case losing(Int)
    /// Nothing gets through, and nobody says so.
    case silent
    /// The cable is out, so that sending fails at once.
    case down
  }

  struct Failure: Error {
    let command: String
    let output: String
  }

  /// Whether this machine lets the tests make networks and drop packets in them.
  static func isAvailable() async -> Bool {
    guard geteuid() == 0 else { return false }
    return (try? await lend(stationCount: 1) { try await $0.set(.losing(10), of: 0) }) != nil
  }

  /// Lends networks of a host and so many stations.
  static func lend<Result>(
    stationCount: Int, _ work: (TestNetwork) async throws -> Result
  ) async throws -> Result {
    try await removeLeftovers()
    let network = TestNetwork(stationCount: stationCount)
    let outcome: Swift.Result<Result, any Error>
    do {
      try await network.make()
      outcome = .success(try await work(network))
    } catch {
      outcome = .failure(error)
    }
    try await network.remove()
    return try outcome.get()
  }

  private static let count = Mutex(0)

  private init(stationCount: Int) {
    let number = Self.count.withLock { count in
      count += 1
      return count
    }
    let name = "\(Self.prefix)\(getpid())-\(number)-"
    host = NetworkNamespace(name: name + "host")
    stations = (0..<stationCount).map { NetworkNamespace(name: name + "\($0)") }
  }

  /// The host's address as a station sees it.
  func hostAddress(from index: Int) -> String { "10.77.\(index).1" }

  private func make() async throws {
    for namespace in [host] + stations {
      try await Self.run("ip", "netns", "add", namespace.name)
      try await Self.run("ip", "-n", namespace.name, "link", "set", "lo", "up")
    }
    for (index, station) in stations.enumerated() {
      try await Self.run(
        "ip", "-n", host.name, "link", "add", "to\(index)", "type", "veth",
        "peer", "name", "uplink", "netns", station.name)
      for (name, end, number) in [(host.name, "to\(index)", 1), (station.name, "uplink", 2)] {
        try await Self.run(
          "ip", "-n", name, "address", "add", "10.77.\(index).\(number)/24", "dev", end)
        try await Self.run("ip", "-n", name, "link", "set", end, "up")
      }
    }
  }

  private func remove() async throws {
    for namespace in [host] + stations
    where FileManager.default.fileExists(atPath: "\(NetworkNamespace.folder)/\(namespace.name)") {
      try await Self.run("ip", "netns", "delete", namespace.name)
    }
  }

  /// Removes the networks of a test run that was killed.
  private static func removeLeftovers() async throws {
    let names =
      (try? FileManager.default.contentsOfDirectory(atPath: NetworkNamespace.folder)) ?? []
    for name in names where name.hasPrefix(prefix) {
      let owner = name.dropFirst(prefix.count).prefix(while: \.isNumber)
      guard !FileManager.default.fileExists(atPath: "/proc/\(owner)") else { continue }
      try await run("ip", "netns", "delete", name)
    }
  }

  /// Changes how the link of a station is.
  func set(_ link: Link, of index: Int) async throws {
    try await Self.run(
      "ip", "-n", host.name, "link", "set", "to\(index)", link == .down ? "down" : "up")
    let condition: String? =
      switch link {
      case .whole, .down: nil
      case .losing(let percent): "numgen random mod 100 < \(percent)"
      case .silent: ""
      }
    let rules = condition.map { condition in
      """
      add rule inet link\(index) input iifname "to\(index)" \(condition) drop
      add rule inet link\(index) output oifname "to\(index)" \(condition) drop

      """
    }
    let table = """
      add table inet link\(index)
      delete table inet link\(index)
      add table inet link\(index)
      add chain inet link\(index) input { type filter hook input priority 0; }
      add chain inet link\(index) output { type filter hook output priority 0; }

      """
    try await Self.run(
      "ip", "netns", "exec", host.name, "nft", "-f", "-", input: table + (rules ?? ""))
  }

  private static func run(_ words: String..., input: String = "") async throws {
    let output = try await ChildProcess.run(
      URL(filePath: "/usr/bin/env"), ["PATH=/usr/sbin:/usr/bin:/sbin:/bin"] + words,
      input: Array(input.utf8))
    guard output.status == 0 else {
      throw Failure(command: words.joined(separator: " "), output: output.stderr)
    }
  }
}
