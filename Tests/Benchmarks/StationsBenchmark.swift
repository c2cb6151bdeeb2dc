import Exchange
import Foundation
import Journal
import Labels
import Ledger
import Registry
import Synchronization
import TestSupport

/// 200 stations that come back at the same moment, each with 1,000 events and from an address of
/// its own, as schools after a power cut.
enum StationsBenchmark {
  private static let stationCount = 200
  private static let eventCount = 1_000
  private static let eventsPerBatch = 100
  private static let itemCount = 300

  static func run() async throws -> [Figure] {
    let folder = try BenchmarkFolder()
    let host = try BenchmarkHost(in: folder)
    let stations = try (1...stationCount).map { try SimulatedStation(number: $0) }
    try await host.enrol(stations.map(\.chain.enrolment))
    let serving = try await host.serve()
    let meter = BatchMeter(tenth: stationCount * eventCount / eventsPerBatch / 10) {
      (try? serving.peakMegabytes()) ?? 0
    }
    let port = serving.port
    let start = ContinuousClock.now
    try await withThrowingTaskGroup { group in
      for station in stations {
        group.addTask { try await station.report(to: port, meter) }
      }
      try await group.waitForAll()
    }
    let seconds = (ContinuousClock.now - start).seconds
    let peak = try serving.peakMegabytes()
    _ = await serving.stop()
    let receipted = try stations.filter { try $0.isReceipted(by: host.key.verifyingKey) }.count
    return figures(
      meter.sorted(), seconds: seconds, receipted: receipted,
      megabytes: (early: meter.earlyMegabytes, end: peak))
  }

  private static func figures(
    _ samples: [Double], seconds: Double, receipted: Int,
    megabytes: (early: Double, end: Double)
  ) -> [Figure] {
    let (middle, late) = (samples[samples.count / 2], samples[samples.count * 99 / 100])
    let rate = Int(Double(stationCount * eventCount) / seconds)
    return [
      Figure(
        what: "200 stations at once, 1,000 events each: stations without all receipts", goal: 0,
        measured: Double(stationCount - receipted), unit: "stations",
        note: "\(rate) events/s in batches of \(eventsPerBatch)"),
      Figure(
        what: "the same: p99 of a batch, against p50", goal: 10, measured: late / middle,
        unit: "×", note: "\(late.rounded(to: 0)) ms against \(middle.rounded(to: 0)) ms"),
      Figure(
        what: "the same: host's peak memory, against that after the first tenth", goal: 1.2,
        measured: megabytes.end / megabytes.early, unit: "×",
        note: "\(Int(megabytes.end)) MB against \(Int(megabytes.early)) MB"),
    ]
  }

  /// One school's station, with its batches ready to be sent.
  private final class SimulatedStation: Sendable {
    let chain: StationChain
    private let number: Int
    private let requests: [[UInt8]]
    private let receipt = Mutex<[UInt8]>([])

    init(number: Int) throws {
      self.number = number
      var chain = try StationChain(of: "S\(number)")
      let library = chain.station.library
      let facts =
        try History.registrations(itemCount: itemCount, at: library)
        + History.loans(
          from: 0, count: eventCount - itemCount - 1, itemCount: itemCount, at: library)
      chain.record(facts.map(\.fact))
      self.chain = chain
      requests = try stride(from: 0, to: eventCount, by: eventsPerBatch).map { start in
        PlainConnection.post(
          ExchangePath.batches, try chain.sealed(start..<start + eventsPerBatch),
          as: ExchangeMediaType.batch)
      }
    }

    /// Sends batch after batch on a thread of its own, as another machine would.
    func report(to port: Int, _ meter: BatchMeter) async throws {
      try await withCheckedThrowingContinuation { continuation in
        Thread.detachNewThread {
          continuation.resume(with: Result { try self.send(to: port, meter) })
        }
      }
    }

    private func send(to port: Int, _ meter: BatchMeter) throws {
      let connection = try PlainConnection(port: port, from: "127.0.1.\(number)")
      for request in requests {
        let start = ContinuousClock.now
        let answer = try connection.exchange(request)
        meter.count((ContinuousClock.now - start).milliseconds)
        try PlainConnection.check(answer)
        let body = PlainConnection.body(of: answer)
        receipt.withLock { $0 = body }
      }
    }

    /// Whether the last receipt is the host's word for the last event.
    func isReceipted(by key: VerifyingKey) throws -> Bool {
      let receipt = try Receipt.open(receipt.withLock(\.self), with: key)
      return receipt.station == chain.station && receipt.position == chain.positions.last
    }
  }
}

/// How long each batch took, and what memory the host had held after the first tenth of them.
private final class BatchMeter: Sendable {
  private struct State {
    var samples: [Double] = []
    var earlyMegabytes = 0.0
  }

  private let state = Mutex(State())
  private let tenth: Int
  private let megabytes: @Sendable () -> Double

  init(tenth: Int, megabytes: @escaping @Sendable () -> Double) {
    self.tenth = tenth
    self.megabytes = megabytes
  }

  var earlyMegabytes: Double { state.withLock(\.earlyMegabytes) }

  func count(_ milliseconds: Double) {
    let isTenth = state.withLock { state in
      state.samples.append(milliseconds)
      return state.samples.count == tenth
    }
    guard isTenth else { return }
    let megabytes = megabytes()
    state.withLock { $0.earlyMegabytes = megabytes }
  }

  func sorted() -> [Double] { state.withLock { $0.samples.sorted() } }
}
