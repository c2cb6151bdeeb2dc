package import Journal
import Ledger
package import Rotation

extension Journal {
  /// Lets the station hear of a rota's revision as if its host had told.
  package func hear(
    of rota: Rota, revision: Int = 1, because reason: String = ""
  ) async throws {
    let known = try await feedState()?.checkpoint
    let checkpoint = FeedCheckpoint(
      lineage: known?.lineage ?? 1, version: (known?.version ?? 0) + 1,
      sequence: (known?.sequence ?? 0) + 1)
    let published = PublishedRota(
      rota: rota, revision: revision, wallMilliseconds: 0, reason: reason)
    _ = try await take(
      FeedRun(
        start: known?.sequence ?? 0, checkpoint: checkpoint, beginsSnapshot: known == nil,
        isLast: true, entries: [FeedContent.rota(published).entry]))
  }
}
