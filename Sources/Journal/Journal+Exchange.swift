import FoundationEssentials
import GRDB
package import Ledger

/// A run of events as they stand in the chain, for the way to the host.
package struct EventRange: Hashable, Sendable {
  /// The position before the first event.
  package let start: Position
  /// Each event's bytes, in order and without a gap.
  package let events: [[UInt8]]
  /// The position of the last event; the start where there is none.
  package let end: Position
}

extension Journal {
  /// Where the chain of this epoch ends, and up to where the host has acknowledged it.
  package func positions() async throws -> (head: Position, acknowledged: Position) {
    let station = station
    return try await read { view in
      let epoch = try view.epoch(of: station)
      return (
        try view.head(of: station, epoch: epoch),
        try view.acknowledged(by: station, epoch: epoch)
      )
    }
  }

  /// The epoch in which events are recorded now.
  package func epoch() async throws -> Epoch {
    let station = station
    return try await read { try $0.epoch(of: station) }
  }

  /// Where the chain of an epoch ends.
  package func head(of epoch: Epoch) async throws -> Position {
    let station = station
    return try await read { try $0.head(of: station, epoch: epoch) }
  }

  /// The last position of an epoch for which the host gave a receipt.
  package func acknowledged(in epoch: Epoch) async throws -> Position {
    let station = station
    return try await read { try $0.acknowledged(by: station, epoch: epoch) }
  }

  /// Where the chain of this epoch ends.
  package func head() async throws -> Position {
    try await positions().head
  }

  /// How many events the host has not acknowledged.
  package func pendingCount() async throws -> Int64 {
    let station = station
    return try await read { try $0.pendingCount(of: station) }
  }

  /// The last position of this epoch for which the host gave a receipt.
  package func acknowledged() async throws -> Position {
    try await positions().acknowledged
  }

  /// The events after a position of this epoch, up to limits of number and of bytes.
  ///
  /// The first event is taken whatever its size, so that a batch always moves on.
  package func events(
    after start: Position, countLimit: Int, byteLimit: Int
  ) async throws -> EventRange {
    try await read { view in
      let cursor = try Row.fetchCursor(
        view.database,
        sql: """
          SELECT sequence, hash, bytes FROM events
          WHERE epoch = ? AND sequence > ? ORDER BY sequence LIMIT ?
          """,
        arguments: [start.epoch.number, start.sequence, countLimit])
      var events: [[UInt8]] = []
      var end = start
      var byteCount = 0
      while let row = try cursor.next() {
        let bytes: Data = row["bytes"]
        guard events.isEmpty || byteCount + bytes.count <= byteLimit else { break }
        guard let hash = ChainHash(bytes: row["hash"] as Data) else {
          throw JournalError.damaged("hash of event \(row["sequence"] as Int64)")
        }
        byteCount += bytes.count
        events.append(Array(bytes))
        end = Position(epoch: start.epoch, sequence: row["sequence"], hash: hash)
      }
      return EventRange(start: start, events: events, end: end)
    }
  }

  /// Up to where the host has kept aside what it did not put into its books; `nil` for nowhere.
  package func keptAside() async throws -> Position? {
    let text = try await read { try $0.setting(Self.keptAsideSetting) }
    let words = (text ?? "").split(separator: " ")
    guard words.count == 3, let epoch = Int(words[0]).flatMap({ Epoch($0) }),
      let sequence = Int64(words[1]), let bytes = Hex.bytes(of: words[2]),
      let hash = ChainHash(bytes: bytes)
    else { return nil }
    return Position(epoch: epoch, sequence: sequence, hash: hash)
  }

  /// Notes up to where the host has kept aside what it did not put into its books.
  package func keepAside(_ position: Position) async throws {
    try await set(
      Self.keptAsideSetting, to: "\(position.epoch) \(position.sequence) \(position.hash)")
  }

  private static let keptAsideSetting = "kept-aside"

  /// Keeps the host's receipt for a position; an older one than is kept changes nothing.
  package func acknowledge(_ position: Position, receipt: [UInt8]) async throws {
    try await write { try Self.keep(receipt, for: position, in: $0) }
  }

  static func keep(
    _ receipt: [UInt8], for position: Position, in database: Database
  ) throws {
    try database.execute(
      sql: """
        INSERT INTO receipts (epoch, sequence, hash, bytes) VALUES (?, ?, ?, ?)
        ON CONFLICT (epoch) DO UPDATE SET sequence = excluded.sequence,
          hash = excluded.hash, bytes = excluded.bytes
          WHERE excluded.sequence >= receipts.sequence
        """,
      arguments: [
        position.epoch.number, position.sequence, Data(position.hash.bytes), Data(receipt),
      ])
  }
}

extension JournalView {
  /// The epoch in which events are recorded now.
  package func epoch(of station: StationID) throws -> Epoch {
    try EventRecorder(station: station).epoch(in: database)
  }

  /// How many events of all epochs the host has not acknowledged.
  package func pendingCount(of station: StationID) throws -> Int64 {
    var count: Int64 = 0
    for number in 1...(try epoch(of: station).number) {
      guard let epoch = Epoch(number) else { continue }
      count += try head(of: station, epoch: epoch).sequence
      count -= try acknowledged(by: station, epoch: epoch).sequence
    }
    return count
  }

  /// The last position of an epoch for which the host gave a receipt.
  package func acknowledged(by station: StationID, epoch: Epoch) throws -> Position {
    let row = try Row.fetchOne(
      database, sql: "SELECT sequence, hash FROM receipts WHERE epoch = ?",
      arguments: [epoch.number])
    guard let row, let hash = ChainHash(bytes: row["hash"] as Data) else {
      return .start(of: station, epoch: epoch)
    }
    return Position(epoch: epoch, sequence: row["sequence"], hash: hash)
  }

  /// Where the chain of an epoch ends.
  package func head(of station: StationID, epoch: Epoch) throws -> Position {
    try EventRecorder.head(of: station, epoch: epoch, in: database)
  }
}
