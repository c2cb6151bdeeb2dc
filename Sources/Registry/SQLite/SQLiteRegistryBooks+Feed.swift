import Circulation
import FoundationEssentials
import GRDB
import Labels
import Ledger
import Rotation
import Storage

/// What stations are told, in SQLite.
extension SQLiteRegistryBooks {
  func save(_ entries: [RankedFeedEntry]) throws {
    let upsert = try BoundStatement(
      database,
      sql: """
        INSERT INTO feed (library, kind, key, rank, sequence, bytes) VALUES (?, ?, ?, ?, NULL, ?)
        ON CONFLICT (library, kind, key) DO UPDATE SET rank = excluded.rank,
          sequence = NULL, bytes = excluded.bytes
          WHERE excluded.rank >= feed.rank AND excluded.bytes <> feed.bytes
        """)
    for ranked in entries {
      try upsert.run { row in
        row.bind(name: ranked.entry.name)
        row.bind(ranked.rank)
        row.bind(blob: ranked.entry.value[...])
      }
    }
  }

  func address(_ addressees: [FeedAddressee]) throws {
    guard !addressees.isEmpty else { return }
    let insert = try BoundStatement(
      database, sql: "INSERT OR IGNORE INTO feed_addressees VALUES (?, ?, ?, ?)")
    let unnumber = try BoundStatement(
      database, sql: "UPDATE feed SET sequence = NULL WHERE library = ? AND kind = ? AND key = ?")
    for addressee in addressees {
      try insert.run { row in
        row.bind(name: addressee.name)
        row.bind(addressee.library.text)
      }
      guard database.changesCount > 0 else { continue }
      try unnumber.run { $0.bind(name: addressee.name) }
    }
  }

  func numberFeed(limit: Int) throws -> Bool {
    let unnumbered = try BoundStatement(
      database,
      sql: """
        SELECT library, kind, key FROM feed WHERE sequence IS NULL
        ORDER BY kind, library, key LIMIT ?
        """
    ).all({ $0.bind(limit) }, read: FeedRow.name)
    guard !unnumbered.isEmpty else { return true }
    var head = try feedHead()
    let number = try BoundStatement(
      database, sql: "UPDATE feed SET sequence = ?4 WHERE library = ?1 AND kind = ?2 AND key = ?3")
    for name in unnumbered {
      head += 1
      try number.run { row in
        row.bind(name: name)
        row.bind(head)
      }
    }
    try database.execute(sql: "UPDATE host SET feed_head = ?", arguments: [head])
    return unnumbered.count < limit
  }

  private func feedHead() throws -> Int64 {
    try Int64.fetchOne(database, sql: "SELECT feed_head FROM host") ?? 0
  }

  /// Whether the library that asks, `?2`, is told whatever the owner shares.
  private static let isAddressed = """
    EXISTS (SELECT 1 FROM feed_addressees AS to_whom WHERE to_whom.library = feed.library
      AND to_whom.kind = feed.kind AND to_whom.key = feed.key AND to_whom.addressee = ?2)
    """

  /// What is many, titles, copies and boxes, is passed over by the statement itself.
  func feed(after sequence: Int64, seenBy view: GroupView) throws -> FeedSlice {
    let select = try BoundStatement(
      database,
      sql: """
        SELECT library, kind, key, bytes, sequence FROM feed
        WHERE sequence > ?1 AND (library = ?2 OR CASE
          WHEN kind = \(FeedKind.card) THEN 0
          WHEN kind = \(FeedKind.record) THEN
            (library IN (SELECT value FROM json_each(?3))) = ?4 OR \(Self.isAddressed)
          WHEN kind IN (\(FeedKind.item), \(FeedKind.box)) THEN
            (library IN (SELECT value FROM json_each(?5))) = ?6 OR \(Self.isAddressed)
          ELSE 1 END)
        ORDER BY sequence LIMIT ?7
        """)
    var slice = FeedSliceBuilder(after: sequence)
    try select.forEach {
      $0.bind(sequence)
      $0.bind(view.library?.text ?? "")
      $0.bind(view.records)
      $0.bind(view.items)
      $0.bind(FeedLimits.entriesPerPage)
    } read: { row in
      let entry = FeedEntry(name: try FeedRow.name(row), value: row.blob(3) ?? [])
      return slice.add(entry, row.integer(4), told: try view.told(entry))
    }
    return slice.finished(head: try feedHead())
  }

  func feedEntry(_ name: FeedEntry.Name) throws -> FeedEntry? {
    let select = try BoundStatement(
      database, sql: "SELECT bytes FROM feed WHERE library = ? AND kind = ? AND key = ?")
    return try select.first({ $0.bind(name: name) }) {
      FeedEntry(name: name, value: $0.blob(0) ?? [])
    }
  }

  func feedCheckpoint(of station: StationID, version: Int64) throws -> IssuedCheckpoint? {
    try Row.fetchOne(
      database,
      sql: """
        SELECT lineage, sequence, view FROM feed_checkpoints WHERE station = ? AND version = ?
        """,
      arguments: [station.text, version]
    ).map {
      IssuedCheckpoint(
        checkpoint: FeedCheckpoint(
          lineage: $0["lineage"], version: version, sequence: $0["sequence"]),
        view: $0["view"])
    }
  }

  func lastFeedVersion(of station: StationID) throws -> Int64 {
    try Int64.fetchOne(
      database, sql: "SELECT max(version) FROM feed_checkpoints WHERE station = ?",
      arguments: [station.text]) ?? 0
  }

