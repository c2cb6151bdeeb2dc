import Exchange
import Foundation
import Journal
import Ledger
import Registry
import StationServer
import Synchronization
import TestSupport
import Testing

/// Everything that travels, cut short anywhere and with bits flipped, at the door where it would be
/// applied.
///
/// What is written is compared as bytes of the files.
@Suite("What is damaged on the way is refused, and nothing of it applied")
struct DamageTests {
  private let host: HostFixture
  private let station: Machine
  private let stick: StickExchange

  init() async throws {
    host = try HostFixture(inMemory: true)
    station = try Machine("TT1", inMemory: true)
    stick = StickExchange(journal: station.journal)
    let maker = try FactMaker("TT1")
    try await station.enrol(at: host)
    try await station.record([maker.description(), maker.registration(try maker.item(1))])
    try await station.pass(to: host)
    try await station.record([maker.checkout(try maker.item(1))])
  }

  /// The bytes of a database's files, without those that only live processes share.
  private func written(_ database: String) -> [Data?] {
    [database, database + "-wal"].map { FileManager.default.contents(atPath: $0) }
  }

  /// Hands each damaged form of the bytes to the host, and looks whether it has written anything.
  private func expectNothingApplied(
    of bytes: [UInt8], _ apply: ([UInt8]) async throws -> Void
  ) async throws {
    let before = written(host.folder.database)
    for (what, damaged) in bytes.damaged() {
      await #expect(throws: ExchangeError.self, "\(what)") { try await apply(damaged) }
    }
    #expect(written(host.folder.database) == before)
  }

  private func feedRequest() async throws -> [UInt8] {
    let checkpoint = try await station.journal.feedState()?.checkpoint
    return try FeedRequest(
      station: station.journal.station, epoch: .first, checkpoint: checkpoint,
      slipKey: SigningKey().verifyingKey
    ).sealed(with: station.keys.key(of: .first))
  }

  @Test("a batch, at the host")
  func batch() async throws {
    let uplink = Uplink(
      journal: station.journal, keys: station.keys, hostKey: host.registry.verifyingKey,
      link: RegistryLink(host))
    let bytes = try await uplink.batch(after: station.journal.acknowledged())
      .sealed(with: station.keys.key(of: .first))
    try await expectNothingApplied(of: bytes) { _ = try await host.registry.apply($0) }
    #expect(try await host.registry.apply(bytes).receipt.newCount == 1)
  }

  @Test("a request for the feed, at the host")
  func request() async throws {
    let bytes = try await feedRequest()
    try await expectNothingApplied(of: bytes) { _ = try await host.registry.feed($0) }
    _ = try await host.registry.feed(bytes)
  }

  @Test("a letter on a stick, at the host")
  func letter() async throws {
    let bytes = try await stick.letter().bytes
    try await expectNothingApplied(of: bytes) { _ = try await host.registry.answer($0) }
    #expect(try await host.registry.answer(bytes).newCount == 1)
  }

  @Test("a reply on a stick, at the station")
  func reply() async throws {
    let bytes = try await host.registry.answer(try await stick.letter().bytes).reply
    let before = written(station.folder.database)
    for (what, damaged) in bytes.damaged() {
      await #expect(throws: ExchangeError.self, "\(what)") {
        try await stick.take(damaged, pinning: host.registry.verifyingKey)
      }
    }
    #expect(written(station.folder.database) == before)
    #expect(
      try await stick.take(bytes, pinning: host.registry.verifyingKey).receiptCount == 1)
  }

  @Test("a receipt, at the station")
  func receipt() async throws {
    let before = written(station.folder.database)
    try await expectRefusals(at: ExchangePath.batches)
    #expect(written(station.folder.database) == before)
    #expect(try await station.journal.pendingCount() == 1)
    try await station.pass(to: host)
    #expect(try await station.journal.pendingCount() == 0)
  }

  @Test("a page of the feed, at the station")
  func feedPage() async throws {
    try await host.store.write { books in
      try books.publish([.slipKey([UInt8](repeating: 9, count: 32), of: station.journal.station)])
    }
    let (told, checkpoint) = (
      try await station.told(), try await station.journal.feedState()?.checkpoint
    )
    try await expectRefusals(at: ExchangePath.feed)
    #expect(try await station.told() == told)
    #expect(try await station.journal.feedState()?.checkpoint == checkpoint)
    #expect(try await station.pass(to: host).feedCount > 0)
  }

  /// Makes a pass for each byte of an answer, with that byte damaged, and one for each length.
  private func expectRefusals(at path: String) async throws {
    var place = 0
    while true {
      for isCut in [false, true] {
        let link = DamagingLink(RegistryLink(host), at: path, byte: place, isCut: isCut)
        await #expect("byte \(place), cut: \(isCut)") {
          _ = try await station.pass(over: link, pinning: host.registry.verifyingKey)
        } throws: { error in
          if case UplinkError.badReceipt = error { true } else { false }
        }
        if place >= link.longestAnswer - 1, isCut { return }
      }
      place += 1
    }
  }
}

/// A link that damages one byte of each answer from one path, or cuts it there.
private final class DamagingLink: HostLink {
  private let link: any HostLink
  private let path: String
  private let byte: Int
  private let isCut: Bool
  private let longest = Mutex(0)

  init(_ link: any HostLink, at path: String, byte: Int, isCut: Bool) {
    self.link = link
    self.path = path
    self.byte = byte
    self.isCut = isCut
  }

  /// Bytes of the longest answer that would have come.
  var longestAnswer: Int { longest.withLock(\.self) }

  func post(
    _ bytes: [UInt8], as mediaType: String, to path: String, answerLimitBytes limit: Int
  ) async throws(UplinkError) -> HostAnswer {
    let answer = try await link.post(bytes, as: mediaType, to: path, answerLimitBytes: limit)
    guard path == self.path else { return answer }
    longest.withLock { $0 = max($0, answer.bytes.count) }
    let place = min(byte, answer.bytes.count - 1)
    return HostAnswer(
      status: answer.status,
      bytes: isCut ? Array(answer.bytes[..<place]) : answer.bytes.flipping(place * 8 + place % 8))
  }
}
