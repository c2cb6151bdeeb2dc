import Circulation
import Credentials
package import Exchange
import Labels
import Ledger

/// The books of a group of libraries: what every station has reported, each event exactly once.
package struct GroupRegistry: Sendable {
  let store: any RegistryStore
  let key: SigningKey
  let nowMilliseconds: @Sendable () -> Int64
  let unknownNames = UnknownNames()
  let sums = SharedSums()

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
  /// checking its signature happens before the store is locked. What goes beyond the end of its
  /// epoch is kept aside, and refused. `contact` is what the station told of its clocks.
  /// - Throws: `ExchangeError` for a batch that is refused, `RegistryError` for a store that fails.
  package func apply(
    _ bytes: [UInt8], contact: StationContact? = nil
  ) async throws -> Application {
    let arrived = nowMilliseconds()
    let sealed = try SealedBatch(bytes)
    let enrolled = try await store.read {
      try $0.enrolledStation(sealed.station, epoch: sealed.start.epoch)
    }
    let batch = try sealed.open(with: enrolled.enrolment.key)
    let events = try batch.decodedEvents(after: enrolled.cursor.sequence)
    return try await notingForks(of: batch) {
      try await apply(
        batch, events, of: enrolled,
        contact: contact.map {
          KeptContact(
            station: batch.station, epoch: batch.epoch, told: $0, hostMilliseconds: arrived)
        })
    }
  }

  private func apply(
    _ batch: Batch, _ events: [Event], of enrolled: EnrolledStation, contact: KeptContact?
  ) async throws -> Application {
    let outcome = try await store.write { books -> Result<Application, ExchangeError> in
      guard let current = try books.station(batch.station, epoch: batch.epoch),
        current.enrolment.key == enrolled.enrolment.key
      else { throw ExchangeError.badSignature }
      if let closing = current.closing, try !batch.isKnown(upTo: closing.lastTrusted, in: books) {
        return .failure(try keepAside(batch, beyond: closing, in: books))
      }
      let knownCount = try batch.knownCount(at: current.cursor, in: books)
      let newEvents = Array(events.suffix(batch.events.count - knownCount))
      try post(newEvents, of: batch, in: books)
      try beginNextEpoch(after: newEvents, of: current.enrolment, in: books)
      if let contact { try books.note(contact) }
      return .success(
        try acknowledge(batch, newCount: newEvents.count, of: current, in: books))
    }
    return try outcome.get()
  }

  /// Keeps those events of a batch aside that the host has not applied, and says why.
  private func keepAside(
    _ batch: Batch, beyond closing: EpochClosing, in books: any RegistryTransaction
  ) throws -> ExchangeError {
    var aside: [QuarantinedEvent] = []
    for (offset, bytes) in batch.events.enumerated() {
      let event = EventReference(
        station: batch.station, epoch: batch.epoch,
        sequence: batch.start.sequence + Int64(offset) + 1)
      guard try books.hash(of: event) != batch.hashes[offset] else { continue }
      aside.append(
        QuarantinedEvent(
          event: event, hash: batch.hashes[offset], bytes: Array(bytes), reason: closing.end))
    }
    let kept = try books.quarantineCount(of: batch.station, epoch: batch.epoch, isOpen: false)
    if kept + aside.count <= QuarantineLimits.eventsPerEpoch {
      try books.keepAside(aside, atMilliseconds: nowMilliseconds())
    }
    let last = try books.position(
      of: batch.station, epoch: batch.epoch, sequence: closing.lastTrusted)
    return closing.end == .revoked ? .revoked(lastTrusted: last) : .superseded(at: last)
  }

  /// Pins the key that an epoch's last event names to the next epoch.
  private func beginNextEpoch(
    after events: [Event], of enrolment: Enrolment, in books: any RegistryTransaction
  ) throws {
    guard let index = events.firstIndex(where: { $0.nextKey != nil }) else { return }
    let last = events[index]
    guard index == events.count - 1, let key = last.nextKey, let next = last.epoch.next else {
      throw ExchangeError.eventOfAnother(sequence: last.sequence + 1)
    }
    try books.close(
      last.station, epoch: last.epoch,
      EpochClosing(end: .succeeded, lastTrusted: last.sequence))
    try books.enrol(
      Enrolment(
        station: last.station, epoch: next, libraryName: enrolment.libraryName,
        key: try VerifyingKey(bytes: key.bytes)))
  }

  /// Does what events say, each on its item, and moves the station's cursor to the batch's end.
  func post(
    _ events: [Event], of batch: Batch, in books: any RegistryTransaction
  ) throws {
    guard !events.isEmpty else { return }
    // A machine whose place was taken brings its acts again; those that were released are done.
    let done = try books.releasedOperations(of: batch.station, besides: batch.epoch)
    let acts = done.isEmpty ? events : events.filter { !done.contains($0.operation) }
    var effects = try BatchEffects(of: acts) { try books.holdings(of: $0) }
    for event in acts { effects.apply(event) }
    try noteImpossibleClocks(of: events, in: books, &effects)
    try books.noteBlockedCards(in: acts, &effects)
    try books.append(batch, from: batch.events.count - events.count)
    try books.keepActs(&effects)
    try books.save(effects, of: batch.station.library, atMilliseconds: nowMilliseconds())
    try books.move(batch.station, to: batch.end)
  }

  /// Notes where a station's clock begins to tell times that can't have been, once for each time
  /// that it begins, however its events are cut into batches.
  private func noteImpossibleClocks(
    of events: [Event], in books: any RegistryReader, _ effects: inout BatchEffects
  ) throws {
    let latest = nowMilliseconds() + ImpossibleClock.aheadMilliseconds
    var wasWrong: Bool?
    for event in events {
      let isWrong = !(ImpossibleClock.earliestMilliseconds...latest)
        .contains(event.moment.wallMilliseconds)
      if isWrong, try !(wasWrong ?? isWrongBefore(event, latest, in: books)) {
        effects.noteImpossibleClock(of: event)
      }
      wasWrong = isWrong
    }
  }

  private func isWrongBefore(
    _ event: Event, _ latest: Int64, in books: any RegistryReader
  ) throws -> Bool {
    guard event.sequence > 1 else { return false }
    let before = EventReference(
      station: event.station, epoch: event.epoch, sequence: event.sequence - 1)
    guard let time = try books.event(before)?.moment.wallMilliseconds else { return false }
    return !(ImpossibleClock.earliestMilliseconds...latest).contains(time)
  }

  /// Notes a fork for somebody to look at, since a refusal alone tells only the station.
  private func notingForks<Value>(
    of batch: Batch, _ work: () async throws -> Value
  ) async throws -> Value {
    do {
      return try await work()
    } catch ExchangeError.fork(let ours) {
      let event = EventReference(
        station: batch.station, epoch: ours.epoch, sequence: ours.sequence)
      let now = nowMilliseconds()
      try await store.write { books in
        let act = try books.event(event)?.fact.name ?? ""
        try books.note(
          [
            Conflict(
              event: event, name: ConflictKind.chainFork.rawValue, act: act, item: nil)
          ], atMilliseconds: now)
      }
      throw ExchangeError.fork(ours: ours)
    }
  }

  private func acknowledge(
    _ batch: Batch, newCount: Int, of station: EnrolledStation,
    in books: any RegistryTransaction
  ) throws -> Application {
    let now = nowMilliseconds()
    let cursor = newCount > 0 ? batch.end : station.cursor
    let findings = try books.findings(
      of: batch.station, epoch: batch.epoch, in: (batch.start.sequence + 1)...batch.end.sequence,
      limit: ExchangeLimits.discrepanciesPerReceipt)
    let receipt = Receipt(
      station: batch.station, position: batch.end, cursor: cursor, end: station.closing?.end,
      newCount: newCount, knownCount: batch.events.count - newCount, findings: findings,
      hostMilliseconds: now)
    let sealed = try receipt.sealed(with: key)
    try books.keep(sealed, for: batch.end, of: batch.station, atMilliseconds: now)
    return Application(receipt: receipt, sealedReceipt: sealed)
  }
}

