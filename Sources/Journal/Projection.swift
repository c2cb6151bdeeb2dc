import Circulation
import FoundationEssentials
import GRDB
import Labels
import Ledger
import Storage

/// Keeps the tables that the desk reads in step with the events, one event at a time.
struct Projection {
  let database: Database

  func apply(_ event: Event) throws {
    try note(event)
    let item = event.fact.move?.item
    let before = try item.flatMap { try holding($0) }
    let effect = event.effect(on: before)
    if let after = effect.holding, after != before {
      try save(after)
      if let before {
        try save(
          LastAct(epoch: event.epoch, sequence: event.sequence, before: before))
      }
    }
    if let posting = effect.posting {
      try post(-1, to: posting.from)
      try post(1, to: posting.to)
    }
    for discrepancy in effect.discrepancies { try note(discrepancy, of: event) }
  }

  /// Keeps what a fact says beside custody.
  private func note(_ event: Event) throws {
    switch event.fact {
    case .recordDescribed(let record): try save(record)
    case .onSiteReading(let reading): try count(reading)
    case .undone(let undo):
      try markUndone(undo.operation)
      if case .reading(let reading) = undo.subject { try discount(reading) }
      try uncount(undo.operation)
    case .noted(let note): try save(note)
    case .labelReplaced(.item(let item, let label)): try save(label, of: item)
    case .stockTaken(let count): try save(count)
    case .box(let fact): try note(fact, of: event)
    case .term(let fact): try note(fact, of: event)
    case .labelReplaced(.card), .itemRegistered, .checkout, .checkin, .renewal, .lost, .found,
      .discovered, .link, .unrecognised:
      break
    }
  }

  func holding(_ item: ItemID) throws -> Holding? {
    let select = try BoundStatement(
      database, sql: "SELECT \(ItemRow.columns) FROM items WHERE id = ?")
    return try select.first({ $0.bind(item.text) }, read: ItemRow.holding)
  }

  func save(_ record: BibliographicRecord) throws {
    let upsert = try database.cachedStatement(
      sql: """
        INSERT OR REPLACE INTO records
          (id, title, folded, author, publisher, year, kind, grade, on_site_only, isbn, subjects)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """)
    try upsert.execute(arguments: [
      record.id.text, record.title, RecordRow.folded(record), record.author, record.publisher,
      record.year, record.kind.rawValue, record.grade, record.isOnSiteOnly, record.isbn,
      record.subjects.list,
    ])
  }

  func save(_ holding: Holding) throws {
    let upsert = try BoundStatement(
      database,
      sql: """
        INSERT INTO items
          (id, accession, record, place, version, borrower, checked_out, due, renewals, gaps)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT (id) DO UPDATE SET record = excluded.record, place = excluded.place,
          version = excluded.version, borrower = excluded.borrower,
          checked_out = excluded.checked_out, due = excluded.due, renewals = excluded.renewals,
          gaps = excluded.gaps
        """)
    try upsert.run { row in
      row.bind(holding.item.text)
      row.bind(holding.item.accession.text)
      row.bind(holding.record.text)
      row.bind(holding.place.text)
      row.bind(holding.version)
      row.bind(blob: holding.loan.map { $0.borrower.bytes[...] })
      row.bind(holding.loan?.checkedOutMilliseconds)
      row.bind(holding.loan?.due.number)
      row.bind(holding.loan?.renewals)
      row.bind(holding.gaps.description)
    }
  }

  func post(_ count: Int, to place: Place) throws {
    let upsert = try BoundStatement(
      database,
      sql: """
        INSERT INTO balances (place, items) VALUES (?, ?)
        ON CONFLICT (place) DO UPDATE SET items = items + excluded.items
        """)
    try upsert.run {
      $0.bind(place.text)
      $0.bind(count)
    }
  }

  func count(_ reading: OnSiteReading) throws {
    let upsert = try database.cachedStatement(
      sql: """
        INSERT INTO readings (day, class, kind, readings) VALUES (?, ?, ?, ?)
        ON CONFLICT (day, class, kind) DO UPDATE SET readings = readings + excluded.readings
        """)
    try upsert.execute(arguments: [
      reading.day.number, reading.schoolClass?.text ?? "", reading.kind.rawValue, reading.count,
    ])
  }

  func note(_ discrepancy: Discrepancy, of event: Event) throws {
    let insert = try database.cachedStatement(
      sql: """
        INSERT INTO discrepancies (epoch, sequence, name, item) VALUES (?, ?, ?, ?)
        """)
    try insert.execute(arguments: [
      event.epoch.number, event.sequence, discrepancy.name, discrepancy.item?.text,
    ])
  }
}
