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
      try Settlement(conflict: listed.conflict, books: books).enact(ruling, after: last?.ruling)
      let decision = try books.decide(
        id, item: listed.conflict.item?.item, ruling, reason: reason, by: name,
        atMilliseconds: now)
      try books.write(
        .decided, by: name, on: "\(id.event) \(id.name)", detail: "\(ruling.rawValue) \(reason)",
        atMilliseconds: now)
      try books.announce(decision)
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

/// What a decision does to the books: the item goes where the side that holds says that it is.
private struct Settlement {
  let conflict: Conflict
  let books: any RegistryTransaction

  func enact(_ ruling: Ruling, after earlier: Ruling?) throws {
    switch (ruling, earlier) {
    case (.eventHolds, _), (.reopened, .booksHold): try place(by: conflict.event)
    case (.booksHold, _):
      if let last = conflict.item?.lastEvent { try place(by: last) }
    case (.acceptedAsFound, _): try takeIn()
    case (.labelLost, _), (.dismissed, _), (.reopened, _), (.noLongerHolds, _): break
    }
  }

  /// Puts the item where an event left it, unless something has happened to it since.
  private func place(by reference: EventReference) throws {
    let sides = [conflict.event, conflict.item?.lastEvent]
    guard conflict.kind?.isAboutPlace == true, let item = try conflict.heldItem,
      let held = try books.holdings(of: [item])[0], sides.contains(held.lastEvent),
      held.lastEvent != reference, let event = try books.event(reference),
      let left = event.holding(afterIts: held.holding)
    else { return }
    let now = Holding(
      item: item, record: held.holding.record, place: left.place, loan: left.loan,
      version: held.holding.version, gaps: held.holding.gaps)
    try books.save([HeldItem(holding: now, lastEvent: reference)])
    try books.publish([.item(FeedItem(now))])
    guard now.place != held.holding.place else { return }
    try books.post(
      [held.holding.place: -1, now.place: 1], reportedBy: conflict.event.station.library)
  }

  /// Takes an item that nobody has registered into the books, where the event left it.
  private func takeIn() throws {
    guard let item = try conflict.heldItem, try books.holdings(of: [item])[0] == nil,
      let event = try books.event(conflict.event), let move = event.fact.move,
      let gaps = ActGaps(move.seen > 0 ? "1-\(move.seen)" : "")
    else { return }
    let unknown = Holding(
      item: item, record: .unknownTitle, place: move.from, loan: nil, version: move.seen + 1)
    let left = event.holding(afterIts: unknown) ?? unknown
    let found = Holding(
      item: item, record: .unknownTitle, place: left.place, loan: left.loan,
      version: move.seen + 1, gaps: gaps)
    try books.save([HeldItem(holding: found, lastEvent: conflict.event)])
    try books.publish([.item(FeedItem(found))])
    try books.post([.outside: -1, found.place: 1], reportedBy: conflict.event.station.library)
  }
}

extension Conflict {
  /// The item that it is about, or `nil`.
  var heldItem: ItemID? {
    get throws { try item.flatMap { try ItemID($0.item) } }
  }
}

extension Event {
  /// The item as this event left it, had it been where the event says that it was.
  fileprivate func holding(afterIts holding: Holding) -> Holding? {
    guard let move = fact.move else { return nil }
    switch fact {
    case .itemRegistered, .discovered:
      return Holding(
        item: holding.item, record: holding.record, place: move.to, loan: nil,
        version: holding.version)
    default:
      let before = Holding(
        item: holding.item, record: holding.record, place: move.from, loan: holding.loan,
        version: move.seen)
      return effect(on: before).holding
    }
  }
}
