import Circulation
import Journal
import Labels
import Ledger
import Rotation

/// Works out what is known of a box in one consistent state.
struct BoxReporter: Sendable {
  let lookup: DeskLookup
  let offsetMinutes: Int

  func record(of number: BoxNumber, in view: JournalView) throws -> BoxRecord {
    guard let record = try view.box(number) else { throw DeskError.noSuchBox(number) }
    return record
  }

  func summary(of record: BoxRecord, in view: JournalView) throws -> BoxSummary {
    let counted = record.cameHere ? try view.countedCount(of: record) : 0
    let count =
      try record.slip?.manifest.items.count
      ?? (record.cameHere ? counted : view.packedCount(in: record))
    return BoxSummary(record: record, itemCount: count, countedCount: counted)
  }

  func report(on record: BoxRecord, in view: JournalView) throws -> BoxReport {
    let items =
      record.cameHere
      ? [] : try record.slip?.manifest.items ?? view.packedItems(in: record).map(\.item)
    return BoxReport(
      summary: try summary(of: record, in: view),
      items: try items.map { try item($0, in: view) },
      difference: record.cameHere ? try difference(of: record, in: view) : nil)
  }

  /// An item as a screen shows it; one that is not known here has its number for a title.
  func item(_ item: ItemID, in view: JournalView) throws -> ItemSummary {
    if let holding = try view.holding(item) { return try lookup.summary(of: holding, in: view) }
    if let told = try view.groupItem(item) { return try lookup.summary(of: told, in: view) }
    return ItemSummary(
      item: item, title: item.text, author: nil, kind: .children, isOnSiteOnly: false,
      place: .outside, due: nil, isOverdue: false, renewals: 0, condition: nil)
  }

  /// What the slip says against what was counted.
  func difference(of record: BoxRecord, in view: JournalView) throws -> ReceivingDifference {
    var receiving = Receiving(of: record.box.number)
    if let manifest = record.slip?.manifest { try receiving.learn(manifest) }
    for counted in try view.countedItems(of: record) {
      let day = SchoolDay(
        unixMilliseconds: counted.wallMilliseconds, offsetMinutes: offsetMinutes)
      _ = receiving.scan(counted.item, condition: counted.condition, on: day)
    }
    let others = try otherBoxes(than: record, of: Array(receiving.found.keys), in: view)
    return receiving.difference { others[$0] }
  }

  /// For each item the other box that it was to be in: by that one's slip, or by the books.
  private func otherBoxes(
    than record: BoxRecord, of items: [ItemID], in view: JournalView
  ) throws -> [ItemID: BoxNumber] {
    var boxes: [ItemID: BoxNumber] = [:]
    for item in items {
      guard let holding = try view.holding(item),
        let before = try view.lastAct(on: holding)?.before.place.box
      else { continue }
      boxes[item] = before
    }
    for other in try view.boxes() where other.isInbound && other.box.number != record.box.number {
      for item in other.slip?.manifest.items ?? [] { boxes[item] = other.box.number }
    }
    return boxes
  }
}

extension BoxRecord {
  /// The box came here, and is or was counted here.
  var cameHere: Bool { isInbound }
}
