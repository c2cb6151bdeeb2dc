import Circulation
import FoundationEssentials
import GRDB
import Labels
package import Ledger
import Rotation
import Storage

/// What a station has of the host's feed.
package struct FeedState: Hashable, Sendable {
  package let checkpoint: FeedCheckpoint
  /// Whether the last snapshot has come to its end.
  package let isWhole: Bool
  /// When something last came, in milliseconds since 1970 by this station's clock.
  package let takenMilliseconds: Int64
}

extension Journal {
  /// Takes in a run of the feed, in one transaction; one that was taken in before changes nothing.
  ///
  /// The caller has checked its signature. None of it is a fact of this station: the chain, and all
  /// that is made from it, stay as they are.
  /// - Returns: whether the run was new.
  /// - Throws: `FeedRefusal` for a run that is old or leaves a gap.
  package func take(_ run: FeedRun) async throws -> Bool {
    let now = clock.now().wallMilliseconds
    return try await write { try FeedTaking(database: $0).take(run, atMilliseconds: now) }
  }

  package func feedState() async throws -> FeedState? {
    try await read { try $0.feedState() }
  }
}

extension JournalView {
  /// How far the station has come in the feed; nothing where none has come yet.
  package func feedState() throws -> FeedState? {
    try FeedTaking(database: database).state()?.state
  }
}

/// The tables of the feed, inside a transaction.
struct FeedTaking {
  let database: Database

  func state() throws -> (state: FeedState, round: Int)? {
    let row = try Row.fetchOne(database, sql: "SELECT * FROM feed_state")
    return row.map { row in
      let checkpoint = FeedCheckpoint(
        lineage: row["lineage"], version: row["version"], sequence: row["sequence"])
      let state = FeedState(
        checkpoint: checkpoint, isWhole: row["is_whole"], takenMilliseconds: row["taken"])
      return (state, row["round"])
    }
  }

  func take(_ run: FeedRun, atMilliseconds now: Int64) throws -> Bool {
    let known = try state()
    guard try run.isNew(after: known?.state.checkpoint) else { return false }
    let round = (known?.round ?? 0) + (run.beginsSnapshot ? 1 : 0)
    try save(run.entries, inRound: round)
    let wasWhole = !run.beginsSnapshot && known?.state.isWhole == true
    if run.isLast, !wasWhole {
      try database.execute(sql: "DELETE FROM feed WHERE round < ?", arguments: [round])
    }
    try database.execute(
      sql: "INSERT OR REPLACE INTO feed_state VALUES (1, ?, ?, ?, ?, ?, ?)",
      arguments: [
        run.checkpoint.lineage, run.checkpoint.version, run.checkpoint.sequence, round,
        wasWhole || run.isLast, now,
      ])
    return true
  }

  private func save(_ entries: [FeedEntry], inRound round: Int) throws {
    let upsert = try BoundStatement(
      database,
      sql: """
        INSERT OR REPLACE INTO feed (kind, library, key, lookup, round, bytes)
        VALUES (?, ?, ?, ?, ?, ?)
        """)
    let insert = try BoundStatement(
      database,
      sql: """
        INSERT OR REPLACE INTO feed (kind, library, key, lookup, round, bytes)
        VALUES (?, ?, ?, NULL, ?, ?)
        """)
    for entry in entries {
      let content = try FeedContent(entry)
      if case .rota(let published)? = content { try keep(published) }
      if case .takenBack(let name)? = content {
        try remove(name)
        continue
      }
      let lookup = content?.lookup
      try (lookup == nil ? insert : upsert).run { row in
        row.bind(entry.name.kind)
        row.bind(entry.name.library?.text ?? "")
        row.bind(entry.name.key)
        if let lookup { row.bind(lookup) }
        row.bind(round)
        row.bind(blob: entry.value[...])
      }
    }
  }

  private func remove(_ name: FeedEntry.Name) throws {
    try database.execute(
      sql: "DELETE FROM feed WHERE kind = ? AND library = ? AND key = ?",
      arguments: [name.kind, name.library?.text ?? "", name.key])
  }
}

extension FeedTaking {
  /// Revisions of one rota that a station keeps: a box may have been packed under an earlier one.
  static let keptRevisions = 50

  /// Keeps a rota's revision beside those that came before.
  func keep(_ published: PublishedRota) throws {
    let (rota, revision) = (published.rota.id.text, published.revision)
    try database.cachedStatement(
      sql: "INSERT OR REPLACE INTO rota_revisions (rota, revision, bytes) VALUES (?, ?, ?)"
    ).execute(arguments: [rota, revision, Data(FeedContent.rota(published).entry.value)])
    try database.cachedStatement(
      sql: "DELETE FROM rota_revisions WHERE rota = ? AND revision <= ?"
    ).execute(arguments: [rota, revision - Self.keptRevisions])
  }
}

extension FeedContent {
  /// What else the entry is found by.
  fileprivate var lookup: String? {
    switch self {
    case .record(let record, _): record.isbn
    case .item(let item): item.item.accession.text
    case .box(let box): box.to?.text
    case .slip, .slipKey, .card, .decision, .rota, .policy, .agreement, .takenBack: nil
    }
  }
}
