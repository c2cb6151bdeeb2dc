import AsyncHTTPClient
import Desk
import Exchange
import Hummingbird
import HummingbirdTesting
import Journal
import Labels
import Ledger
import Logging
import NIOCore
import Registry
import StationServer
import TestSupport
import Testing

@testable import HostServer

@Suite("The uplink, over loopback")
struct UplinkTests {
  private let station: StationFixture
  private let host: HostFixture
  private let key: SigningKey
  private static let silence = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

  init() async throws {
    station = try await StationFixture()
    key = try StationKeys(folder: station.folder).key(of: .first)
    host = try HostFixture()
    try await enrol(at: host)
  }

  private func enrol(at host: HostFixture) async throws {
    try await host.registry.enrol(
      Enrolment(
        station: station.journal.station, libraryName: "Tân Tập 1", key: key.verifyingKey))
  }

  /// Makes one pass to whatever answers at an address.
  private func pass(to url: String, pinning hostKey: VerifyingKey? = nil) async throws
    -> UplinkReport
  {
    let client = HTTPClient(eventLoopGroupProvider: .singleton)
    let uplink = Uplink(
      journal: station.journal,
      settings: try UplinkSettings(url: url, hostKey: hostKey ?? host.registry.verifyingKey),
      client: client)
    let result: Result<UplinkReport, any Error>
    do {
      result = .success(try await uplink.pass())
    } catch {
      result = .failure(error)
    }
    try await client.shutdown()
    return try result.get()
  }

  /// Makes one pass to a real server of a host, on a free port.
  private func pass(
    to host: HostFixture, pinning hostKey: VerifyingKey? = nil
  ) async throws -> UplinkReport {
    let router = try HostServer(registry: host.registry).router()
    let application = Application(router: router, logger: Self.silence)
    return try await application.test(.live) { client in
      try await pass(to: "http://127.0.0.1:\(client.port ?? 0)", pinning: hostKey)
    }
  }

  /// Makes one pass to something else that answers everything alike.
  private func pass(toServerThatAnswers body: String, status: HTTPResponse.Status) async throws
    -> UplinkReport
  {
    let router = Router()
    for method in [HTTPRequest.Method.get, .post] {
      router.on("**", method: method) { _, _ in
        Response(status: status, body: ResponseBody(byteBuffer: ByteBuffer(string: body)))
      }
    }
    return try await Application(router: router, logger: Self.silence).test(.live) { client in
      try await pass(to: "http://127.0.0.1:\(client.port ?? 0)")
    }
  }

  private func lend(_ serial: Int) async throws {
    try await station.perform(
      .checkout(
        item: try ItemID("TT1.TN.0000\(serial)").label,
        card: try CardNumber(library: LibraryCode("TT1"), serial: 9).label, overrideReason: nil))
  }

  /// Where the host's copy of this station's events ends.
  private func cursor(at host: HostFixture) async throws -> Position? {
    try await host.registry.overview().stations.first?.cursor
  }

  @Test("has everything that was pending acknowledged, then proves its last position")
  func everything() async throws {
    let head = try await station.journal.head()
    let report = try await pass(to: host)
    #expect(report.newCount == Int(head.sequence) && report.knownCount == 0)
    #expect(report.acknowledged == head)
    #expect(try await station.journal.pendingCount() == 0)
    #expect(try await cursor(at: host) == head)
    let kept = try #require(try await station.journal.lastReceipt())
    #expect(try Receipt.open(kept, with: host.registry.verifyingKey).position == head)

    let second = try await pass(to: host)
    #expect(second.batchCount == 1 && second.knownCount == 1 && second.newCount == 0)
    #expect(second.acknowledged == head)
    #expect(try await host.registry.verify().problems == [])
    #expect(try await station.journal.verify().problems == [])
  }

  @Test("sends more than one batch where more is pending than one batch takes")
  func batches() async throws {
    let maker = try FactMaker("TT1")
    let facts = (1...UplinkLimits.eventsPerBatch).map { number in
      (id: OperationID(high: 99, low: UInt64(number)), fact: maker.reading(1))
    }
    try await station.journal.recordAll(facts)
    let report = try await pass(to: host)
    #expect(report.batchCount == 2)
    #expect(try await cursor(at: host) == station.journal.head())
  }

