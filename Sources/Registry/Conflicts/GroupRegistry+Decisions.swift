import Circulation
import Credentials
import Labels
package import Ledger

/// A conflict with all that a person needs to decide it.
package struct ConflictFile: Hashable, Sendable {
  package let listed: ListedConflict
  /// The event that raised it; `nil` where its bytes can't be read by this version.
  package let event: Event?
  /// The event that last acted on the item before.
  package let earlier: Event?
  /// Where the item is in the books now.
  package let holding: Holding?
  /// The item's title, where it is known.
  package let title: String?
  /// What was decided so far, in order.
  package let decisions: [Decision]

  /// The number of the last decision; 0 for none.
  package var lastDecision: Int64 { decisions.last?.number ?? 0 }
}

extension GroupRegistry {
  /// One page of conflicts, newest first, and how many there are.
  package func conflicts(
    _ filter: ConflictFilter, offset: Int = 0, limit: Int
  ) async throws -> (conflicts: [ListedConflict], count: Int) {
    try await store.read { books in
      (
        try books.conflicts(filter, offset: offset, limit: limit),
        try books.conflictCount(filter)
      )
    }
  }

  /// All that is known about a conflict, or `nil` where there is none.
  package func conflictFile(_ id: ConflictID) async throws -> ConflictFile? {
    try await store.read { books in
      guard let listed = try books.conflict(id) else { return nil }
      let reference = listed.conflict.item
      let item = reference.flatMap { try? ItemID($0.item) }
      let held = try item.flatMap { try books.holdings(of: [$0])[0] }
      return ConflictFile(
        listed: listed, event: try books.event(id.event),
        earlier: try reference?.lastEvent.flatMap { try books.event($0) },
        holding: held?.holding,
        title: try held.flatMap {
          try books.titles(of: [$0.holding.record], describedBy: .all).values.first
        },
        decisions: try books.decisions(on: id))
    }
  }

  /// Decides a conflict, or takes an earlier decision back.
  ///
  /// `expected` is the number of the last decision that the person saw. The same decision again
  /// changes nothing.
  /// - Throws: `DecisionError`.
  package func decide(
    _ id: ConflictID, _ ruling: Ruling, reason: String, expecting expected: Int64,
    by account: HostAccount
  ) async throws -> Decision {
    let reason = String(reason.trimmed)
    if ruling.needsReason, reason.isEmpty { throw DecisionError.reasonMissing }
    guard reason.count <= Decision.longestReason, reason.utf8.count <= FactLimits.title else {
      throw DecisionError.reasonTooLong
    }
    let (now, name) = (nowMilliseconds(), account.name.text)
    return try await store.write { books in
      guard let listed = try books.conflict(id) else { throw DecisionError.noSuchConflict }
      let allowed =
        listed.ruling == nil ? listed.conflict.kind?.rulings ?? [.dismissed] : [.reopened]
      let last = try books.decisions(on: id).last
      if let last, last.number > expected {
        guard last.account == name, last.ruling == ruling, last.reason == reason else {
          throw DecisionError.decidedMeanwhile
        }
        return last
      }
      guard allowed.contains(ruling) else { throw DecisionError.wrongRuling }
      let decision = try books.decide(
        id, item: listed.conflict.item?.item, ruling, reason: reason, by: name,
        atMilliseconds: now)
      try books.write(
        .decided, by: name, on: "\(id.event) \(id.name)", detail: "\(ruling.rawValue) \(reason)",
        atMilliseconds: now)
      try books.announce(decision)
      // After that, as the host may close the conflict itself at once.
      try Settlement(conflict: listed.conflict, books: books, nowMilliseconds: now)
        .enact(ruling, after: last?.ruling)
      return decision
    }
  }

  /// Decisions after a number, in order: what the feed carries down to stations.
  package func decisions(after number: Int64, limit: Int) async throws -> [Decision] {
    try await store.read { try $0.decisions(after: number, limit: limit) }
  }
}

extension StringProtocol {
  /// Without white space at either end.
  var trimmed: SubSequence {
    let start = drop(while: \.isWhitespace)
    guard let last = start.lastIndex(where: { !$0.isWhitespace }) else { return start.prefix(0) }
    return start[...last]
  }
}

extension RegistryReader {
  /// An event that was applied; `nil` where there is none, or this version can't read it.
  func event(_ reference: EventReference) throws -> Event? {
    var found: Event?
    try forEachEvent(
      of: reference.station, epoch: reference.epoch, after: reference.sequence - 1
    ) { stored in
      if stored.sequence == reference.sequence { found = try? Event(encoded: stored.bytes) }
      return false
    }
    return found
  }
}

extension RegistryTransaction {
  /// Tells the group's stations of a decision; a later one on the same conflict takes its place.
  ///
  /// Its reason stays at the host, as it may name somebody.
  func announce(_ decision: Decision) throws {
    try publish([.decision(FeedDecision(decision))])
  }
}

extension FeedDecision {
  init(_ decision: Decision) {
    let event = decision.conflict.event
    self.init(
      station: event.station, epoch: event.epoch, sequence: event.sequence,
      conflict: decision.conflict.name, decision: decision.ruling.rawValue)
  }
}

/// What a decision does to the books: acts that do not stand are passed over.
private struct Settlement {
  let conflict: Conflict
  let books: any RegistryTransaction
  let nowMilliseconds: Int64

  func enact(_ ruling: Ruling, after earlier: Ruling?) throws {
    switch (ruling, earlier) {
    case (.booksHold, _):
      // Once something has happened to the item since, that says where it is.
      guard conflict.kind?.isAboutPlace == true, let item = try conflict.heldItem,
        try books.holdings(of: [item])[0]?.lastEvent == conflict.event
      else { return }
      try rule(.passedOver)
    case (.reopened, .booksHold): try rule(.stands)
    case (.acceptedAsFound, _): try rule(.takenIn)
    // It may hold no longer, without anybody having looked.
    case (.reopened, _): try settle()
    case (.eventHolds, _), (.labelLost, _), (.dismissed, _), (.noLongerHolds, _): break
    }
  }

  private func rule(_ ruling: ItemHistory.Ruling) throws {
    guard let item = try conflict.heldItem else { return }
    try books.rule(conflict.event, on: item, ruling)
    try settle()
  }

  private func settle() throws {
    guard conflict.kind?.comesFromHistory == true, let item = try conflict.heldItem else { return }
    try books.settle(
      [item], reportedBy: conflict.event.station.library, atMilliseconds: nowMilliseconds)
  }
}

extension Conflict {
  /// The item that it is about, or `nil`.
  var heldItem: ItemID? {
    get throws { try item.flatMap { try ItemID($0.item) } }
  }
}
