import Journal
import Ledger
import TestSupport
import Testing

/// SIGKILL at random moments under load, again and again, with one journal through all of it.
@Suite("A station that is killed")
struct CrashTests {
  private static let killCount = 50
  private static let deskCount = 4
  private static let millisecondsToLive = 2...200

  @Test("has every acknowledged act, and each other one whole or not at all, after 50 kills")
  func kills() async throws {
    let seed = SeededGenerator.seedOfThisRun()
    var random = SeededGenerator(seed: seed)
    let fixture = try await StationFixture()
    var record = ActRecord(firstSequence: try await fixture.journal.head().sequence + 1)
    // What starts after a kill must find the log as the kill left it, and nobody who had it open.
    try fixture.journal.close()

    var station = try await StationProcess.start(fixture)
    for kill in 1...Self.killCount {
      let desks = (0..<Self.deskCount).map { _ in
        let generator = SeededGenerator(seed: random.next())
        let client = StationClient(station)
        return Task { try await Self.work(at: client, generator) }
      }
      let lifetime = Int.random(in: Self.millisecondsToLive, using: &random)
      try await Task.sleep(for: .milliseconds(lifetime))
      await station.kill()
      desks.forEach { $0.cancel() }
      var attempts: [Attempt] = []
      for desk in desks { attempts += try await desk.value }

      station = try await StationProcess.start(fixture)
      let problems =
        try await record.check(attempts, at: StationClient(station))
        + verify(fixture.folder)
      try #require(problems.isEmpty, "kill \(kill) after \(lifetime) ms, LIENTHONG_SEED=\(seed)")
    }
    #expect(await station.stop() == 0)
    let missing = try await record.missing(from: fixture.folder)
    #expect(missing.isEmpty, "LIENTHONG_SEED=\(seed)")
    #expect(record.count > Self.killCount)
  }

  /// Performs one act after the other until the station is gone.
  private static func work(
    at client: StationClient, _ generator: SeededGenerator
  ) async throws -> [Attempt] {
    var generator = generator
    var attempts: [Attempt] = []
    while attempts.last?.isAnswered ?? true {
      let act = try Act.random(using: &generator)
      attempts.append(Attempt(act: act, reply: try? await client.perform(act)))
    }
    return attempts
  }

  private func verify(_ folder: DataFolder) async throws -> [String] {
    let journal = try Journal(folder: folder)
    let result = try await journal.verify()
    try journal.close()
    return result.problems
  }
}

/// An act that was asked for; no reply if the station was killed before one came.
private struct Attempt: Sendable {
  let act: Act
  let reply: Reply?

  var isAnswered: Bool { reply != nil }
}

/// All acts that the station has called recorded, through all of its lives.
private struct ActRecord {
  private let firstSequence: Int64
  private var sequences: [String: Int64] = [:]

  init(firstSequence: Int64) {
    self.firstSequence = firstSequence
  }

  var count: Int { sequences.count }

  /// Repeats what was asked for before the kill, and says where an answer belies an earlier one.
  mutating func check(_ attempts: [Attempt], at client: StationClient) async throws -> [String] {
    var problems: [String] = []
    for attempt in attempts where attempt.reply.map(Self.isRefusal) != true {
      let again = try await client.perform(attempt.act)
      if let reply = attempt.reply {
        if reply.status != 200 || again.isRepeat != true || again.sequence != reply.sequence {
          problems.append("\(attempt.act): was \(reply.text), is \(again.text)")
        }
      } else if again.status != 200, !Self.isRefusal(again) {
        problems.append("\(attempt.act): \(again.status) \(again.text)")
      }
      if let sequence = again.sequence, let operation = attempt.act.fields["operation"] {
        sequences[operation] = sequence
      }
    }
    let head = try await client.get("health").head
    let expected = firstSequence - 1 + Int64(count)
    if head != expected {
      problems.append("the journal has \(head ?? 0) events, \(expected) were acknowledged")
    }
    return problems
  }

  /// The acts that are not in the journal where the station said that they are.
  func missing(from folder: DataFolder) async throws -> [String] {
    let journal = try Journal(folder: folder)
    var missing: [String] = []
    for (operation, sequence) in sequences {
      let id = try #require(OperationID(operation))
      let event = try await journal.event(of: id)
      if event?.sequence != sequence { missing.append(operation) }
    }
    try journal.close()
    return missing
  }

  /// A rule of the library stopped the act, so nothing was recorded.
  private static func isRefusal(_ reply: Reply) -> Bool {
    reply.status == 409 && reply.error?.isEmpty == false
  }
}
