import Circulation
import Labels
import Ledger
import Rotation

/// What stations are told, in PostgreSQL.
extension PostgresRegistryBooks {
  func save(_ entries: [RankedFeedEntry]) throws {
    guard !entries.isEmpty else { return }
    try connection.run(
      """
      INSERT INTO feed (library, kind, key, rank, bytes)
      SELECT * FROM unnest($1::text[], $2::bigint[], $3::text[], $4::bigint[], $5::bytea[])
      ON CONFLICT (library, kind, key) DO UPDATE SET rank = excluded.rank,
        sequence = NULL, bytes = excluded.bytes
        WHERE excluded.rank >= feed.rank AND excluded.bytes <> feed.bytes
      """
    ) {
      $0.bind(entries, texts: { $0.entry.name.library?.text ?? "" })
      $0.bind(entries, integers: { Int64($0.entry.name.kind) })
      $0.bind(entries, texts: { $0.entry.name.key })
      $0.bind(entries, integers: { Int64($0.rank) })
      $0.bind(entries, blobs: { $0.entry.value[...] })
    }
  }

  func address(_ addressees: [FeedAddressee]) throws {
    guard !addressees.isEmpty else { return }
    // In one order, so that two transactions never wait for each other in a ring.
    let sorted = Set(addressees).sorted { $0.key < $1.key }
    let added = try connection.run(
      """
      INSERT INTO feed_addressees (library, kind, key, addressee)
      SELECT * FROM unnest($1::text[], $2::bigint[], $3::text[], $4::text[])
      ON CONFLICT DO NOTHING RETURNING library, kind, key
      """
    ) {
      $0.bind(sorted, texts: { $0.name.library?.text ?? "" })
      $0.bind(sorted, integers: { Int64($0.name.kind) })
      $0.bind(sorted, texts: { $0.name.key })
      $0.bind(sorted, texts: { $0.library.text })
    }.map { try FeedRow.name(library: $0.text(0), kind: $0.int(1), key: $0.text(2)) }
    guard !added.isEmpty else { return }
    try connection.run(
      """
      UPDATE feed SET sequence = NULL
      FROM unnest($1::text[], $2::bigint[], $3::text[]) AS added (library, kind, key)
      WHERE feed.library = added.library AND feed.kind = added.kind AND feed.key = added.key
      """
    ) {
      $0.bind(added, texts: { $0.library?.text ?? "" })
      $0.bind(added, integers: { Int64($0.kind) })
      $0.bind(added, texts: { $0.key })
    }
  }

  func numberFeed(limit: Int) throws -> Bool {
    let names = try connection.run(
      """
      SELECT library, kind, key FROM feed WHERE sequence IS NULL
      ORDER BY kind, library, key LIMIT $1
      """
    ) {
      $0.bind(limit)
    }.map { try FeedRow.name(library: $0.text(0), kind: $0.int(1), key: $0.text(2)) }
    guard !names.isEmpty else { return true }
    // The row of the host makes one transaction number after the other: of two at the same moment
    // the second is outpaced, and begins anew with what the first has done before its eyes.
    let head = try connection.run(
      "UPDATE host SET feed_head = feed_head + $1 RETURNING feed_head"
    ) {
      $0.bind(names.count)
    }.first?.integer(0)
    guard let head else { throw RegistryError.databaseHoldsNoHost }
    let first = head - Int64(names.count)
    let numbers = (1...names.count).map { first + Int64($0) }
    try connection.run(
      """
      UPDATE feed SET sequence = numbered.sequence
      FROM unnest($1::text[], $2::bigint[], $3::text[], $4::bigint[])
        AS numbered (library, kind, key, sequence)
      WHERE feed.library = numbered.library AND feed.kind = numbered.kind
        AND feed.key = numbered.key
      """
    ) {
      $0.bind(names, texts: { $0.library?.text ?? "" })
      $0.bind(names, integers: { Int64($0.kind) })
      $0.bind(names, texts: { $0.key })
      $0.bind(numbers, integers: { $0 })
    }
    return names.count < limit
  }

