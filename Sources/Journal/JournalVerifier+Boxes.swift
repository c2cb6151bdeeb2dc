import FoundationEssentials
import GRDB
import Labels
import Ledger
import Storage

/// Holds what is made from facts of boxes against the replay.
extension JournalVerifier {
  mutating func compareBoxes() throws {
    var unseen = accounts.boxes
    let boxes = try BoundStatement(
      database, sql: "SELECT \(BoxRow.columns) FROM boxes ORDER BY number")
    try boxes.forEach { row in
      let text = row.text(0)
      let expected = (try? BoxNumber(text)).flatMap { unseen.removeValue(forKey: $0) }
      let found = try? BoxRow.record(row)
      if found == nil || found != expected {
        result.note("box \(text): the table and the events differ")
      }
      return true
    }
    for box in unseen.keys.sorted() { result.note("box \(box): missing from the table") }
    try compareCountedItems()
    try compareStageTrips()
  }

  private mutating func compareStageTrips() throws {
    var unseen = accounts.stageTrips
    let rows = try BoundStatement(
      database, sql: "SELECT \(StageTripRow.columns) FROM stage_trips ORDER BY box, seal, inbound")
    try rows.forEach { row in
      let found = try? StageTripRow.trip(row)
      if found == nil || found != found.flatMap({ unseen.removeValue(forKey: $0.name) }) {
        result.note("trip of box \(row.text(0)): the table and the events differ")
      }
      return true
    }
    for name in unseen.keys.sorted(by: { $0.step.box < $1.step.box }) {
      result.note("trip of box \(name.step.box): missing from the table")
    }
  }

  private mutating func compareCountedItems() throws {
    var unseen = Set(accounts.countedItems.values.flatMap(\.values))
    let rows = try BoundStatement(
      database, sql: "SELECT \(CountedRow.columns) FROM counted_items ORDER BY box, item")
    try rows.forEach { row in
      let found = try? CountedRow.counted(row)
      if found.flatMap({ unseen.remove($0) }) == nil {
        result.note(
          "item \(row.text(1)) counted from box \(row.text(0)): the table and the events differ")
      }
      return true
    }
    for item in unseen.sorted(by: { ($0.box, $0.item) < ($1.box, $1.item) }) {
      result.note("item \(item.item) counted from box \(item.box): missing from the table")
    }
  }
}
