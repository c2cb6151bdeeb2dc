package import Exchange
import Ledger

/// The books of a group of libraries: what every station has reported, each event exactly once.
package struct GroupRegistry: Sendable {
  let store: any RegistryStore
  private let key: SigningKey
  let nowMilliseconds: @Sendable () -> Int64

  /// Keeps books in a store and signs receipts with the host's key.
  package init(
    store: any RegistryStore, key: SigningKey,
    nowMilliseconds: @escaping @Sendable () -> Int64 = HostClock.wallMilliseconds
  ) {
    self.store = store
    self.key = key
    self.nowMilliseconds = nowMilliseconds
  }

  /// The key that stations pin, to know this host's receipts by.
  package var verifyingKey: VerifyingKey { key.verifyingKey }

  /// Pins a key to a station; the same key again only renews the library's name.
  package func enrol(_ enrolment: Enrolment) async throws {
    try await store.write { books in
      let known = try books.station(enrolment.station, epoch: enrolment.epoch)
      guard known == nil || known?.enrolment.key == enrolment.key else {
        throw RegistryError.enrolledWithAnotherKey(enrolment.station)
      }
      try books.enrol(enrolment)
    }
  }
}

/// What applying a batch did.
package struct Application: Hashable, Sendable {
  package let receipt: Receipt
  /// The receipt as it is sent.
  package let sealedReceipt: [UInt8]
}

extension GroupRegistry {
  /// Applies a sealed batch, the whole of it or nothing, and returns once that is on disk.
  ///
  /// Events that were applied before are passed over, so a batch may come any number of times and
  /// may begin before the last one ended. A conflict never refuses an event. Reading the batch and
  /// checking its signature happens before the store is locked.
  /// - Throws: `ExchangeError` for a batch that is refused, `RegistryError` for a store that fails.
  package func apply(_ bytes: [UInt8]) async throws -> Application {
    let sealed = try SealedBatch(bytes)
    let enrolled = try await enrolledStation(of: sealed)
    let batch = try sealed.open(with: enrolled.enrolment.key)
    let events = try batch.decodedEvents(after: enrolled.cursor.sequence)
    return try await store.write { books in
      guard let current = try books.station(batch.station, epoch: batch.epoch),
        current.enrolment.key == enrolled.enrolment.key
      else { throw ExchangeError.badSignature }
      let knownCount = try batch.knownCount(at: current.cursor, in: books)
      let newCount = batch.events.count - knownCount
      try post(events.suffix(newCount), of: batch, in: books)
      return try acknowledge(batch, newCount: newCount, in: books)
    }
  }

  private func enrolledStation(of sealed: SealedBatch) async throws -> EnrolledStation {
    let (station, epoch) = (sealed.station, sealed.start.epoch)
    return try await store.read { books in
      if let enrolled = try books.station(station, epoch: epoch) { return enrolled }
      let other = try books.stations().first { $0.enrolment.station == station }
      guard let other else { throw ExchangeError.unknownStation(station) }
      throw ExchangeError.wrongEpoch(expected: other.enrolment.epoch)
    }
  }

  private func post(
    _ events: ArraySlice<Event>, of batch: Batch, in books: any RegistryTransaction
  ) throws {
    guard !events.isEmpty else { return }
    let events = Array(events)
    var effects = try BatchEffects(of: events) { try books.holdings(of: $0) }
    for event in events { effects.apply(event) }
    try books.append(batch, from: batch.events.count - events.count)
    try books.save(effects.changedHoldings)
    try books.save(Array(effects.records.values), of: batch.station.library)
    try books.post(effects.balances)
    try books.count(effects.readings, at: batch.station.library)
    try books.note(effects.conflicts, atMilliseconds: nowMilliseconds())
    try books.move(batch.station, to: batch.end)
  }

  private func acknowledge(
    _ batch: Batch, newCount: Int, in books: any RegistryTransaction
  ) throws -> Application {
    let now = nowMilliseconds()
    let findings = try books.findings(
      of: batch.station, epoch: batch.epoch, in: (batch.start.sequence + 1)...batch.end.sequence,
      limit: ExchangeLimits.discrepanciesPerReceipt)
    let receipt = Receipt(
      station: batch.station, position: batch.end, newCount: newCount,
      knownCount: batch.events.count - newCount, findings: findings, hostMilliseconds: now)
    let sealed = try receipt.sealed(with: key)
    try books.keep(sealed, for: batch.end, of: batch.station, atMilliseconds: now)
    return Application(receipt: receipt, sealedReceipt: sealed)
  }
}

extension Batch {
  /// How many of the batch's first events the host has applied already.
  ///
  /// One hash is compared, at the last position that both have: it speaks for all before it.
  fileprivate func knownCount(
    at cursor: Position, in books: any RegistryReader
  ) throws -> Int {
    guard start.sequence <= cursor.sequence else { throw ExchangeError.gap(expected: cursor) }
    let common = min(end.sequence, cursor.sequence)
    let ours = try common == cursor.sequence ? cursor.hash : storedHash(at: common, in: books)
    guard hash(at: common) == ours else {
      throw try fork(upTo: common, in: books)
    }
    return Int(common - start.sequence)
  }

  /// Names the first number under which the batch has another event than the host.
  private func fork(
    upTo last: Int64, in books: any RegistryReader
  ) throws -> ExchangeError {
    for sequence in start.sequence...last {
      let ours = try storedHash(at: sequence, in: books)
      if hash(at: sequence) != ours {
        return .fork(ours: Position(epoch: epoch, sequence: sequence, hash: ours))
      }
    }
    throw RegistryError.damaged("the cursor of station \(station)")
  }

  private func storedHash(
    at sequence: Int64, in books: any RegistryReader
  ) throws -> ChainHash {
    if sequence == 0 { return .genesis(of: station, epoch: epoch) }
    let event = EventReference(station: station, epoch: epoch, sequence: sequence)
    guard let hash = try books.hash(of: event) else {
      throw RegistryError.damaged("event \(event)")
    }
    return hash
  }
}
