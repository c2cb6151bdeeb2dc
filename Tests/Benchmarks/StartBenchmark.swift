import AsyncHTTPClient
import Foundation
import Journal
import NIOCore
import TestSupport

/// How soon a station answers after it was started, and what it needs while nothing happens.
enum StartBenchmark {
  private static let rounds = 9

  static func run() async throws -> [Figure] {
    let folder = try BenchmarkFolder()
    let journal = try await folder.station(named: "station", itemCount: 2_000)
    try journal.close()
    let client = HTTPClient(eventLoopGroupProvider: .singleton)
    var seconds: [Double] = []
    var megabytes: [Double] = []
    for _ in 0..<rounds {
      let start = ContinuousClock.now
      let station = try await ServingProcess.station(journal.folder)
      _ = try await client.execute(
        HTTPClientRequest(url: station.address + "/health"), timeout: .seconds(30))
      seconds.append((ContinuousClock.now - start) / .seconds(1))
      try await Task.sleep(for: .seconds(1))
      megabytes.append(try station.residentMegabytes())
      await station.kill()
    }
    try await client.shutdown()
    return [
      Figure(
        what: "station: start to /health answering", goal: 0.3,
        measured: Sampling.median(seconds), unit: "s", note: "median of \(rounds) starts"),
      Figure(
        what: "station: resident memory, idle", goal: 64,
        measured: Sampling.median(megabytes), unit: "MB", note: "a second after /health"),
    ]
  }
}
