import Ledger

/// What looking at open conflicts once more did.
package struct ReplayReport: Hashable, Sendable {
  /// Conflicts that were looked at.
  package fileprivate(set) var lookedAt = 0
  /// Those that no longer hold.
  package fileprivate(set) var closed = 0
}

extension GroupRegistry {
  /// Conflicts that one transaction looks at.
  private static let conflictsPerStep = 200
  /// What one replay may make true for another, such as an act for the next one.
  private static let mostPasses = 4

  /// Looks at open conflicts once more, after something has happened to their items.
  ///
  /// What a later version of this program has recorded is done once this one knows it. What a later
  /// act has settled is closed by a decision of its own; the rest stays open.
  package func replayConflicts(by author: String) async throws -> ReplayReport {
    var total = ReplayReport()
    for _ in 0..<Self.mostPasses {
      var pass = ReplayReport()
      var last: ConflictID?
      while true {
        let (after, limit) = (last, Self.conflictsPerStep)
        let open = try await store.read { try $0.openConflicts(after: after, limit: limit) }
        guard let end = open.last else { break }
        pass.closed += try await replay(open.map(\.conflict.id), by: author)
        pass.lookedAt += open.count
        last = end.conflict.id
      }
      total.lookedAt = max(total.lookedAt, pass.lookedAt)
      total.closed += pass.closed
      if pass.closed == 0 { break }
    }
    try await note(
      .replayed, by: author, on: "", detail: "\(total.closed)/\(total.lookedAt)")
    return total
  }

  /// Looks at one conflict once more, and says whether it is closed now.
  package func replayConflict(_ id: ConflictID, by author: String) async throws -> Bool {
    try await replay([id], by: author) > 0
  }

  private func replay(_ ids: [ConflictID], by author: String) async throws -> Int {
    let now = nowMilliseconds()
    return try await store.write { books in
      var closed = 0
      for id in ids {
        guard let listed = try books.conflict(id), listed.ruling == nil else { continue }
        let replay = Replay(conflict: listed.conflict, books: books, nowMilliseconds: now)
        guard try replay.closes() else { continue }
        try books.announce(
          try books.decide(
            id, item: listed.conflict.item?.item, .noLongerHolds, reason: "", by: author,
            atMilliseconds: now))
        closed += 1
      }
      return closed
    }
  }
}

/// One conflict, looked at once more.
private struct Replay {
  let conflict: Conflict
  let books: any RegistryTransaction
  let nowMilliseconds: Int64

  /// Whether the conflict holds no longer; does what its event could not do before.
  func closes() throws -> Bool {
    switch conflict.kind {
    // The host closes it itself once somebody has registered the item.
    case .unknownItem: false
    case .unrecognisedFact: try isRecognisedNow()
    case .onLoanTwice, .returnedNotLent, .receivedNotSent, .movedFromElsewhere,
      .renewedByAnother:
      try isSettledByLaterAct()
    case .chainFork:
      try books.station(conflict.event.station, epoch: conflict.event.epoch)?.closing != nil
    case .cardBlocked: try !isCardBlocked()
    case .clockImpossible: try books.interval(of: conflict.event) != nil
    case .registeredTwice, .afterRevocation, nil: false
    }
  }

  /// Does what a later version of this program has recorded, once this one knows it.
  private func isRecognisedNow() throws -> Bool {
    guard let event = try books.event(conflict.event) else { return false }
    if case .unrecognised = event.fact { return false }
    var effects = try BatchEffects(of: [event]) { try books.holdings(of: $0) }
    effects.apply(event)
    try books.keepActs(&effects)
    try books.save(effects, of: event.station.library, atMilliseconds: nowMilliseconds)
    return true
  }

  /// Whether the card is still blocked; one that was let in again is no conflict.
  private func isCardBlocked() throws -> Bool {
    guard let event = try books.event(conflict.event), let token = event.fact.cardToken else {
      return true
    }
    return try books.blockedCards(of: event.station.library).contains(token)
  }

  /// Whether the item was scanned again since, and then was where the books had it.
  private func isSettledByLaterAct() throws -> Bool {
    guard let item = try conflict.heldItem, let held = try books.holdings(of: [item])[0],
      held.lastEvent != conflict.event, held.lastEvent != conflict.item?.lastEvent
    else { return false }
    return try !books.hasOpenConflict(held.lastEvent)
  }
}
