import FoundationEssentials
import GRDB
package import Ledger

extension Journal {
  /// Ends this epoch with an event that names the next key, and begins the next one under it.
  ///
  /// What was set aside in a recovery and is not carried over yet is recorded anew in the new
  /// epoch, each act under its own name and at its own moment.
  /// - Returns: the new epoch.
  @discardableResult
  package func succeed(with nextKey: PublicKeyBytes) async throws -> Epoch {
    let (recorder, clock) = (EventRecorder(station: station), clock)
    return try await write { database in
      let epoch = try recorder.epoch(in: database)
      guard let next = epoch.next else { throw JournalError.noNextEpoch }
      let end = NamedOperation(id: Self.newOperation(at: clock.now()))
      _ = try recorder.append(
        .link(.epochEnded(nextKey: nextKey)), by: end, at: clock.now(), in: database)
      try EpochChange(recorder: recorder, database: database).begin(next)
      return next
    }
  }

  /// Begins an epoch that the host has given to this machine, all earlier ones being its history.
  ///
  /// What was recorded here beyond the host's copy is carried over into the new epoch. An epoch
  /// that has begun already goes on as it is.
  package func begin(_ epoch: Epoch) async throws {
    let recorder = EventRecorder(station: station)
    try await write { database in
      let current = try recorder.epoch(in: database)
      guard epoch >= current else { throw JournalError.laterEpoch(current) }
      try EpochChange(recorder: recorder, database: database).begin(epoch)
    }
  }

  /// Takes events of this station from the host's copy, after the last position that both have.
  ///
  /// Everything that was recorded here after that position is set aside, and carried over when the
  /// next epoch begins; what is made from events is then made anew. The epoch of the position is
  /// the one that goes on.
  package func adopt(_ events: [[UInt8]], after start: Position) async throws {
    let recorder = EventRecorder(station: station)
    try await write { database in
      try EpochChange(recorder: recorder, database: database).adopt(events, after: start)
    }
  }

  /// Takes events of an earlier epoch that the host has released since, and its word for them.
  ///
  /// What is made from events is then made anew.
  /// - Returns: `false`, with nothing changed, where an act of them is here under another epoch.
  /// - Throws: `JournalError.notContinuous` where they do not follow the epoch's last event here.
  package func takeReleased(
    _ events: [[UInt8]], after start: Position, cursor: Position, receipt: [UInt8]
  ) async throws -> Bool {
    let recorder = EventRecorder(station: station)
    return try await write { database in
      let change = EpochChange(recorder: recorder, database: database)
      guard try change.takeReleased(events, after: start) else { return false }
      // With the events, as nobody here has the key to send them.
      try Self.keep(receipt, for: cursor, in: database)
      return true
    }
  }

  private static func newOperation(at moment: Moment) -> OperationID {
    var generator = SystemRandomNumberGenerator()
    return .make(unixMilliseconds: moment.wallMilliseconds, using: &generator)
  }
}

/// The step from one epoch of a station's life to the next, inside a transaction.
private struct EpochChange {
  let recorder: EventRecorder
  let database: Database

  func begin(_ epoch: Epoch) throws {
    try enter(epoch)
    try carryOver()
  }

  private func enter(_ epoch: Epoch) throws {
    try database.execute(sql: "UPDATE station SET epoch = ?", arguments: [epoch.number])
  }

  /// Records what was set aside anew, in the order in which it was recorded at first.
  private func carryOver() throws {
    let rows = try Data.fetchAll(database, sql: ProjectionRebuild.eventsSetAside)
    guard !rows.isEmpty else { return }
    for bytes in rows {
      let event = try Event(encoded: bytes)
      // What was said of the old link does not hold of the new one.
      if case .link = event.fact { continue }
      let operation = NamedOperation(id: event.operation, device: event.device)
      // The host's copy may have the act from another copy of this disk.
      guard try recorder.event(of: operation.id, in: database) == nil else { continue }
      _ = try recorder.chain(event.fact, by: operation, at: event.moment, in: database)
    }
    try database.execute(sql: "UPDATE set_aside SET carried_over = 1")
    try ProjectionRebuild(database: database).run()
  }

  func adopt(_ events: [[UInt8]], after start: Position) throws {
    let tookAside = try setAside(after: start)
    let head = try EventRecorder.head(of: recorder.station, epoch: start.epoch, in: database)
    guard head == start else { throw JournalError.notContinuous(head) }
    try enter(start.epoch)
    try insert(events, after: start, projecting: !tookAside)
    if tookAside { try ProjectionRebuild(database: database).run() }
  }

  func takeReleased(_ events: [[UInt8]], after start: Position) throws -> Bool {
    guard try start.epoch < recorder.epoch(in: database) else { return false }
    let head = try EventRecorder.head(of: recorder.station, epoch: start.epoch, in: database)
    guard head == start else { throw JournalError.notContinuous(head) }
    for bytes in events {
      let operation = try Event(encoded: bytes).operation
      guard try recorder.event(of: operation, in: database) == nil else { return false }
    }
    try insert(events, after: start, projecting: false)
    try ProjectionRebuild(database: database).run()
    return true
  }

  /// Moves the events after a position out of the chain; false where there are none.
  private func setAside(after start: Position) throws -> Bool {
    let later = "epoch > ?1 OR (epoch = ?1 AND sequence > ?2)"
    let range: StatementArguments = [start.epoch.number, start.sequence]
    try database.execute(
      sql: """
        INSERT OR IGNORE INTO set_aside (epoch, sequence, hash, bytes, carried_over)
        SELECT epoch, sequence, hash, bytes, 0 FROM events WHERE \(later)
        """, arguments: range)
    // A receipt of another host's, or of another history's, says nothing of this one.
    try database.execute(sql: "DELETE FROM receipts WHERE \(later)", arguments: range)
    try database.execute(sql: "DELETE FROM events WHERE \(later)", arguments: range)
    return database.changesCount > 0
  }

  private func insert(
    _ events: [[UInt8]], after start: Position, projecting: Bool
  ) throws {
    var position = start
    for bytes in events {
      let event = try Event(encoded: bytes)
      position = Position(
        epoch: start.epoch, sequence: position.sequence + 1, hash: position.hash.link(bytes))
      guard event.station == recorder.station, event.epoch == position.epoch,
        event.sequence == position.sequence
      else { throw JournalError.notContinuous(position) }
      try recorder.insert(event, bytes: bytes, hash: position.hash, in: database)
      if projecting { try Projection(database: database).apply(event) }
    }
  }
}
