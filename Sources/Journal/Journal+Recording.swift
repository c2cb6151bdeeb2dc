import GRDB
package import Ledger
import Storage

/// An event that is on disk, and whether it was there before.
package struct Recorded: Hashable, Sendable {
  package let event: Event
  /// The operation had been recorded already; nothing was done this time.
  package let isRepeat: Bool
}

/// An act to be recorded: the caller's name for it, and what brought it.
package struct NamedOperation: Hashable, Sendable {
  package let id: OperationID
  /// The device or page that it came from.
  package let device: String?

  package init(id: OperationID, device: String? = nil) {
    self.id = id
    self.device = device
  }
}

extension Journal {
  /// Returns once the fact is on disk, so that the patron may walk away with the book.
  ///
  /// The decision is made inside the transaction that records it, so that two desks never lend one
  /// book; what is told about it afterwards is read there too, so that nothing can fail once it is
  /// recorded. An operation that was recorded before is answered with its event, and nothing is
  /// decided. Whatever `decide` or `tell` throws is passed on and nothing is recorded. When the
  /// disk fails, the store is opened anew and the operation looked up, since a failed commit may
  /// have succeeded.
  package func record<Answer: Sendable>(
    _ operation: NamedOperation,
    deciding decide: @escaping @Sendable (JournalTransaction) throws -> Fact,
    telling tell: @escaping @Sendable (Recorded, JournalView) throws -> Answer
  ) async throws -> Answer {
    let recorder = EventRecorder(station: station)
    let clock = clock
    return try await transact(operation.id) { transaction in
      let (database, view) = (transaction.database, transaction.view)
      if let event = try recorder.event(of: operation.id, in: database) {
        return try tell(Recorded(event: event, isRepeat: true), view)
      }
      let fact = try decide(transaction)
      let event = try recorder.append(fact, by: operation, at: clock.now(), in: database)
      return try tell(Recorded(event: event, isRepeat: false), view)
    } recovering: { view in
      try recorder.event(of: operation.id, in: view.database)
        .map { try tell(Recorded(event: $0, isRepeat: false), view) }
    }
  }

  /// Records all that one act brings about: all of its facts and what `decide` keeps, or nothing.
  ///
  /// The facts after the first bear names derived from the operation's. An act that brings about no
  /// fact leaves no trace of its name, so repeating it must do no harm. For the rest as `record`.
  package func recordAll<Answer: Sendable>(
    _ operation: NamedOperation,
    deciding decide: @escaping @Sendable (JournalTransaction) throws -> [Fact],
    telling tell: @escaping @Sendable ([Recorded], JournalView) throws -> Answer
  ) async throws -> Answer {
    let recorder = EventRecorder(station: station)
    let clock = clock
    return try await transact(operation.id) { transaction in
      let (database, view) = (transaction.database, transaction.view)
      let earlier = try recorder.events(of: operation.id, in: database)
      guard earlier.isEmpty else {
        return try tell(earlier.map { Recorded(event: $0, isRepeat: true) }, view)
      }
      let events = try decide(transaction).enumerated().map { index, fact in
        let name = NamedOperation(id: operation.id.derived(index), device: operation.device)
        return try recorder.append(fact, by: name, at: clock.now(), in: database)
      }
      return try tell(events.map { Recorded(event: $0, isRepeat: false) }, view)
    } recovering: { view in
      let events = try recorder.events(of: operation.id, in: view.database)
      return events.isEmpty
        ? nil : try tell(events.map { Recorded(event: $0, isRepeat: false) }, view)
    }
  }

  /// Writes in one transaction; where its outcome is not known, opens the store anew and looks.
  private func transact<Answer: Sendable>(
    _ operation: OperationID,
    _ body: @escaping @Sendable (JournalTransaction) throws -> Answer,
    recovering recover: @escaping @Sendable (JournalView) throws -> Answer?
  ) async throws -> Answer {
    let (vault, pool) = (vault, currentPool)
    do {
      return try await write(in: pool) { database in
        try body(JournalTransaction(database: database, vault: vault, operation: operation))
      }
    } catch JournalError.storageFailed(let detail) {
      try reopen(insteadOf: pool)
      guard let answer = try await read(recover) else {
        throw JournalError.storageFailed(detail)
      }
      return answer
    }
  }

