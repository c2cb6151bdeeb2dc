import GRDB
package import Labels
package import Ledger
import Rotation
import Storage

extension JournalView {
  package func box(_ number: BoxNumber) throws -> BoxRecord? {
    try Projection(database: database).box(number)
  }

  /// Boxes that this station has had to do with, the one that changed last first.
  package func boxes() throws -> [BoxRecord] {
    let select = try BoundStatement(
      database,
      sql: """
        SELECT \(BoxRow.columns) FROM boxes
        ORDER BY changed_epoch DESC, changed_sequence DESC LIMIT \(Self.longestList)
        """)
    return try select.all({ _ in }, read: BoxRow.record)
  }

  /// What was packed into a box since its trip began here and not taken out, in order of packing.
  package func packedItems(in record: BoxRecord) throws -> [Holding] {
    let select = try BoundStatement(
      database,
      sql: """
        SELECT \(Self.packedColumns) \(Self.packed)
        ORDER BY last_acts.epoch, last_acts.sequence
        LIMIT \(Box.mostItems + 1)
        """)
    return try select.all({ Self.bindPlace(of: record, to: &$0) }, read: ItemRow.holding)
  }

  /// How many items were packed into a box since its trip began here and not taken out.
  package func packedCount(in record: BoxRecord) throws -> Int {
    let select = try BoundStatement(database, sql: "SELECT count(*) \(Self.packed)")
    return try select.first({ Self.bindPlace(of: record, to: &$0) }, read: { $0.int(0) }) ?? 0
  }

  /// Whether an item was packed into a box since its trip began here and not taken out.
  package func isPacked(_ item: ItemID, in record: BoxRecord) throws -> Bool {
    let select = try BoundStatement(
      database, sql: "SELECT 1 \(Self.packed) AND items.id = ?4 LIMIT 1")
    return try select.first(
      {
        Self.bindPlace(of: record, to: &$0)
        $0.bind(item.text)
      }, read: { _ in true }) ?? false
  }

  /// What is packed into a box: its items whose last act is of its present trip.
  private static let packed = """
    FROM items JOIN last_acts ON last_acts.item = items.id
    WHERE items.place = ?1 AND items.place >= 'box:' AND items.place < 'box;'
      AND (last_acts.epoch, last_acts.sequence) > (?2, ?3)
    """

  private static func bindPlace(of record: BoxRecord, to values: inout BoundValues) {
    values.bind(Place.box(record.box.number).text)
    values.bind(record.began.epoch.number)
    values.bind(record.began.sequence)
  }

  private static let packedColumns = ItemRow.columns.split(separator: ", ")
    .map { "items.\($0)" }.joined(separator: ", ")

  /// The event that sealed a box with the slip that it has; nothing where it was sealed elsewhere.
  package func sealing(of record: BoxRecord) throws -> Event? {
    guard let slip = record.slip else { return nil }
    let select = try BoundStatement(
      database,
      sql: """
        SELECT bytes FROM events
        WHERE (epoch, sequence) > (?, ?) AND (epoch, sequence) <= (?, ?)
        ORDER BY epoch DESC, sequence DESC
        """)
    var sealing: Event?
    try select.forEach {
      $0.bind(record.began.epoch.number)
      $0.bind(record.began.sequence)
      $0.bind(record.changed.epoch.number)
      $0.bind(record.changed.sequence)
    } read: { row in
      let event = try Event(encoded: row.blob(0) ?? [])
      guard event.fact == .box(.sealed(slip)) else { return true }
      sealing = event
      return false
    }
    return sealing
  }

  /// What was counted out of a box on its present trip, in order of items.
  package func countedItems(of record: BoxRecord) throws -> [CountedItem] {
    let select = try BoundStatement(
      database, sql: "SELECT \(CountedRow.columns) \(Self.counted) ORDER BY item")
    return try select.all({ Self.bindTrip(of: record, to: &$0) }, read: CountedRow.counted)
  }

  /// How many items were counted out of a box on its present trip.
  package func countedCount(of record: BoxRecord) throws -> Int {
    let select = try BoundStatement(database, sql: "SELECT count(*) \(Self.counted)")
    return try select.first({ Self.bindTrip(of: record, to: &$0) }, read: { $0.int(0) }) ?? 0
  }

  /// An item as it was counted out of a box on its present trip, or `nil`.
  package func countedItem(_ item: ItemID, of record: BoxRecord) throws -> CountedItem? {
    let select = try BoundStatement(
      database, sql: "SELECT \(CountedRow.columns) \(Self.counted) AND item = ?4")
    return try select.first(
      {
        Self.bindTrip(of: record, to: &$0)
        $0.bind(item.text)
      }, read: CountedRow.counted)
  }

  private static let counted = """
    FROM counted_items WHERE box = ?1 AND began_epoch = ?2 AND began_sequence = ?3
    """

  private static func bindTrip(of record: BoxRecord, to values: inout BoundValues) {
    values.bind(record.box.number.text)
    values.bind(record.began.epoch.number)
    values.bind(record.began.sequence)
  }
}
