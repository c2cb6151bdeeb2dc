package import Exchange
package import Journal
import Ledger

/// Carries a station's events to its host on a stick, and what the host answers back.
///
/// The bytes are those of the network's exchange, so a station may use both in any order; doing
/// either twice changes nothing.
package struct StickExchange: Sendable {
  private let journal: Journal
  private let keys: StationKeys

  private static let keySetting = "host-stick-key"

  package init(journal: Journal) {
    self.journal = journal
    keys = StationKeys(folder: journal.folder)
  }

  /// A letter as it is written to a stick.
  package struct Letter: Sendable {
    package let bytes: [UInt8]
    package let eventCount: Int
    package let batchCount: Int
    /// Events that did not fit, and travel with the next letter.
    package let leftCount: Int64
  }

  /// What a reply brought.
  package struct Taken: Hashable, Sendable {
    package fileprivate(set) var receiptCount = 0
    /// Entries of the group's feed that were new.
    package fileprivate(set) var feedCount = 0
    /// Pages of the feed that are older than what the station has.
    package fileprivate(set) var oldPageCount = 0
    /// Why the host did not take everything.
    package fileprivate(set) var refusal: StickReply.Refusal?
  }

  /// Keeps the key to which letters are encrypted, as the host tells it.
  package func trust(_ key: StickKey) async throws {
    guard try await hostKey() != key else { return }
    try await journal.set(Self.keySetting, to: key.description)
  }

  private func hostKey() async throws -> StickKey? {
    try await journal.read { try $0.setting(Self.keySetting) }.map { try StickKey($0) }
  }

  /// What is to be carried to the host: all that it has not acknowledged, or, where `again` says
  /// so, all there is from the beginning.
  ///
  /// - Throws: `UplinkError.noStickKey` where the host's key is not known yet.
  package func letter(again: Bool = false) async throws -> Letter {
    guard let hostKey = try await hostKey() else { throw UplinkError.noStickKey }
    let current = try await journal.epoch()
    var (batches, eventCount, left): ([[UInt8]], Int, Int64) = ([], 0, 0)
    for number in 1...current.number {
      guard let epoch = Epoch(number) else { continue }
      let head = try await journal.head(of: epoch)
      var position =
        again
        ? .start(of: journal.station, epoch: epoch) : try await journal.acknowledged(in: epoch)
      while position.sequence < head.sequence, batches.count < StickLimits.batches {
        let batch = try await batch(after: position)
        batches.append(try batch.sealed(with: try keys.key(of: epoch)))
        eventCount += batch.events.count
        position = batch.end
      }
      left += head.sequence - position.sequence
    }
    let request = try await FeedPull.request(of: journal)
    let letter = StickLetter(
      station: journal.station, batches: batches,
      feedRequest: try request.sealed(with: try keys.key(of: current)))
    return Letter(
      bytes: try letter.sealed(to: hostKey), eventCount: eventCount, batchCount: batches.count,
      leftCount: left)
  }

  private func batch(after position: Position) async throws -> Batch {
    let range = try await journal.events(
      after: position, countLimit: UplinkLimits.eventsPerBatch,
      byteLimit: UplinkLimits.bytesPerBatch)
    return try Batch(
      station: journal.station, start: range.start, events: range.events.map { $0[...] })
  }

  /// Takes a reply in, once all of it is found to be the host's and for this station.
  ///
  /// - Throws: `ExchangeError` for a reply that is refused; then nothing of it is taken.
  package func take(_ bytes: [UInt8], pinning key: VerifyingKey) async throws -> Taken {
    let reply = try StickReply.open(bytes, with: key)
    guard reply.station == journal.station else { throw ExchangeError.pageOfAnother }
    let receipts = try await receipts(in: reply, key)
    let pages = try reply.pages.map { try FeedPage.open($0, with: key) }
    let now = journal.clock.now().wallMilliseconds
    for page in pages {
      try page.refuseWhenNot(for: journal.station)
      try page.refuseWhenExpired(atMilliseconds: now)
    }
    var taken = Taken()
    for (receipt, sealed) in zip(receipts, reply.receipts) {
      try await journal.acknowledge(receipt.position, receipt: sealed)
      taken.receiptCount += 1
    }
    for page in pages { try await take(page, into: &taken) }
    taken.refusal = reply.refusal
    return taken
  }

  private func receipts(
    in reply: StickReply, _ key: VerifyingKey
  ) async throws -> [Receipt] {
    var receipts: [Receipt] = []
    for sealed in reply.receipts {
      let receipt = try Receipt.open(sealed, with: key)
      let position = receipt.position
      let ours = try await journal.position(in: position.epoch, sequence: position.sequence)
      guard receipt.station == journal.station, ours == position else {
        throw ExchangeError.receiptOfAnother
      }
      receipts.append(receipt)
    }
    return receipts
  }

  private func take(_ page: FeedPage, into taken: inout Taken) async throws {
    do {
      if try await journal.take(page.run) { taken.feedCount += page.run.entries.count }
      try await trust(page.stickKey)
    } catch FeedRefusal.stale {
      taken.oldPageCount += 1
    } catch let refusal as FeedRefusal {
      throw ExchangeError.feed(refusal)
    }
  }
}
