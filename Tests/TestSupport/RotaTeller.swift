package import Journal
package import Ledger
package import Rotation

extension Journal {
  /// Lets the station hear of a rota's revision as if its host had told.
  package func hear(
    of rota: Rota, revision: Int = 1, because reason: String = ""
  ) async throws {
    let published = PublishedRota(
      rota: rota, revision: revision, wallMilliseconds: 0, reason: reason)
    try await hear([.rota(published)])
  }

  /// Lets the station hear of anything as if its host had told.
  package func hear(_ contents: [FeedContent]) async throws {
    let known = try await feedState()?.checkpoint
    let checkpoint = FeedCheckpoint(
      lineage: known?.lineage ?? 1, version: (known?.version ?? 0) + 1,
      sequence: (known?.sequence ?? 0) + 1)
    _ = try await take(
      FeedRun(
        start: known?.sequence ?? 0, checkpoint: checkpoint, beginsSnapshot: known == nil,
        isLast: true, entries: contents.map(\.entry)))
  }
}
