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
        cameAgain: try books.otherActs(
          of: Set(operations), by: station, besides: epoch
        ).found,
        eventCount: count,
        openCount: try books.quarantineCount(of: station, epoch: epoch, isOpen: true))
    }
  }

  /// Takes events that were kept aside into the books, in order, up to one of them.
  ///
  /// They follow the last event of their epoch, as if they had come in time: each acts on its item,
  /// and what the books can't bear out is noted as a conflict. Where two histories were kept, the
  /// last event says which is meant. An event of another history has no place after the books' and
  /// stays aside, and so does an act that the station has sent again since under another key. The
  /// epoch stays closed; what comes later is kept aside too. The same again changes nothing.
  /// - Returns: how many events were taken in.
  /// - Throws: `QuarantineError`.
  package func release(
    _ station: StationID, through last: Position, because reason: String, by account: String
  ) async throws -> Int {
    let decision = try decision(.released, because: reason, by: account)
    guard let plan = try await store.read({ try $0.releasePlan(of: station, through: last) })
    else { return 0 }
    var total = 0
    while total < plan.path.count {
      let done = total
      let count = try await store.write { books in
        try releaseNext(plan, from: done, decision, in: books)
      }
      total += count
      guard count > 0 else { break }
    }
    return total
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
    guard reason.count <= Decision.longestReason,
      reason.utf8.count <= 4 * Decision.longestReason
    else { throw .reasonTooLong }
    return KeptAside.Decision(
      ruling: ruling, atMilliseconds: nowMilliseconds(), account: account, reason: reason)
  }

  private func releaseNext(
    _ plan: ReleasePlan, from done: Int, _ decision: KeptAside.Decision,
    in books: any RegistryTransaction
  ) throws -> Int {
    let (station, epoch) = (plan.station, plan.start.epoch)
    let start = done == 0 ? plan.start : plan.path[done - 1]
    // Somebody else may have released them meanwhile.
    guard try books.station(station, epoch: epoch)?.cursor == start else { return 0 }
    let events = try plan.events(from: done, in: books)
    let whole = try Batch(station: station, start: start, events: events.map { $0.bytes[...] })
    let decoded = try whole.decodedEvents(after: start.sequence)
    let again = try books.otherActs(
      of: Set(decoded.map(\.operation)), by: station, besides: epoch, after: plan.searched)
    let new = Array(decoded.prefix { again.found[$0.operation] == nil })
    guard !new.isEmpty else { return 0 }
    let batch = try Batch(
      station: station, start: start, events: Array(whole.events.prefix(new.count)))
    try post(new, of: batch, in: books)
    for (event, act) in zip(events, new) {
      try books.settle(event, decision)
      try books.noteReleased(act.operation, of: station, epoch: epoch)
    }
    try books.write(
      .quarantineReleased, by: decision.account,
      on: "\(station)/\(epoch).\(batch.start.sequence + 1)-\(batch.end.sequence)",
      detail: decision.reason, atMilliseconds: decision.atMilliseconds)
    return new.count
  }
}
