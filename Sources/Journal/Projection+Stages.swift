import FoundationEssentials
import GRDB
import Labels
import Ledger
import Rotation
import Storage

/// What boxes' trips for stages leave in the tables.
extension Projection {
  func take(_ change: StageTripChange) throws {
    switch change {
    case .begun(let trip): try save(trip)
    case .done(let name, let mark): try finish(name, at: mark)
    case .void(let name): try remove(name)
    }
  }

  private func save(_ trip: StageTrip) throws {
    let manifest = trip.slip.manifest
    try database.cachedStatement(
      sql: """
        INSERT OR REPLACE INTO stage_trips (\(StageTripRow.columns), rota, stage, sender,
          destination, items)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """
    ).execute(arguments: [
      manifest.box.text, manifest.seal, trip.isInbound, Data(trip.slip.signed.bytes),
      trip.began.epoch.number, trip.began.sequence, trip.done?.epoch.number, trip.done?.sequence,
      trip.stage.rota.text, trip.stage.number, trip.way.from.text, trip.way.to.text,
      manifest.items.count,
    ])
  }

  private func finish(_ name: StageTrip.Name, at mark: EventMark) throws {
    let update = try BoundStatement(
      database,
      sql: """
        UPDATE stage_trips SET done_epoch = ?4, done_sequence = ?5
        WHERE box = ?1 AND seal = ?2 AND inbound = ?3 AND done_epoch IS NULL
        """)
    try update.run { row in
      row.bind(name)
      row.bind(mark.epoch.number)
      row.bind(mark.sequence)
    }
  }

  private func remove(_ name: StageTrip.Name) throws {
    let delete = try BoundStatement(
      database, sql: "DELETE FROM stage_trips WHERE box = ? AND seal = ? AND inbound = ?")
    try delete.run { $0.bind(name) }
  }
}

extension BoundValues {
  fileprivate mutating func bind(_ name: StageTrip.Name) {
    bind(name.step.box.text)
    bind(name.step.seal)
    bind(name.isInbound ? 1 : 0)
  }
}

/// The table `stage_trips`, read back into the ledger's terms.
enum StageTripRow {
  /// The columns that `trip` reads, in its order; the others repeat what the slip says.
  static let columns = """
    box, seal, inbound, slip, began_epoch, began_sequence, done_epoch, done_sequence
    """

  static func trip(_ row: BoundColumns) throws -> StageTrip {
    let slip = try SealedSlip(SignedManifest(bytes: row.blob(3) ?? []))
    guard let stage = slip.manifest.stage, let began = CountedRow.mark(row, 4) else {
      throw JournalError.damaged("table stage_trips")
    }
    let done = row.optionalInt(6) == nil ? nil : CountedRow.mark(row, 6)
    return StageTrip(
      stage: stage, slip: slip, isInbound: row.int(2) != 0, began: began, done: done)
  }
}
