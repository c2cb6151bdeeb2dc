import GRDB
package import Labels
package import Ledger
package import Rotation
import Storage

/// What boxes have gone from or come to this library for a stage, in sum.
package struct StageHandover: Hashable, Sendable {
  package let stage: StageReference
  package let way: StageWay
  /// The boxes came here.
  package let isInbound: Bool
  package let boxCount: Int
  /// As their slips say.
  package let itemCount: Int
  /// How many of the boxes are sent off, or received to the end.
  package let doneCount: Int
}

extension JournalView {
  /// Trips of boxes that one stage may have here: a thousand hold 200,000 items.
  package static let longestStage = 1_000

  /// The trips of boxes for a stage, in order of boxes and sealings.
  package func stageTrips(of stage: StageReference) throws -> [StageTrip] {
    let select = try BoundStatement(
      database,
      sql: """
        SELECT \(StageTripRow.columns) FROM stage_trips WHERE rota = ? AND stage = ?
        ORDER BY box, seal, inbound LIMIT \(Self.longestStage)
        """)
    return try select.all(
      {
        $0.bind(stage.rota.text)
        $0.bind(stage.number)
      }, read: StageTripRow.trip)
  }

  /// What has gone and come for each stage, the latest rota and stage first.
  package func stageHandovers() throws -> [StageHandover] {
    let select = try BoundStatement(
      database,
      sql: """
        SELECT rota, stage, sender, destination, inbound, count(*), sum(items), count(done_epoch)
        FROM stage_trips GROUP BY rota, stage, sender, destination, inbound
        ORDER BY rota DESC, stage DESC, inbound, sender, destination LIMIT \(Self.longestList)
        """)
    return try select.all({ _ in }) { row in
      guard let rota = RotaID(row.text(0)),
        let stage = StageReference(rota: rota, number: row.int(1))
      else { throw JournalError.damaged("table stage_trips") }
      return StageHandover(
        stage: stage,
        way: StageWay(from: try LibraryCode(row.text(2)), to: try LibraryCode(row.text(3))),
        isInbound: row.int(4) != 0, boxCount: row.int(5), itemCount: row.int(6),
        doneCount: row.int(7))
    }
  }

  /// The items that were counted out of a box on a trip.
  package func countedItems(of trip: StageTrip) throws -> [ItemID] {
    let select = try BoundStatement(
      database,
      sql: """
        SELECT item FROM counted_items
        WHERE box = ? AND began_epoch = ? AND began_sequence = ? ORDER BY item
        """)
    return try select.all({
      $0.bind(trip.slip.manifest.box.text)
      $0.bind(trip.began.epoch.number)
      $0.bind(trip.began.sequence)
    }) { try ItemID($0.text(0)) }
  }

  /// An earlier revision of a rota, or nothing where the host never told of it here.
  package func rota(_ id: RotaID, revision: Int) throws -> PublishedRota? {
    let select = try BoundStatement(
      database, sql: "SELECT bytes FROM rota_revisions WHERE rota = ? AND revision = ?")
    return try select.first {
      $0.bind(id.text)
      $0.bind(revision)
    } read: { row in
      let name = FeedEntry.Name(kind: FeedKind.rota, library: nil, key: id.text)
      guard
        case .rota(let published)? = try FeedContent(
          FeedEntry(name: name, value: row.blob(0) ?? []))
      else { throw JournalError.damaged("table rota_revisions") }
      return published
    }
  }
}
