import FoundationEssentials
import GRDB
import Labels
import Ledger
import Rotation
import Storage

/// What the facts of boxes leave in the tables.
extension Projection {
  func note(_ fact: BoxFact, of event: Event) throws {
    guard let number = fact.box else { return }
    let known = try box(number)
    let after = BoxRecord.after(fact, of: event, on: known)
    if let after, after != known { try save(after) }
    for change in fact.tripChanges(of: event, leaving: after) { try take(change) }
    guard case .received(let finding) = fact, let after else { return }
    let before = try counted(finding.move.item, in: number)
    try save(CountedItem(finding, of: event, in: after, before: before))
    try save(ItemNote(item: finding.move.item, condition: finding.condition.noted))
  }

  func box(_ number: BoxNumber) throws -> BoxRecord? {
    let select = try BoundStatement(
      database, sql: "SELECT \(BoxRow.columns) FROM boxes WHERE number = ?")
    return try select.first({ $0.bind(number.text) }, read: BoxRow.record)
  }

  func save(_ record: BoxRecord) throws {
    let upsert = try database.cachedStatement(
      sql: """
        INSERT OR REPLACE INTO boxes (\(BoxRow.columns))
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """)
    try upsert.execute(arguments: BoxRow.arguments(record))
  }

  private func counted(_ item: ItemID, in box: BoxNumber) throws -> CountedItem? {
    let select = try BoundStatement(
      database, sql: "SELECT \(CountedRow.columns) FROM counted_items WHERE box = ? AND item = ?")
    return try select.first(
      {
        $0.bind(box.text)
        $0.bind(item.text)
      }, read: CountedRow.counted)
  }

  func save(_ counted: CountedItem) throws {
    let upsert = try BoundStatement(
      database,
      sql: """
        INSERT OR REPLACE INTO counted_items (\(CountedRow.columns)) VALUES (?, ?, ?, ?, ?, ?, ?)
        """)
    try upsert.run { row in
      row.bind(counted.box.text)
      row.bind(counted.item.text)
      row.bind(counted.began.epoch.number)
      row.bind(counted.began.sequence)
      row.bind(counted.wallMilliseconds)
      row.bind(Int(counted.condition.rawValue))
      row.bind(blob: counted.operation.bytes[...])
    }
  }

  /// What was taken out by an act that is taken back is not counted.
  func uncount(_ operation: OperationID) throws {
    try database.cachedStatement(sql: "DELETE FROM counted_items WHERE operation = ?")
      .execute(arguments: [Data(operation.bytes)])
  }
}

/// The table `boxes`, read back into the ledger's terms.
enum BoxRow {
  /// The columns that `record` reads, in its order.
  static let columns = """
    number, state, origin, sender, destination, holder, seal, rota, stage, slip, inbound,
    began_epoch, began_sequence, changed_epoch, changed_sequence, receipt,
    revision
    """

  static func record(_ row: BoundColumns) throws -> BoxRecord {
    let text = row.text(0)
    let holder = try row.optionalText(5).map { try LibraryCode($0) }
    guard let number = try? BoxNumber(text), let state = BoxState(rawValue: row.text(1)),
      let began = CountedRow.mark(row, 11), let changed = CountedRow.mark(row, 13)
    else { throw JournalError.damaged("box \(text)") }
    let box = Box(
      restoring: number, state, origin: try LibraryCode(row.text(2)),
      from: try LibraryCode(row.text(3)), to: try LibraryCode(row.text(4)), holder: holder,
      seal: row.int(6))
    let stage = row.optionalText(7).flatMap { RotaID($0) }
      .flatMap { StageReference(rota: $0, number: row.int(8)) }
    let slip = try row.blob(9).map { try ReadSlips.slip(of: $0) }
    return BoxRecord(
      box: box, stage: stage, revision: row.optionalInt(16), slip: slip,
      isInbound: row.int(10) != 0, began: began, changed: changed,
      receipt: receipt(row.optionalText(15), of: slip, box))
  }

  private static func receipt(_ text: String?, of slip: SealedSlip?, _ box: Box) -> BoxReceipt? {
    guard let words = text?.split(separator: " ", maxSplits: 1), words.count == 2,
      let seal = Int(words[0])
    else { return nil }
    return BoxReceipt(step: BoxStep(box: box.number, seal: seal), text: String(words[1]))
  }

  static func arguments(_ record: BoxRecord) -> StatementArguments {
    let box = record.box
    return [
      box.number.text, box.state.rawValue, box.origin.text, box.from.text, box.to.text,
      box.holder?.text, box.seal, record.stage?.rota.text, record.stage?.number,
      record.slip.map { Data($0.signed.bytes) }, record.isInbound, record.began.epoch.number,
      record.began.sequence, record.changed.epoch.number, record.changed.sequence,
      record.receipt.map { "\($0.step.seal) \($0.text)" }, record.revision,
    ]
  }
}

/// The table `counted_items`, read back into the ledger's terms.
enum CountedRow {
  /// The columns that `counted` reads, in its order.
  static let columns = "box, item, began_epoch, began_sequence, counted, condition, operation"

  static func counted(_ row: BoundColumns) throws -> CountedItem {
    guard let box = try? BoxNumber(row.text(0)), let item = try? ItemID(row.text(1)),
      let began = mark(row, 2),
      let condition = UInt8(exactly: row.int(5)).flatMap(ItemCondition.init(rawValue:)),
      let operation = OperationID(bytes: row.blob(6) ?? [])
    else { throw JournalError.damaged("table counted_items") }
    return CountedItem(
      box: box, began: began, item: item, wallMilliseconds: row.integer(4),
      condition: condition, operation: operation)
  }

  /// Epoch and sequence, from a column and the next.
  static func mark(_ row: BoundColumns, _ column: Int32) -> EventMark? {
    Epoch(row.int(column)).map { EventMark(epoch: $0, sequence: row.integer(column + 1)) }
  }
}