  /// Whether the library that asks, `$2`, is told whatever the owner shares.
  private static let isAddressed = """
    EXISTS (SELECT 1 FROM feed_addressees AS to_whom WHERE to_whom.library = feed.library
      AND to_whom.kind = feed.kind AND to_whom.key = feed.key AND to_whom.addressee = $2)
    """

  /// The server itself holds the entries against the page's bytes, so that a page of long ones
  /// takes no more memory than one of many.
  func feed(after sequence: Int64, seenBy view: GroupView) throws -> FeedSlice {
    let rows = try connection.run(
      """
      SELECT library, kind, key, bytes, sequence FROM (
        SELECT *, sum(length(bytes) + octet_length(key)) OVER (ORDER BY sequence) AS total FROM (
          SELECT library, kind, key, bytes, sequence FROM feed
          WHERE sequence > $1 AND (library = $2 OR CASE
            WHEN kind = \(FeedKind.card) THEN false
            WHEN kind = \(FeedKind.record) THEN
              (library = ANY($3::text[])) = ($4 = 1) OR \(Self.isAddressed)
            WHEN kind IN (\(FeedKind.item), \(FeedKind.box)) THEN
              (library = ANY($5::text[])) = ($6 = 1) OR \(Self.isAddressed)
            ELSE true END)
          ORDER BY sequence LIMIT $7
        ) AS page
      ) AS summed
      WHERE total - length(bytes) - octet_length(key) <= $8 ORDER BY sequence
      """
    ) {
      $0.bind(sequence)
      $0.bind(view.library?.text ?? "")
      for libraries in [view.records, view.items] {
        $0.bind(libraries.named, texts: { $0.text })
        $0.bind(libraries.isNamed ? 1 : 0)
      }
      $0.bind(FeedLimits.entriesPerPage)
      $0.bind(FeedLimits.bytesPerPage)
    }
    var slice = FeedSliceBuilder(after: sequence)
    for (entry, number) in try rows.map({ row in
      let name = try FeedRow.name(library: row.text(0), kind: row.int(1), key: row.text(2))
      return (FeedEntry(name: name, value: row.blob(3) ?? []), row.integer(4))
    }) {
      guard slice.add(entry, number, told: try view.told(entry)) else { break }
    }
    let head = try connection.run("SELECT feed_head FROM host") { _ in }.first?.integer(0)
    return slice.finished(head: head ?? 0)
  }

  func feedEntry(_ name: FeedEntry.Name) throws -> FeedEntry? {
    try connection.run(
      "SELECT bytes FROM feed WHERE library = $1 AND kind = $2 AND key = $3"
    ) {
      $0.bind(name.library?.text ?? "")
      $0.bind(name.kind)
      $0.bind(name.key)
    }.first.map { FeedEntry(name: name, value: $0.blob(0) ?? []) }
  }

  func feedCheckpoint(of station: StationID, version: Int64) throws -> IssuedCheckpoint? {
    try connection.run(
      "SELECT lineage, sequence, view FROM feed_checkpoints WHERE station = $1 AND version = $2"
    ) {
      $0.bind(station.text)
      $0.bind(version)
    }.first.map {
      IssuedCheckpoint(
        checkpoint: FeedCheckpoint(
          lineage: $0.integer(0), version: version, sequence: $0.integer(1)),
        view: $0.text(2))
    }
  }

  func lastFeedVersion(of station: StationID) throws -> Int64 {
    try connection.run("SELECT max(version) FROM feed_checkpoints WHERE station = $1") {
      $0.bind(station.text)
    }.first?.integer(0) ?? 0
  }

