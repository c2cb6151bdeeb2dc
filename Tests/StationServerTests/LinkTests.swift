import Ledger
import Serving
import Synchronization
import TestSupport
import Serving
import Testing

@testable import StationServer

@Suite("The link to the host")
struct LinkTests {
  @Test("doubles the wait after each failure up to the limit, spread over its upper half")
  func backoff() {
    var generator = SeededGenerator(seed: 7)
    var backoff = Backoff(first: .seconds(2), longest: .seconds(300))
    for doubled in [2, 4, 8, 16, 32, 64, 128, 256, 300, 300] {
      let wait = backoff.fail(using: &generator)
      #expect(wait >= .seconds(doubled) / 2)
      #expect(wait <= .seconds(doubled))
    }
    for _ in 0..<1_000 { #expect(backoff.fail(using: &generator) <= .seconds(300)) }
    backoff.succeed()
    #expect(backoff.fail(using: &generator) <= .seconds(2))
  }

  @Test("passes again and again, and tells what became of each")
  func uplink() async throws {
    let link = LinkMonitor()
    let (states, continuation) = AsyncStream.makeStream(of: LinkState.self)
    let passes = Mutex(0)
    let service = UplinkService(
      pace: UplinkService.Pace(
        betweenPasses: .milliseconds(1), firstRetry: .milliseconds(1),
        longestRetry: .milliseconds(1)),
      link: link, clock: TestClock().clock, logger: LogCapture().logger,
      changed: { continuation.yield(link.state) },
      pass: {
        let number = passes.withLock { count in
          count += 1
          return count
        }
        if number < 3 { throw UplinkError.unreachable(.brokenOff("no route")) }
      })
    let run = Task { try await service.run() }
    var seen: [LinkState] = []
    for await state in states {
      seen.append(state)
      if seen.count == 4 { break }
    }
    run.cancel()
    try await run.value
    let moment = TestClock().clock.now().wallMilliseconds
    let failing = LinkState.failing(
      since: moment,
      reason: Words { UplinkError.unreachable(.brokenOff("no route")).advice(in: $0) })
    #expect(seen == [failing, failing, .reached(at: moment), .reached(at: moment)])
  }

  @Test(
    "writes moments with the school's offset",
    arguments: [
      (0, 420, "1970-01-01T07:00:00.000+07:00"), (-1, 0, "1969-12-31T23:59:59.999+00:00"),
      (1_789_347_909_120, 420, "2026-09-14T08:05:09.120+07:00"),
      (0, -210, "1969-12-31T20:30:00.000-03:30"),
    ] as [(Int64, Int, String)])
  func moments(milliseconds: Int64, offset: Int, text: String) {
    #expect(RFC3339.text(unixMilliseconds: milliseconds, offsetMinutes: offset) == text)
  }
}
