import Exchange
package import Ledger

/// Events that came after their epoch's end, and what a coordinator decides about them.
extension GroupRegistry {
  /// What was kept aside, an epoch a row, those that came last first; from an offset on.
  package func quarantineRuns(offset: Int = 0, limit: Int) async throws -> [QuarantineRun] {
    try await store.read { try $0.quarantineRuns(offset: offset, limit: limit) }
  }

  /// One leaf of what was kept aside of an epoch, in order of events.
  /// - Throws: `QuarantineError.nothingThere`.
  package func quarantineLeaf(
    of station: StationID, epoch: Epoch, offset: Int = 0, limit: Int
  ) async throws -> QuarantineLeaf {
    try await store.read { books in
      let count = try books.quarantineCount(of: station, epoch: epoch, isOpen: false)
      guard count > 0, let enrolled = try books.station(station, epoch: epoch) else {
        throw QuarantineError.nothingThere
      }
      let events = try books.keptAside(
        of: station, epoch: epoch, after: 0, offset: offset, limit: limit)
      let operations = events.compactMap { try? Event(encoded: $0.event.bytes).operation }
      return QuarantineLeaf(
        cursor: enrolled.cursor, events: events,
        cameAgain: try books.laterEvents(of: Set(operations), by: station, after: epoch),
        eventCount: count,
        openCount: try books.quarantineCount(of: station, epoch: epoch, isOpen: true))
    }
  }

  /// Takes events that were kept aside into the books, in order, up to a sequence number.
  ///
  /// They follow the last event of their epoch, as if they had come in time: each acts on its item,
  /// and what the books can't bear out is noted as a conflict. An event of another history has no
  /// place after it and stays aside, and so does an act that the station has sent again since under
  /// a later key. The epoch stays closed; what comes later is kept aside too.
  /// The same again changes nothing.
  /// - Returns: how many events were taken in.
  /// - Throws: `QuarantineError`.
  package func release(
    _ station: StationID, epoch: Epoch, through last: Int64, because reason: String,
    by account: String
  ) async throws -> Int {
    let decision = try decision(.released, because: reason, by: account)
    var total = 0
    while true {
      do {
        let count = try await store.write { books in
          try releaseNext(of: station, epoch: epoch, through: last, decision, in: books)
        }
        total += count
        guard count == QuarantineLimits.eventsPerStep else { return total }
      } catch let error as QuarantineError {
        // What follows has no place in the books; what came before has been taken in.
        guard total > 0 else { throw error }
        return total
      }
    }
  }

  /// Lets events lie that were kept aside, from a sequence number on; they stay in no book.
  ///
  /// What was decided before stays decided. One that was let lie may still be released.
  /// - Returns: how many events this decides about.
  /// - Throws: `QuarantineError`.
  package func leaveAside(
    _ station: StationID, epoch: Epoch, from first: Int64, because reason: String,
    by account: String
  ) async throws -> Int {
    let decision = try decision(.leftAside, because: reason, by: account)
    return try await store.write { books in
      let before = try books.quarantineCount(of: station, epoch: epoch, isOpen: true)
      try books.leaveAside(of: station, epoch: epoch, from: first, decision)
      let left = try books.quarantineCount(of: station, epoch: epoch, isOpen: true)
      guard left < before else { return 0 }
      try books.write(
        .quarantineLeft, by: account, on: "\(station)/\(epoch).\(first)",
        detail: "\(before - left) \(decision.reason)", atMilliseconds: decision.atMilliseconds)
      return before - left
    }
  }

  private func decision(
    _ ruling: QuarantineRuling, because reason: String, by account: String
  ) throws(QuarantineError) -> KeptAside.Decision {
    let reason = String(reason.trimmed)
    guard !reason.isEmpty else { throw .reasonMissing }
    guard reason.count <= Decision.longestReason else { throw .reasonTooLong }
    return KeptAside.Decision(
      ruling: ruling, atMilliseconds: nowMilliseconds(), account: account, reason: reason)
  }

  private func releaseNext(
    of station: StationID, epoch: Epoch, through last: Int64, _ decision: KeptAside.Decision,
    in books: any RegistryTransaction
  ) throws -> Int {
    guard let enrolled = try books.station(station, epoch: epoch), enrolled.closing != nil,
      try books.quarantineCount(of: station, epoch: epoch, isOpen: false) > 0
    else { throw QuarantineError.nothingThere }
    guard enrolled.cursor.sequence < last else { return 0 }
    let events = try books.keptEvents(following: enrolled.cursor, of: station, through: last)
    guard !events.isEmpty else { throw QuarantineError.doesNotFollow(enrolled.cursor) }
    let whole = try Batch(
      station: station, start: enrolled.cursor, events: events.map { $0.bytes[...] })
    let decoded = try whole.decodedEvents(after: enrolled.cursor.sequence)
    let again = try books.laterEvents(
      of: Set(decoded.map(\.operation)), by: station, after: epoch)
    let new = decoded.prefix { again[$0.operation] == nil }
    guard !new.isEmpty else {
      throw again.values.first.map { QuarantineError.cameAgain($0) } ?? .nothingThere
    }
    let batch = try Batch(
      station: station, start: enrolled.cursor, events: Array(whole.events.prefix(new.count)))
    try post(Array(new), of: batch, in: books)
    for event in events.prefix(new.count) { try books.settle(event, decision) }
    try books.write(
      .quarantineReleased, by: decision.account,
      on: "\(station)/\(epoch).\(batch.start.sequence + 1)-\(batch.end.sequence)",
      detail: decision.reason, atMilliseconds: decision.atMilliseconds)
    return new.count
  }
}

extension RegistryReader {
  /// The events of a station's later epochs that are of these operations.
  ///
  /// A machine that was superseded brings its acts again once it is enrolled with a new code.
  fileprivate func laterEvents(
    of operations: Set<OperationID>, by station: StationID, after epoch: Epoch
  ) throws -> [OperationID: EventReference] {
    var found: [OperationID: EventReference] = [:]
    let later = try enrolments().map(\.enrolment)
      .filter { $0.station == station && $0.epoch > epoch }
    for enrolment in later {
      try forEachEvent(of: station, epoch: enrolment.epoch, after: 0) { stored in
        guard let event = try? Event(encoded: stored.bytes) else { return true }
        if operations.contains(event.operation) { found[event.operation] = EventReference(event) }
        return found.count < operations.count
      }
    }
    return found
  }

  /// Events that were kept aside and go on from a position, each from the one before.
  fileprivate func keptEvents(
    following cursor: Position, of station: StationID, through last: Int64
  ) throws -> [QuarantinedEvent] {
    let kept = try keptAside(
      of: station, epoch: cursor.epoch, after: cursor.sequence, offset: 0,
      limit: QuarantineLimits.eventsPerStep * 2)
    var (hash, next) = (cursor.hash, cursor.sequence + 1)
    var run: [QuarantinedEvent] = []
    for event in kept.map(\.event) {
      guard event.event.sequence <= last, run.count < QuarantineLimits.eventsPerStep else { break }
      guard event.event.sequence == next, hash.link(event.bytes) == event.hash else { continue }
      run.append(event)
      (hash, next) = (event.hash, next + 1)
    }
    return run
  }
}
