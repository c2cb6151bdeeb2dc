import Exchange
import Ledger
import Registry
import StationServer
import Synchronization
import TestSupport

/// Every batch that anybody has sent, as it was sent.
final class BatchShelf: Sendable {
  private let kept = Mutex<[[UInt8]]>([])

  var batches: [[UInt8]] { kept.withLock(\.self) }

  func keep(_ bytes: [UInt8]) {
    kept.withLock { $0.append(bytes) }
  }
}

/// A link that keeps every batch before it hands it on.
struct KeepingLink: HostLink {
  private let link: any HostLink
  private let shelf: BatchShelf

  init(_ link: any HostLink, on shelf: BatchShelf) {
    self.link = link
    self.shelf = shelf
  }

  func post(
    _ bytes: [UInt8], as mediaType: String, to path: String, answerLimitBytes limit: Int
  ) async throws(UplinkError) -> HostAnswer {
    if path == ExchangePath.batches { shelf.keep(bytes) }
    return try await link.post(bytes, as: mediaType, to: path, answerLimitBytes: limit)
  }
}

/// The batches of a host brought to another, empty one in any order, some of them twice.
struct Redelivery {
  private let first: HostFixture
  private let second: HostFixture
  /// What is not in the second host's books yet.
  private var waiting: [[UInt8]]

  init(of batches: [[UInt8]], at host: HostFixture) throws {
    first = host
    second = try HostFixture(inMemory: true)
    waiting = batches
  }

  /// Brings batches until no more are taken; gives the host that has them.
  ///
  /// A batch that comes too early is refused, and comes again later, as stations send it again.
  mutating func run(using generator: inout SeededGenerator) async throws -> HostFixture {
    try await keepOnlyHistory()
    try await copyReleases()
    var leftBefore = Int.max
    while try await enrolNext(), waiting.count < leftBefore {
      leftBefore = waiting.count
      let round = waiting.shuffled(using: &generator)
      waiting = []
      for batch in round {
        do {
          _ = try await second.registry.apply(batch)
          if Bool.random(using: &generator) { _ = try await second.registry.apply(batch) }
        } catch is ExchangeError {
          waiting.append(batch)
        }
      }
    }
    return second
  }

  /// Leaves out what the first host has in no book: what it refused, and what it lost in a restore.
  private mutating func keepOnlyHistory() async throws {
    let enrolled = try await first.store.read { try $0.enrolments() }
    waiting = try await waiting.asyncFilter { bytes in
      guard let sealed = try? SealedBatch(bytes) else { return false }
      let keys = enrolled.map(\.enrolment).filter {
        $0.station == sealed.station && $0.epoch == sealed.start.epoch
      }
      guard let key = keys.first?.key, let batch = try? sealed.open(with: key) else {
        return false
      }
      let last = EventReference(
        station: batch.station, epoch: batch.epoch, sequence: batch.end.sequence)
      return try await first.store.read { try $0.hash(of: last) } == batch.end.hash
    }
  }

  /// What the first host's coordinator has released counts there in the second one too, and is not
  /// done again where the machine sent it again.
  private func copyReleases() async throws {
    let released = try await first.store.read { books in
      try books.enrolments().map(\.enrolment).flatMap { epoch in
        // Those of all epochs but one, and of all: what is between them is that one's.
        guard let none = Epoch(.max) else { return [Release]() }
        let all = try books.releasedOperations(of: epoch.station, besides: none)
        let others = try books.releasedOperations(of: epoch.station, besides: epoch.epoch)
        return all.subtracting(others).map { Release(of: epoch, $0) }
      }
    }
    try await second.store.write { books in
      for release in released {
        try books.noteReleased(release.operation, of: release.station, epoch: release.epoch)
      }
    }
  }

  /// Pins the keys of those epochs whose turn it is: a key that no event names came with a code,
  /// and only after the epoch before had ended.
  private func enrolNext() async throws -> Bool {
    let enrolled = try await first.store.read { try $0.enrolments() }
    try await second.store.write { books in
      var before: EnrolledStation?
      for station in enrolled {
        let (name, epoch) = (station.enrolment.station, station.enrolment.epoch)
        if epoch == .first { before = nil }
        defer { before = station }
        guard try books.station(name, epoch: epoch) == nil else { continue }
        if let before {
          guard let closing = before.closing, closing.end != .succeeded,
            try books.station(name, epoch: before.enrolment.epoch)?.cursor == before.cursor
          else { continue }
          try books.close(name, epoch: before.enrolment.epoch, closing)
        }
        try books.enrol(station.enrolment)
      }
    }
    return true
  }
}

/// An act that was released, and the epoch in which it counts.
private struct Release: Sendable {
  let station: StationID
  let epoch: Epoch
  let operation: OperationID

  init(of enrolment: Enrolment, _ operation: OperationID) {
    (station, epoch, self.operation) = (enrolment.station, enrolment.epoch, operation)
  }
}

extension Sequence {
  fileprivate func asyncFilter(
    _ isIncluded: (Element) async throws -> Bool
  ) async rethrows -> [Element] {
    var included: [Element] = []
    for element in self where try await isIncluded(element) { included.append(element) }
    return included
  }
}