/// Times that no event can have been recorded at.
private enum ImpossibleClock {
  /// 2020-01-01 UTC, before the first of these programs: a clock without a battery.
  static let earliestMilliseconds: Int64 = 1_577_836_800_000
  /// How far ahead of the host's clock a station's may be; less shows as its offset alone.
  static let aheadMilliseconds: Int64 = 3_600_000
}

extension RegistryTransaction {
  /// Keeps what a run of events has added up to.
  func save(
    _ effects: BatchEffects, of library: LibraryCode, atMilliseconds now: Int64
  ) throws {
    try save(effects.changedHoldings)
    try save(Array(effects.records.values), of: library)
    try post(effects.balances, reportedBy: library)
    try count(effects.readings, at: library)
    try count(try netLoans(of: effects), at: library)
    try save(try sightings(of: effects))
    try save(effects.trail)
    try save(effects.stageBoxes, of: library)
    try save(effects.conditions)
    try publish(try news(of: effects, reportedBy: library))
    try address(effects.sightings.values.flatMap(\.addressees) + effects.guestAddressees)
    try addressTitles(of: effects.namedFeedItems)
    try note(effects.conflicts, atMilliseconds: now)
    for settling in effects.settlings { try save(settling, atMilliseconds: now) }
  }

  /// What stations are to be told once these effects are in the books.
  private func news(
    of effects: BatchEffects, reportedBy library: LibraryCode
  ) throws -> [FeedContent] {
    let boxes = Set(effects.sightings.keys.map(\.box)).sorted()
    let sightings = boxes.isEmpty ? [] : try sightings(of: boxes)
    return effects.records.values.map { .record($0, of: library) }
      + effects.changedFeedItems.map { .item($0) }
      + Dictionary(grouping: sightings, by: \.place.box).values
      .compactMap { FeedBox($0).map { .box($0) } }
      + effects.slips.values.map { .slip($0) }
  }

