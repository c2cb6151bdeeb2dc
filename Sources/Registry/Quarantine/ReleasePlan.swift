import Exchange
import Ledger

/// The way from the end of the books to an event that was kept aside.
///
/// What was kept is never taken away, so the way holds while it is gone in several steps.
struct ReleasePlan: Sendable {
  let station: StationID
  /// Where the books' own history of the epoch ends.
  let start: Position
  /// Where each event on the way leaves the chain.
  let path: [Position]
  /// How far the station's other epochs were searched for acts that it has sent again.
  let searched: [Epoch: Int64]

  /// The events of the next step.
  func events(
    from done: Int, in books: any RegistryReader
  ) throws -> [QuarantinedEvent] {
    let step = path[done..<min(done + QuarantineLimits.eventsPerStep, path.count)]
    guard let first = step.first, let last = step.last else { return [] }
    let hashes = Set(step.map(\.hash))
    var events: [QuarantinedEvent] = []
    try books.forEachKeptAside(
      of: station, epoch: start.epoch, in: first.sequence...last.sequence
    ) { event in
      if hashes.contains(event.hash) { events.append(event) }
    }
    return events
  }
}

extension RegistryReader {
  /// Finds the way to an event that was kept aside; nothing where the books have it already.
  func releasePlan(of station: StationID, through last: Position) throws -> ReleasePlan? {
    guard let enrolled = try self.station(station, epoch: last.epoch), enrolled.closing != nil,
      try quarantineCount(of: station, epoch: last.epoch, isOpen: false) > 0
    else { throw QuarantineError.nothingThere }
    let start = enrolled.cursor
    let known = EventReference(station: station, epoch: last.epoch, sequence: last.sequence)
    if last.sequence <= start.sequence, try hash(of: known) == last.hash { return nil }
    let way = try way(from: start, to: last, of: station)
    guard !way.isEmpty else { throw QuarantineError.doesNotFollow(start) }
    let again = try otherActs(
      of: Set(way.compactMap(\.operation)), by: station, besides: last.epoch)
    let new = way.prefix { step in step.operation.map { again.found[$0] == nil } ?? true }
    guard !new.isEmpty else {
      throw way.first?.operation.flatMap { again.found[$0] }.map { QuarantineError.cameAgain($0) }
        ?? .nothingThere
    }
    return ReleasePlan(
      station: station, start: start, path: new.map(\.position), searched: again.searched)
  }

  /// The positions from the end of the books to one that was kept, each with its act.
  private func way(
    from start: Position, to last: Position, of station: StationID
  ) throws -> [(position: Position, operation: OperationID?)] {
    guard start.sequence < last.sequence else { return [] }
    // Each event that can be reached, with the one before it: two may follow the same.
    var reached: [ChainHash: (before: ChainHash, operation: OperationID?)] = [:]
    var (ends, next, number) = (Set([start.hash]), Set<ChainHash>(), start.sequence + 1)
    try forEachKeptAside(
      of: station, epoch: start.epoch, in: (start.sequence + 1)...last.sequence
    ) { event in
      if event.event.sequence > number {
        (ends, next) = (event.event.sequence == number + 1 ? next : [], [])
        number = event.event.sequence
      }
      guard let before = ends.first(where: { $0.link(event.bytes) == event.hash }) else { return }
      reached[event.hash] = (before, try? Event(encoded: event.bytes).operation)
      next.insert(event.hash)
    }
    var way: [(position: Position, operation: OperationID?)] = []
    var (hash, sequence) = (last.hash, last.sequence)
    while sequence > start.sequence, let step = reached[hash] {
      let position = Position(epoch: start.epoch, sequence: sequence, hash: hash)
      way.append((position, step.operation))
      (hash, sequence) = (step.before, sequence - 1)
    }
    return hash == start.hash && sequence == start.sequence ? way.reversed() : []
  }

  /// Reads what was kept aside of an epoch, page by page.
  fileprivate func forEachKeptAside(
    of station: StationID, epoch: Epoch, in sequences: ClosedRange<Int64>,
    _ body: (QuarantinedEvent) throws -> Void
  ) throws {
    var offset = 0
    while true {
      let page = try keptAside(
        of: station, epoch: epoch, after: sequences.lowerBound - 1, offset: offset,
        limit: QuarantineLimits.eventsPerStep)
      for kept in page {
        guard kept.event.event.sequence <= sequences.upperBound else { return }
        try body(kept.event)
      }
      guard page.count == QuarantineLimits.eventsPerStep else { return }
      offset += page.count
    }
  }
}

/// Acts that a station has sent under several keys.
struct OtherActs {
  /// The event of another epoch that is in the books, by its operation.
  var found: [OperationID: EventReference] = [:]
  /// How far each of the other epochs was searched.
  var searched: [Epoch: Int64] = [:]
}

extension RegistryReader {
  /// The events of a station's other epochs that are of these operations.
  ///
  /// A machine that was superseded brings its acts again once it is enrolled with a new code.
  /// `searched` says what need not be looked through again.
  func otherActs(
    of operations: Set<OperationID>, by station: StationID, besides epoch: Epoch,
    after searched: [Epoch: Int64] = [:]
  ) throws -> OtherActs {
    var acts = OtherActs()
    let others = try enrolments().filter {
      $0.enrolment.station == station && $0.enrolment.epoch != epoch
    }
    for other in others {
      let number = other.enrolment.epoch
      acts.searched[number] = other.cursor.sequence
      try forEachEvent(of: station, epoch: number, after: searched[number] ?? 0) { stored in
        guard let event = try? Event(encoded: stored.bytes) else { return true }
        if operations.contains(event.operation) {
          acts.found[event.operation] = EventReference(event)
        }
        return acts.found.count < operations.count
      }
    }
    return acts
  }
}