  @Test("offers events again from the last common position to a host that was restored")
  func restoredHost() async throws {
    _ = try await pass(to: host)
    let common = try await station.journal.head()
    let backup = try host.backup()
    try await lend(1)
    _ = try await pass(to: host)
    try await lend(2)

    let restored = try HostFixture(restoring: backup)
    #expect(try await cursor(at: restored) == common)
    let report = try await pass(to: restored)
    #expect(report.batchCount == 1 && report.newCount == 2)
    #expect(try await cursor(at: restored) == station.journal.head())
    #expect(try await station.journal.pendingCount() == 0)
    #expect(try await restored.registry.verify().problems == [])
  }

  @Test("takes the host's history of this station where it is another, and adds its own")
  func historiesDiffer() async throws {
    _ = try await pass(to: host)
    try await lend(1)
    let stranger = try HostFixture()
    try await enrol(at: stranger)
    var other = try StationChain(of: "TT1", key: key)
    other.record([try FactMaker("TT1").reading(1)])
    _ = try await stranger.registry.apply(other.sealed())
    let count = try await station.journal.head().sequence
    let report = try await pass(to: stranger, pinning: stranger.registry.verifyingKey)
    #expect(report.recoveryCount == 1)
    // The other history's event, the one that ended its epoch, and all that was here.
    #expect(Int64(report.newCount) == count + 1)
    #expect(try await station.journal.verify().problems == [])
    #expect(try await stranger.registry.verify().problems == [])
  }

  @Test("takes no receipt of a host whose key is not the pinned one")
  func wrongHostKey() async throws {
    let before = try await station.journal.acknowledged()
    await #expect(throws: UplinkError.badReceipt(.badSignature)) {
      try await pass(to: host, pinning: SigningKey().verifyingKey)
    }
    #expect(try await station.journal.acknowledged() == before)
    // The host has the events; the right key gets a receipt for them, and nothing is doubled.
    let report = try await pass(to: host)
    #expect(report.newCount == 0 && report.knownCount == Int(report.acknowledged.sequence))
  }

  @Test("tells what the host refuses, and acknowledges nothing")
  func refused() async throws {
    let stranger = try HostFixture()
    await #expect {
      try await pass(to: stranger)
    } throws: { error in
      guard case UplinkError.refused(403, let message) = error else { return false }
      return message.error == "unknown-station"
    }
    #expect(try await station.journal.acknowledged().sequence == 0)
  }

  @Test("calls a host that is down unreachable, which may pass")
  func hostDown() async throws {
    await #expect {
      // Nobody listens at port 1.
      try await pass(to: "http://127.0.0.1:1")
    } throws: { error in
      guard let error = error as? UplinkError, case .unreachable = error else { return false }
      return error.isTemporary
    }
    #expect(try await station.journal.acknowledged().sequence == 0)
  }

  @Test("takes nothing for a receipt that is none", arguments: ["", "<html>", "null"])
  func garbage(body: String) async throws {
    await #expect {
      try await pass(toServerThatAnswers: body, status: .ok)
    } throws: { error in
      guard case UplinkError.badReceipt(.badEncoding) = error else { return false }
      return true
    }
    #expect(try await station.journal.acknowledged().sequence == 0)
  }

  @Test("reads no more of an answer than a receipt may have")
  func endlessAnswer() async throws {
    let body = String(repeating: "x", count: ExchangeLimits.receiptBytes + 1)
    await #expect(throws: UplinkError.unexpectedAnswer(status: 200)) {
      try await pass(toServerThatAnswers: body, status: .ok)
    }
  }

  @Test("says when something else answers, and whether it may pass")
  func somethingElse() async throws {
    await #expect(throws: UplinkError.unexpectedAnswer(status: 404)) {
      try await pass(toServerThatAnswers: "no", status: .notFound)
    }
    await #expect(throws: UplinkError.unexpectedAnswer(status: 502)) {
      try await pass(toServerThatAnswers: "no", status: .badGateway)
    }
    #expect(UplinkError.unexpectedAnswer(status: 502).isTemporary)
    #expect(!UplinkError.unexpectedAnswer(status: 404).isTemporary)
  }

  @Test(
    "takes only an address of http or https",
    arguments: ["", "thuvien.example", "ftp://thuvien.example", "http://", "javascript:alert(1)"])
  func addresses(url: String) {
    #expect(throws: UplinkError.badAddress(url)) {
      try UplinkSettings(url: url, hostKey: key.verifyingKey)
    }
  }
}
