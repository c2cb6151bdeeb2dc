import Foundation
import Journal
import Ledger
import Registry
import TestSupport
import Testing

/// The built programs, each in a network of its own: a host, two stations, and all that goes wrong
/// between and in them.
@Suite(
  "A group of real processes whose links are bad", .serialized,
  .enabled("needs root, iproute2 and nftables to make networks") {
    await TestNetwork.isAvailable()
  })
struct NetworkTests {
  private static let timeOfTrouble = Duration.seconds(15)

  @Test(
    "has each acknowledged act at the host once, after kills, cuts and lost packets",
    .timeLimit(.minutes(5)), arguments: StoreKind.allCases)
  func trouble(kind: StoreKind) async throws {
    let seed = SeededGenerator.seedOfThisRun()
    let cluster = kind == .postgres ? try await PostgresCluster() : nil
    try await TestNetwork.lend(stationCount: 2) { network in
      let group = try await NetworkedGroup(network, database: cluster?.makeDatabase())
      let end = ContinuousClock.now + Self.timeOfTrouble
      try await withThrowingTaskGroup { troubles in
        var random = SeededGenerator(seed: seed)
        for trouble in Self.troubles(of: group, cluster) {
          let generator = SeededGenerator(seed: random.next())
          troubles.addTask { try await trouble(end, generator) }
        }
        try await troubles.waitForAll()
      }
      try await group.settle()
      try await check(group, "LIENTHONG_SEED=\(seed)")
    }
  }

  private typealias Trouble =
    @Sendable (ContinuousClock.Instant, SeededGenerator) async throws -> Void

  /// All that goes on at the same time, until an instant.
  private static func troubles(
    of group: NetworkedGroup, _ cluster: PostgresCluster?
  ) -> [Trouble] {
    var troubles: [Trouble] = [group.serveHost, group.spoilLinks]
    for station in group.stations {
      troubles.append(station.lend)
      troubles.append(station.synchronise)
    }
    if let cluster {
      troubles.append { end, generator in
        var generator = generator
        while await generator.pause(2_000...4_000, until: end) { try await cluster.killServer() }
      }
    }
    return troubles
  }

  private func check(_ group: NetworkedGroup, _ seed: String) async throws {
    let verified = try await BuiltProduct.run(["host", "verify", "--data", group.folder])
    #expect(verified.status == 0, "\(seed): \(verified.stdout)")
    var recorded = 0
    for station in group.stations {
      let journal = try Journal(folder: station.fixture.folder)
      let counts = try await group.countsAtHost(of: journal.station)
      #expect(counts.values.allSatisfy { $0 == 1 }, "\(seed): an act is there twice")
      let acts = station.acknowledged
      #expect(acts.count > 20, "\(seed): too little was lent to tell anything")
      let missing = acts.filter { counts[$0] == nil }
      #expect(missing.isEmpty, "\(seed): the host lacks acts")
      let replayed = try await journal.verify()
      #expect(replayed.problems == [], "\(seed)")
      #expect(try await journal.pendingCount() == 0, "\(seed)")
      #expect(counts.count == replayed.eventCount, "\(seed): the host has other acts")
      recorded += replayed.eventCount
      try journal.close()
    }
    #expect(verified.stdout.contains("events: \(recorded)\n"), "\(seed): \(verified.stdout)")
  }
}

extension SeededGenerator {
  /// Waits for some milliseconds, but no longer than to an instant; says whether it is before that.
  mutating func pause(
    _ milliseconds: ClosedRange<Int>, until end: ContinuousClock.Instant
  ) async -> Bool {
    let wait = Duration.milliseconds(Int.random(in: milliseconds, using: &self))
    try? await Task.sleep(until: min(ContinuousClock.now + wait, end))
    return ContinuousClock.now < end
  }
}
