import Exchange
import Foundation
import HTTPTypes
import Journal
import Labels
import Ledger
import Registry
import StationServer
import Synchronization
import TestSupport

@testable import HostServer

/// A machine that is a library's station: its folder, and the way to a host.
final class Machine: Sendable {
  let folder: DataFolder
  let journal: Journal
  let keys: StationKeys
  private static let counter = Mutex<UInt64>(0)

  /// Sets a new station up.
  init(
    _ library: String = "TT1", clock: TestClock = TestClock(), inMemory: Bool = false
  ) throws {
    folder = Self.newFolder(inMemory)
    journal = try Journal.create(
      in: folder, station: StationID(library: try LibraryCode(library)),
      libraryName: "Trường \(library)", clock: clock.clock)
    keys = StationKeys(folder: folder)
  }

  /// Makes a machine of a copy of another one's disk.
  init(
    copyOf other: Machine, clock: TestClock = TestClock(), inMemory: Bool = false
  ) throws {
    folder = Self.newFolder(inMemory)
    try FileManager.default.copyItem(atPath: other.folder.path, toPath: folder.path)
    journal = try Journal(folder: folder, clock: clock.clock)
    keys = StationKeys(folder: folder)
  }

  deinit {
    try? journal.close()
    try? FileManager.default.removeItem(atPath: folder.path)
  }

  private static func newFolder(_ inMemory: Bool) -> DataFolder {
    let parent = inMemory ? TemporaryFolder.memory : FileManager.default.temporaryDirectory
    return DataFolder(path: parent.appending(path: "lienthong-test-\(UUID().uuidString)").path)
  }

  /// Records facts, each as an act of its own.
  func record(_ facts: [Fact]) async throws {
    for fact in facts {
      let number = Self.counter.withLock { counter in
        counter += 1
        return counter
      }
      try await journal.recordAll([(OperationID(high: 42, low: number), fact)])
    }
  }

  func pass(over link: any HostLink, pinning hostKey: VerifyingKey) async throws -> UplinkReport {
    try await Uplink(journal: journal, keys: keys, hostKey: hostKey, link: link).pass()
  }

  @discardableResult
  func pass(to host: HostFixture) async throws -> UplinkReport {
    try await pass(over: RegistryLink(host), pinning: host.registry.verifyingKey)
  }

  @discardableResult
  func enrol(
    at host: HostFixture, with code: EnrolmentCode? = nil, over link: (any HostLink)? = nil
  ) async throws -> StationEnrolment.Report {
    var code = code
    if code == nil { code = try await host.registry.invite(journal.station.library) }
    guard let code else { throw ExchangeError.badCode }
    return try await StationEnrolment(
      journal: journal, keys: keys, url: "http://host.test", link: link ?? RegistryLink(host)
    ).enrol(with: code)
  }
}

/// The way to a host in the same process, with all that a server would answer.
struct RegistryLink: HostLink {
  let registry: GroupRegistry

  init(_ host: HostFixture) {
    registry = host.registry
  }

  func post(
    _ bytes: [UInt8], as mediaType: String, to path: String, answerLimitBytes: Int
  ) async throws(UplinkError) -> HostAnswer {
    do {
      return HostAnswer(status: 200, bytes: try await answer(to: bytes, at: path))
    } catch {
      let refusal = HostRefusal(error)
      let message = (try? JSONEncoder().encode(refusal.message)).map { Array($0) } ?? []
      return HostAnswer(status: UInt(refusal.status.code), bytes: message)
    }
  }

  private func answer(to bytes: [UInt8], at path: String) async throws -> [UInt8] {
    switch path {
    case ExchangePath.batches: try await registry.apply(bytes).sealedReceipt
    case ExchangePath.enrolments: try await registry.enrol(bytes)
    case ExchangePath.feed: try await registry.feed(bytes)
    default: try await registry.history(bytes)
    }
  }
}

/// A link that breaks once, at its n-th request: before it is sent, or before its answer comes.
final class BreakingLink: HostLink {
  private let link: any HostLink
  private let left: Mutex<Int>
  private let isAnswerLost: Bool

  init(_ link: any HostLink, after count: Int, losingAnswer: Bool) {
    self.link = link
    left = Mutex(count)
    isAnswerLost = losingAnswer
  }

  func post(
    _ bytes: [UInt8], as mediaType: String, to path: String, answerLimitBytes: Int
  ) async throws(UplinkError) -> HostAnswer {
    let isBroken = left.withLock { left in
      left -= 1
      return left < 0
    }
    if isBroken, !isAnswerLost { throw .unreachable(.brokenOff("cut")) }
    let answer = try await link.post(
      bytes, as: mediaType, to: path, answerLimitBytes: answerLimitBytes)
    if isBroken { throw .unreachable(.brokenOff("cut on the way back")) }
    return answer
  }
}

extension HostFixture {
  /// The acts of one station that were applied.
  func acts(of station: StationID) async throws -> Set<OperationID> {
    Set(try await operations(of: station))
  }

  /// The name of every act that was applied, those of the link left out, in no order; what was sent
  /// again after its release counts where it was released.
  func operations(of one: StationID? = nil) async throws -> [OperationID] {
    try await store.read { books in
      var operations: [OperationID] = []
      for station in try books.enrolments()
      where one == nil || one == station.enrolment.station {
        let (name, epoch) = (station.enrolment.station, station.enrolment.epoch)
        let released = try books.releasedOperations(of: name, besides: epoch)
        try books.forEachEvent(of: name, epoch: epoch, after: 0) { stored in
          let event = try Event(encoded: stored.bytes)
          if case .link = event.fact { return true }
          guard !released.contains(event.operation) else { return true }
          operations.append(event.operation)
          return true
        }
      }
      return operations
    }
  }

  /// The epochs of the group's only station, and why each is over.
  func epochs() async throws -> [EpochEnd?] {
    try await store.read { try $0.enrolments().map { $0.closing?.end } }
  }
}

extension Journal {
  /// The name of every act in the chain, those of the link left out.
  func operations() async throws -> [OperationID] {
    var operations: [OperationID] = []
    for number in 1...(try await epoch().number) {
      guard let epoch = Epoch(number) else { continue }
      let range = try await events(
        after: .start(of: station, epoch: epoch), countLimit: 100_000, byteLimit: .max)
      for bytes in range.events {
        let event = try Event(encoded: bytes)
        if case .link = event.fact { continue }
        operations.append(event.operation)
      }
    }
    return operations
  }
}