  func keep(
    _ issued: IssuedCheckpoint, of station: StationID, forgettingBefore oldest: Int64
  ) throws {
    let checkpoint = issued.checkpoint
    try connection.run("DELETE FROM feed_checkpoints WHERE station = $1 AND version < $2") {
      $0.bind(station.text)
      $0.bind(oldest)
    }
    try connection.run(
      """
      INSERT INTO feed_checkpoints (station, version, lineage, sequence, view)
      VALUES ($1, $2, $3, $4, $5)
      """
    ) {
      $0.bind(station.text)
      $0.bind(checkpoint.version)
      $0.bind(checkpoint.lineage)
      $0.bind(checkpoint.sequence)
      $0.bind(issued.view)
    }
  }
}

/// Rotas, in PostgreSQL.
extension PostgresRegistryBooks {
  func rotas() throws -> [PublishedRota] {
    try connection.run(
      "SELECT revision, published, reason, text FROM rotas ORDER BY rota, revision"
    ) { _ in }.map {
      try PublishedRota(
        text: $0.text(3), revision: $0.int(0), published: $0.integer(1), reason: $0.text(2))
    }
  }

  func save(_ published: PublishedRota) throws {
    try connection.run(
      "INSERT INTO rotas (rota, revision, published, reason, text) VALUES ($1, $2, $3, $4, $5)"
    ) {
      $0.bind(published.rota.id.text)
      $0.bind(published.revision)
      $0.bind(published.wallMilliseconds)
      $0.bind(published.reason)
      $0.bind(RotaText.text(of: published.rota))
    }
  }
}

/// All that the books have, a page at a time.
extension PostgresRegistryBooks {
  private static let rowsPerPage = 5_000

  func forEachHolding(_ body: (HeldItem) throws -> Void) throws {
    var recurring = RecurringNames()
    try forEachRow(
      of: """
        SELECT library, accession, 0::bigint, record, place, version, borrower, checked_out, due,
          renewals, last_station, last_epoch, last_sequence, gaps, woven
        FROM holdings WHERE (library, accession) > ($1, $2) ORDER BY library, accession
        """
    ) { row in
      guard let item = try? ItemID("\(row.text(0)).\(row.text(1))") else {
        throw RegistryError.damaged("table holdings")
      }
      try body(try PostgresHoldingRow.heldItem(row, from: 2, item: item, &recurring))
    }
  }

  func forEachRecord(_ body: (BibliographicRecord, LibraryCode) throws -> Void) throws {
    try forEachRow(
      of: """
        SELECT library, id, title, author, publisher, year, kind, grade, on_site_only, isbn,
          subjects
        FROM records WHERE (library, id) > ($1, $2) ORDER BY library, id
        """
    ) { row in
      guard let library = try? LibraryCode(row.text(0)), let id = RecordID(row.text(1)),
        let kind = MaterialKind(rawValue: row.text(6)),
        let subjects = Subjects(list: row.text(10))
      else { throw RegistryError.damaged("table records") }
      let record = BibliographicRecord(
        id: id, title: row.text(2), author: row.optionalText(3), publisher: row.optionalText(4),
        year: row.optionalInteger(5).map(Int.init), kind: kind,
        grade: row.optionalInteger(7).map(Int.init), isOnSiteOnly: row.int(8) != 0,
        isbn: row.optionalText(9), subjects: subjects)
      try body(record, library)
    }
  }

  /// Reads all rows of a table whose key is its first two columns.
  private func forEachRow(of sql: String, _ body: (PostgresRow) throws -> Void) throws {
    var last = ("", "")
    while true {
      let page = try connection.run("\(sql) LIMIT \(Self.rowsPerPage)") {
        $0.bind(last.0)
        $0.bind(last.1)
      }
      for row in page.map({ $0 }) {
        try body(row)
        last = (row.text(0), row.text(1))
      }
      guard page.count == Self.rowsPerPage else { return }
    }
  }
}

extension FeedAddressee {
  /// The row's key, by which rows are ordered.
  fileprivate var key: (String, Int, String, String) {
    (name.library?.text ?? "", name.kind, name.key, library.text)
  }
}