  /// What was said of boxes; one that came without its slip is on the last trip that is known.
  private func sightings(of effects: BatchEffects) throws -> [BoxSighting] {
    let sightings = Array(effects.sightings.values)
    let unsure = sightings.filter { $0.trip == 0 }.map(\.place.box)
    let trips = unsure.isEmpty ? [:] : try latestTrips(of: unsure)
    return sightings.map { sighting in
      sighting.trip == 0 ? sighting.onTrip(trips[sighting.place.box] ?? 1) : sighting
    }
  }
}

extension Batch {
  /// Whether all of the batch is among a station's first events, as they were applied.
  fileprivate func isKnown(upTo last: Int64, in books: any RegistryReader) throws -> Bool {
    guard end.sequence <= last else { return false }
    return try books.position(of: station, epoch: epoch, sequence: end.sequence) == end
  }

  /// How many of the batch's first events the host has applied already.
  ///
  /// One hash is compared, at the last position that both have: it speaks for all before it.
  fileprivate func knownCount(
    at cursor: Position, in books: any RegistryReader
  ) throws -> Int {
    guard start.sequence <= cursor.sequence else { throw ExchangeError.gap(expected: cursor) }
    let common = min(end.sequence, cursor.sequence)
    let ours =
      try common == cursor.sequence
      ? cursor : books.position(of: station, epoch: epoch, sequence: common)
    guard hash(at: common) == ours.hash else {
      throw try fork(upTo: common, in: books)
    }
    return Int(common - start.sequence)
  }

  /// Names the first number under which the batch has another event than the host.
  private func fork(
    upTo last: Int64, in books: any RegistryReader
  ) throws -> ExchangeError {
    for sequence in start.sequence...last {
      let ours = try books.position(of: station, epoch: epoch, sequence: sequence)
      if hash(at: sequence) != ours.hash { return .fork(ours: ours) }
    }
    throw RegistryError.damaged("the cursor of station \(station)")
  }
}

extension Event {
  /// The key under which the station goes on after this event, where it is an epoch's last.
  fileprivate var nextKey: PublicKeyBytes? {
    guard case .link(.epochEnded(let key)) = fact else { return nil }
    return key
  }
}
