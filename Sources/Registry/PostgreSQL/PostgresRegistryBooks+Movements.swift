import Circulation
import Labels
import Ledger

/// What was done with items, and what moved between libraries, in PostgreSQL.
extension PostgresRegistryBooks {
  func save(_ movements: [Movement]) throws {
    guard !movements.isEmpty else { return }
    try connection.run(
      """
      INSERT INTO movements (\(MovementRow.columns))
      SELECT * FROM unnest($1::text[], $2::text[], $3::bigint[], $4::text[], $5::bigint[],
        $6::bigint[], $7::bigint[], $8::bigint[], $9::text[], $10::text[], $11::text[])
      ON CONFLICT DO NOTHING
      """
    ) {
      $0.bind(movements, texts: { $0.item.library.text })
      $0.bind(movements, texts: { $0.item.accession.text })
      $0.bind(movements, integers: { Int64($0.number) })
      $0.bind(movements, texts: { $0.event.station.text })
      $0.bind(movements, integers: { Int64($0.event.epoch.number) })
      $0.bind(movements, integers: { $0.event.sequence })
      $0.bind(movements, integers: { $0.wallMilliseconds })
      $0.bind(movements, integers: { Int64($0.step.rawValue) })
      $0.bind(movements, texts: { $0.at.text })
      $0.bind(movements, texts: { $0.box?.text })
      $0.bind(movements, texts: { $0.record?.text })
    }
  }

  /// Rows that are asked for at once: a cursor reads on in the transaction's own state, so a
  /// million rows take no more memory than a page.
  private static let movementsPerPage = 5_000

  func forEachMovement(_ body: (MovementRow) throws -> Void) throws {
    try connection.run(
      """
      DECLARE all_movements NO SCROLL CURSOR FOR SELECT \(MovementRow.columns) FROM movements
      ORDER BY library, accession, number, station, epoch, sequence
      """)
    while true {
      let page = try connection.run(
        "FETCH \(Self.movementsPerPage) FROM all_movements"
      ) { _ in }
      try page.forEach { row in
        try body(
          MovementRow(
            library: row.text(0), accession: row.text(1), number: row.int(2),
            station: row.text(3), epoch: row.int(4), sequence: row.integer(5),
            wallMilliseconds: row.integer(6), step: row.int(7), at: row.text(8),
            box: row.optionalText(9), record: row.optionalText(10)))
      }
      guard page.count == Self.movementsPerPage else { break }
    }
    try connection.run("CLOSE all_movements")
  }

  func save(_ acts: [ItemAct]) throws {
    guard !acts.isEmpty else { return }
    try connection.run(
      """
      INSERT INTO acts (library, accession, station, epoch, sequence)
      SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::bigint[], $5::bigint[])
      ON CONFLICT DO NOTHING
      """
    ) {
      $0.bind(acts, texts: { $0.item.library.text })
      $0.bind(acts, texts: { $0.item.accession.text })
      $0.bind(acts, texts: { $0.event.station.text })
      $0.bind(acts, integers: { Int64($0.event.epoch.number) })
      $0.bind(acts, integers: { $0.event.sequence })
    }
  }

  func itemsWithActs(among items: [ItemID]) throws -> [ItemID] {
    guard !items.isEmpty else { return [] }
    return try connection.run(
      """
      SELECT DISTINCT library, accession FROM acts
      WHERE (library, accession) IN (SELECT * FROM unnest($1::text[], $2::text[]))
      """
    ) {
      $0.bind(items, texts: { $0.library.text })
      $0.bind(items, texts: { $0.accession.text })
    }.map { try ItemID("\($0.text(0)).\($0.text(1))") }
  }
}
