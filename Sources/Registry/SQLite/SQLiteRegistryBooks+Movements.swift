import Circulation
import Labels
import Ledger
import Storage

/// What was done with items, and what moved between libraries, in SQLite.
extension SQLiteRegistryBooks {
  func save(_ movements: [Movement]) throws {
    let insert = try BoundStatement(
      database,
      sql: """
        INSERT OR IGNORE INTO movements (\(MovementRow.columns))
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """)
    for movement in movements {
      try insert.run { row in
        row.bind(movement.item.library.text)
        row.bind(movement.item.accession.text)
        row.bind(movement.number)
        row.bind(movement.event.station.text)
        row.bind(movement.event.epoch.number)
        row.bind(movement.event.sequence)
        row.bind(movement.wallMilliseconds)
        row.bind(movement.step.rawValue)
        row.bind(movement.at.text)
        row.bind(text: movement.box?.text)
        row.bind(text: movement.record?.text)
      }
    }
  }

  func forEachMovement(_ body: (MovementRow) throws -> Void) throws {
    let select = try BoundStatement(
      database,
      sql: """
        SELECT \(MovementRow.columns) FROM movements
        ORDER BY library, accession, number, station, epoch, sequence
        """)
    try select.forEach { row in
      try body(
        MovementRow(
          library: row.text(0), accession: row.text(1), number: row.int(2), station: row.text(3),
          epoch: row.int(4), sequence: row.integer(5), wallMilliseconds: row.integer(6),
          step: row.int(7), at: row.text(8), box: row.optionalText(9),
          record: row.optionalText(10)))
      return true
    }
  }

  func save(_ acts: [ItemAct]) throws {
    let insert = try BoundStatement(
      database,
      sql: """
        INSERT OR IGNORE INTO acts (library, accession, station, epoch, sequence)
        VALUES (?, ?, ?, ?, ?)
        """)
    for act in acts {
      try insert.run { row in
        row.bind(act.item.library.text)
        row.bind(act.item.accession.text)
        row.bind(act.event.station.text)
        row.bind(act.event.epoch.number)
        row.bind(act.event.sequence)
      }
    }
  }

  func itemsWithActs(among items: [ItemID]) throws -> [ItemID] {
    let select = try BoundStatement(
      database, sql: "SELECT 1 FROM acts WHERE library = ? AND accession = ? LIMIT 1")
    return try items.filter { item in
      try select.first {
        $0.bind(item.library.text)
        $0.bind(item.accession.text)
      } read: { _ in
        true
      } ?? false
    }
  }
}