  func keep(
    _ issued: IssuedCheckpoint, of station: StationID, forgettingBefore oldest: Int64
  ) throws {
    let checkpoint = issued.checkpoint
    try database.execute(
      sql: "DELETE FROM feed_checkpoints WHERE station = ? AND version < ?",
      arguments: [station.text, oldest])
    try database.execute(
      sql: """
        INSERT INTO feed_checkpoints (station, version, lineage, sequence, view)
        VALUES (?, ?, ?, ?, ?)
        """,
      arguments: [
        station.text, checkpoint.version, checkpoint.lineage, checkpoint.sequence, issued.view,
      ])
  }
}

/// Rotas, in SQLite.
extension SQLiteRegistryBooks {
  func rotas() throws -> [PublishedRota] {
    try Row.fetchAll(
      database,
      sql: "SELECT rota, revision, published, reason, text FROM rotas ORDER BY rota, revision"
    ).map {
      try PublishedRota(
        text: $0["text"], revision: $0["revision"], published: $0["published"],
        reason: $0["reason"])
    }
  }

  func save(_ published: PublishedRota) throws {
    try database.execute(
      sql: "INSERT INTO rotas (rota, revision, published, reason, text) VALUES (?, ?, ?, ?, ?)",
      arguments: [
        published.rota.id.text, published.revision, published.wallMilliseconds, published.reason,
        RotaText.text(of: published.rota),
      ])
  }
}

extension PublishedRota {
  /// Reads a row of the table `rotas`.
  init(text: String, revision: Int, published: Int64, reason: String) throws(RegistryError) {
    do throws(RotaTextError) {
      self.init(
        rota: try RotaText.rota(text), revision: revision, wallMilliseconds: published,
        reason: reason)
    } catch {
      throw .damaged("table rotas")
    }
  }
}

/// All that the books have, row by row.
extension SQLiteRegistryBooks {
  func forEachHolding(_ body: (HeldItem) throws -> Void) throws {
    let select = try BoundStatement(
      database,
      sql: """
        SELECT record, place, version, borrower, checked_out, due, renewals,
          last_station, last_epoch, last_sequence, gaps, woven, library, accession
        FROM holdings ORDER BY library, accession
        """)
    var recurring = RecurringNames()
    try select.forEach { row in
      guard let item = try? ItemID("\(row.text(12)).\(row.text(13))") else {
        throw RegistryError.damaged("table holdings")
      }
      try body(try HoldingRow.heldItem(row, item: item, &recurring))
      return true
    }
  }

  func forEachRecord(
    _ body: (BibliographicRecord, LibraryCode) throws -> Void
  ) throws {
    let select = try BoundStatement(
      database,
      sql: """
        SELECT library, id, title, author, publisher, year, kind, grade, on_site_only, isbn,
          subjects
        FROM records ORDER BY library, id
        """)
    try select.forEach { row in
      guard let library = try? LibraryCode(row.text(0)), let id = RecordID(row.text(1)),
        let kind = MaterialKind(rawValue: row.text(6)),
        let subjects = Subjects(list: row.text(10))
      else { throw RegistryError.damaged("table records") }
      let record = BibliographicRecord(
        id: id, title: row.text(2), author: row.optionalText(3), publisher: row.optionalText(4),
        year: row.optionalInt(5), kind: kind, grade: row.optionalInt(7),
        isOnSiteOnly: row.int(8) != 0, isbn: row.optionalText(9), subjects: subjects)
      try body(record, library)
      return true
    }
  }
}

/// The table `feed`, read back into the ledger's terms.
enum FeedRow {
  /// Reads library, kind and key, which come first.
  static func name(_ row: BoundColumns) throws -> FeedEntry.Name {
    try name(library: row.text(0), kind: row.int(1), key: row.text(2))
  }

  static func name(library: String, kind: Int, key: String) throws -> FeedEntry.Name {
    guard !library.isEmpty else { return FeedEntry.Name(kind: kind, library: nil, key: key) }
    guard let library = try? LibraryCode(library) else {
      throw RegistryError.damaged("table feed")
    }
    return FeedEntry.Name(kind: kind, library: library, key: key)
  }
}

extension BoundValues {
  /// Binds the libraries that are named as JSON, and whether they are the ones that are meant.
  fileprivate mutating func bind(_ libraries: LibrarySet) {
    bind("[" + libraries.named.map { "\"\($0.text)\"" }.joined(separator: ",") + "]")
    bind(libraries.isNamed ? 1 : 0)
  }

  /// Binds library, kind and key.
  fileprivate mutating func bind(name: FeedEntry.Name) {
    bind(name.library?.text ?? "")
    bind(name.kind)
    bind(name.key)
  }
}

/// Takes entries up to the limits of a page.
struct FeedSliceBuilder {
  private var entries: [FeedEntry] = []
  /// Entries that were looked at; what is hidden is among them, so that no page reads on for ever.
  private var entryCount = 0
  private var byteCount = 0
  private var last: Int64
  private var isFull = false

  init(after sequence: Int64) {
    last = sequence
  }

  /// Adds an entry where there is room for it, and says whether there was.
  ///
  /// `told` is what the page says instead; nothing where it passes over the entry.
  mutating func add(_ entry: FeedEntry, _ sequence: Int64, told: FeedEntry?) -> Bool {
    byteCount += entry.value.count + entry.name.key.utf8.count
    isFull = entryCount > 0 && byteCount > FeedLimits.bytesPerPage
    guard !isFull else { return false }
    entryCount += 1
    if let told { entries.append(told) }
    last = sequence
    return true
  }

  /// The slice; it tells all up to the head unless it is full.
  func finished(head: Int64) -> FeedSlice {
    let isAtEnd = !isFull && entryCount < FeedLimits.entriesPerPage
    return FeedSlice(entries: entries, last: isAtEnd ? max(head, last) : last, isAtEnd: isAtEnd)
  }
}