  /// Records many facts in one transaction: all of them or none.
  ///
  /// For an import, where nobody walks away between two of them. Operations that were recorded
  /// before are passed over, so that an import may be repeated.
  /// - Returns: how many were new.
  @discardableResult
  package func recordAll(_ facts: [(id: OperationID, fact: Fact)]) async throws -> Int {
    let recorder = EventRecorder(station: station)
    let clock = clock
    return try await write { database in
      var count = 0
      for (id, fact) in facts where try recorder.event(of: id, in: database) == nil {
        _ = try recorder.append(fact, by: NamedOperation(id: id), at: clock.now(), in: database)
        count += 1
      }
      return count
    }
  }

  /// The event of an operation, or `nil` where it was never recorded.
  package func event(of operation: OperationID) async throws -> Event? {
    let recorder = EventRecorder(station: station)
    return try await read { try recorder.event(of: operation, in: $0.database) }
  }
}

/// Appends events to the chain and moves the projections with them, inside a transaction.
struct EventRecorder: Sendable {
  let station: StationID

  /// The epoch in which events are recorded now; another process may have begun it.
  func epoch(in database: Database) throws -> Epoch {
    let select = try BoundStatement(database, sql: "SELECT epoch FROM station")
    let number = try select.first({ _ in }, read: { $0.int(0) })
    guard let epoch = number.flatMap({ Epoch($0) }) else {
      throw JournalError.damaged("table station")
    }
    return epoch
  }

  func append(
    _ fact: Fact, by operation: NamedOperation, at moment: Moment, in database: Database
  ) throws -> Event {
    let event = try chain(fact, by: operation, at: moment, in: database)
    try Projection(database: database).apply(event)
    return event
  }

  /// Adds a fact to the chain, without what follows from it.
  func chain(
    _ fact: Fact, by operation: NamedOperation, at moment: Moment, in database: Database
  ) throws -> Event {
    let epoch = try epoch(in: database)
    let head = try Self.head(of: station, epoch: epoch, in: database)
    let event = Event(
      station: station, epoch: epoch, sequence: head.sequence + 1, moment: moment,
      operation: operation.id, device: operation.device, fact: fact)
    let bytes = event.encoded
    // What could not be read back would stop every later event on its way to the host.
    do throws(CBORError) {
      _ = try Event(encoded: bytes[...])
    } catch {
      throw JournalError.unrecordable(error)
    }
    try insert(event, bytes: bytes, hash: head.hash.link(bytes), in: database)
    return event
  }

  /// Writes a link of the chain, whose hash is known.
  func insert(
    _ event: Event, bytes: [UInt8], hash: ChainHash, in database: Database
  ) throws {
    let insert = try BoundStatement(
      database,
      sql: """
        INSERT INTO events (epoch, sequence, operation, hash, bytes) VALUES (?, ?, ?, ?, ?)
        """)
    try insert.run { row in
      row.bind(event.epoch.number)
      row.bind(event.sequence)
      row.bind(blob: event.operation.bytes[...])
      hash.withUnsafeBytes { row.bind(blob: $0) }
      row.bind(blob: bytes[...])
    }
  }

  func event(of operation: OperationID, in database: Database) throws -> Event? {
    let select = try BoundStatement(
      database, sql: "SELECT bytes FROM events WHERE operation = ?")
    return try select.first({ $0.bind(blob: operation.bytes[...]) }) {
      try Event(encoded: $0.blob(0) ?? [])
    }
  }

  /// The events of an operation and of the names derived from it, in order.
  func events(of operation: OperationID, in database: Database) throws -> [Event] {
    var events: [Event] = []
    while let event = try event(of: operation.derived(events.count), in: database) {
      events.append(event)
    }
    return events
  }

  /// Where the chain of an epoch ends.
  static func head(
    of station: StationID, epoch: Epoch, in database: Database
  ) throws -> Position {
    let select = try BoundStatement(
      database,
      sql: """
        SELECT sequence, hash FROM events WHERE epoch = ? ORDER BY sequence DESC LIMIT 1
        """)
    let head = try select.first({ $0.bind(epoch.number) }) { row in
      guard let hash = ChainHash(bytes: row.blob(1) ?? []) else {
        throw JournalError.damaged("hash of event \(row.integer(0))")
      }
      return Position(epoch: epoch, sequence: row.integer(0), hash: hash)
    }
    return head ?? .start(of: station, epoch: epoch)
  }
}
