import AsyncHTTPClient
import Journal
import StationServer
import TestSupport

/// A station's events on their way to the host: two processes on loopback, durable at both ends.
enum SyncBenchmark {
  private static let itemCount = 5_000
  private static let manyEvents = 50_000
  private static let fewEvents = 100
  private static let rounds = 3
  private static let fewRounds = 15

  /// 50,000 new events by `lienthong sync`, then 100 more by a station that runs.
  static func run() async throws -> [Figure] {
    let folder = try BenchmarkFolder()
    let host = try BenchmarkHost(in: folder)
    let journal = try await folder.station(named: "station", itemCount: itemCount)
    try await host.enrol(journal)
    let serving = try await host.serve()
    try await host.settings(at: serving).save(to: journal)
    _ = try await BenchmarkHost.seconds(toSync: journal.folder)
    var (next, many, command) = (0, [Double](), [Double]())
    for _ in 0..<rounds {
      try await journal.recordLoans(from: next, count: manyEvents, itemCount: itemCount)
      next += manyEvents
      many.append(try await BenchmarkHost.seconds(toSync: journal.folder))
    }
    for _ in 0..<fewRounds {
      try await journal.recordLoans(from: next, count: fewEvents, itemCount: itemCount)
      next += fewEvents
      command.append(try await BenchmarkHost.seconds(toSync: journal.folder) * 1_000)
    }
    let settings = try host.settings(at: serving)
    let few = try await withClient { client in
      let uplink = Uplink(journal: journal, settings: settings, client: client)
      var samples: [Double] = []
      for _ in 0..<fewRounds {
        try await journal.recordLoans(from: next, count: fewEvents, itemCount: itemCount)
        next += fewEvents
        samples.append(try await milliseconds(of: uplink))
      }
      return Sampling.median(samples)
    }
    try journal.close()
    _ = await serving.stop()
    return figures(many: Sampling.median(many), few: few, command: Sampling.median(command))
  }

  private static func figures(many: Double, few: Double, command: Double) -> [Figure] {
    [
      Figure(
        what: "50,000 new events from a station to the host, two processes on loopback", goal: 2.5,
        measured: many, unit: "s",
        note: "\(Int(Double(manyEvents) / many)) events/s by `lienthong sync`, its start included"),
      Figure(
        what: "100 events more on top, from a station that runs", goal: 50, measured: few,
        unit: "ms", note: "p50; by `lienthong sync`, its start included, \(Int(command)) ms"),
    ]
  }

  private static func milliseconds(of uplink: Uplink) async throws -> Double {
    try await ContinuousClock().measure { _ = try await uplink.pass() }.milliseconds
  }

  static func withClient<Value>(
    _ body: (HTTPClient) async throws -> Value
  ) async throws -> Value {
    let client = HTTPClient(eventLoopGroupProvider: .singleton)
    do {
      let value = try await body(client)
      try await client.shutdown()
      return value
    } catch {
      try? await client.shutdown()
      throw error
    }
  }
}

extension SyncBenchmark {
  private static let oldEvents = [1_000, 1_000_000]
  private static let historyRounds = 25

  /// 100 new events from a station with a long history and from one with a short one, in turn.
  static func runWithHistory() async throws -> [Figure] {
    let folder = try BenchmarkFolder()
    let host = try BenchmarkHost(in: folder)
    var journals: [Journal] = []
    for (index, count) in oldEvents.enumerated() {
      let library = "TT\(index + 1)"
      let items = min(itemCount, count / 2)
      let journal = try await folder.station(named: library, of: library, itemCount: items)
      try await host.enrol(journal)
      try await journal.recordLoans(count: count - items - 1, itemCount: items)
      journals.append(journal)
    }
    let serving = try await host.serve()
    for journal in journals {
      try await host.settings(at: serving).save(to: journal)
      _ = try await BenchmarkHost.seconds(toSync: journal.folder)
      try journal.close()
    }
    var samples: [[Double]] = [[], []]
    for round in 0..<historyRounds {
      for (index, journal) in journals.enumerated() {
        samples[index].append(
          try await milliseconds(
            of: journal.folder, with: fewEvents, afterRounds: round, old: oldEvents[index],
            pinning: host.settings(at: serving)))
      }
    }
    _ = await serving.stop()
    let (few, many) = (Sampling.median(samples[0]), Sampling.median(samples[1]))
    return [
      Figure(
        what: "sync of 100 new events after 1,000,000 old ones, against after 1,000", goal: 1.2,
        measured: many / few, unit: "×",
        note: "\(many.rounded(to: 1)) ms against \(few.rounded(to: 1)) ms, p50; the journal is "
          + "opened each time")
    ]
  }

  /// Records events, and gives how long it takes to open the journal again and carry them up.
  private static func milliseconds(
    of folder: DataFolder, with count: Int, afterRounds round: Int, old: Int,
    pinning settings: UplinkSettings
  ) async throws -> Double {
    let items = min(itemCount, old / 2)
    let recording = try Journal(folder: folder)
    try await recording.recordLoans(
      from: old - items - 1 + round * count, count: count, itemCount: items)
    try recording.close()
    return try await withClient { client in
      let start = ContinuousClock.now
      let journal = try Journal(folder: folder)
      _ = try await Uplink(journal: journal, settings: settings, client: client).pass()
      try journal.close()
      return (ContinuousClock.now - start).milliseconds
    }
  }
}
