import Exchange
import HTTPTypes
import Ledger
import Registry
import Synchronization
import TestSupport
import Testing

@testable import HostServer

@Suite("What stations ask of a host")
struct ExchangeRouteTests {
  private let fixture: ServerFixture
  private let key = SigningKey()
  private let station: StationID

  init() throws {
    fixture = try ServerFixture()
    station = StationID(library: try FactMaker("TT1").library)
  }

  private func enrol(
    with code: EnrolmentCode, as key: SigningKey? = nil
  ) async throws -> (Reply, [UInt8]) {
    let key = key ?? self.key
    let request = try EnrolmentRequest(
      station: station, libraryName: "Tân Tập 1", key: key.verifyingKey
    ).sealed(with: key, proving: code.secret)
    let reply = try await fixture.test {
      try await $0.post(request, type: ExchangeMediaType.enrolment, to: ExchangePath.enrolments)
    }
    return (reply, request)
  }

  @Test("is enrolment with a code, once for each code, and again for the same request")
  func enrolment() async throws {
    let code = try await fixture.host.registry.invite(station.library)
    for _ in 1...2 {
      let (reply, request) = try await enrol(with: code)
      #expect(reply.status == .ok)
      let answer = try EnrolmentAnswer.open(
        reply.bytes, provenBy: code.secret, answering: request)
      #expect(answer.epoch == .first)
      #expect(answer.hostKey == fixture.host.registry.verifyingKey)
    }
    let (other, _) = try await enrol(with: code, as: SigningKey())
    #expect(other.status == .conflict)
    #expect(try other.refusal.error == "used-code")
    #expect(try await fixture.host.registry.overview().stations.count == 1)
  }

  @Test("is refused for a code that nobody gave out, or gave to another library")
  func wrongCode() async throws {
    let given = try await fixture.host.registry.invite(FactMaker("TT").library)
    var generator = SystemRandomNumberGenerator()
    for code in [given, .make(using: &generator)] {
      let (reply, _) = try await enrol(with: code)
      #expect(reply.status == .forbidden)
      #expect(try reply.refusal.error == "wrong-code")
    }
    #expect(try await fixture.host.registry.overview().stations.isEmpty)
  }

  @Test("is refused for a code whose days are over")
  func expiredCode() async throws {
    let code = try await fixture.host.registry.invite(station.library, days: 1)
    let later = GroupRegistry(
      store: fixture.host.store, key: fixture.host.key,
      nowMilliseconds: { HostFixture.nowMilliseconds + 86_400_001 })
    let request = try EnrolmentRequest(
      station: station, libraryName: "x", key: key.verifyingKey
    ).sealed(with: key, proving: code.secret)
    await #expect(throws: ExchangeError.expiredCode) { try await later.enrol(request) }
    #expect(try await enrol(with: code).0.status == .ok)
  }

  @Test("is refused where one bit of a request was flipped, and nobody is enrolled")
  func changedRequest() async throws {
    let code = try await fixture.host.registry.invite(station.library)
    let request = try EnrolmentRequest(
      station: station, libraryName: "x", key: key.verifyingKey
    ).sealed(with: key, proving: code.secret)
    for bit in stride(from: 0, to: request.count * 8, by: 7) {
      var changed = request
      changed[bit / 8] ^= 1 << (bit % 8)
      let bytes = changed
      await #expect(throws: ExchangeError.self) { try await fixture.host.registry.enrol(bytes) }
    }
    #expect(try await fixture.host.registry.overview().stations.isEmpty)
  }

  @Test("is a station's own history, and nobody else's")
  func history() async throws {
    let chain = try await fixture.station()
    _ = try await fixture.host.registry.apply(chain.sealed())
    let request = HistoryRequest(
      station: chain.station, epoch: .first, asked: .first, after: 1, wantsEvents: true)
    let (own, strange) = (
      try request.sealed(with: chain.key), try request.sealed(with: SigningKey())
    )
    let (reply, refused) = try await fixture.test { host in
      (
        try await host.post(
          own, type: ExchangeMediaType.historyRequest, to: ExchangePath.history),
        try await host.post(
          strange, type: ExchangeMediaType.historyRequest, to: ExchangePath.history)
      )
    }
    let page = try HistoryPage.open(
      reply.bytes, with: fixture.host.registry.verifyingKey, answering: request)
    #expect(page.events.map { Array($0) } == Array(chain.events[1...]))
    #expect(page.cursor == chain.positions.last && page.end == nil)
    #expect(refused.status == .forbidden)
  }

  @Test("is turned away once a caller has used its quota up, until it fills again")
  func quota() throws {
    let clock = StepClock()
    let quotas = CallerQuotas(now: { clock.now })
    let size = ExchangeLimits.batchBytes
    for _ in 1...7 { try quotas.charge("a", byteCount: size) }
    #expect(throws: ExchangeError.tooManyRequests) { try quotas.charge("a", byteCount: size) }
    try quotas.charge("b", byteCount: size)
    clock.advance(by: .seconds(3))
    try quotas.charge("a", byteCount: size)
    #expect(quotas.callerCount == 2)
  }

  @Test("never remembers more callers than it may")
  func manyCallers() throws {
    let quotas = CallerQuotas()
    for number in 0..<(3 * CallerQuotas.callerLimit) {
      try quotas.charge("\(number)", byteCount: 1)
      #expect(quotas.callerCount <= CallerQuotas.callerLimit)
    }
  }
}

/// A monotonic clock that a test moves.
private final class StepClock: Sendable {
  private let time = Mutex(ContinuousClock.now)

  var now: ContinuousClock.Instant { time.withLock(\.self) }

  func advance(by duration: Duration) {
    time.withLock { $0 = $0.advanced(by: duration) }
  }
}
