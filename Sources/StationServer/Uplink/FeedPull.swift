import Exchange
import Journal
import Ledger

/// Asks the host for what has changed in the group, and takes it in page by page.
struct FeedPull: Sendable {
  let journal: Journal
  let keys: StationKeys
  let host: HostClient

  /// Pulls until the host has nothing more; gives how many entries came.
  ///
  /// Where another process of this station has taken in more meanwhile, such as `lienthong sync`
  /// beside the running station, the rest is left to it.
  /// - Throws: `UplinkError`, or `JournalError` where the journal can't be used. Pages that came
  ///   before stay.
  func pull() async throws -> Int {
    var count = 0
    for _ in 1...UplinkLimits.feedPages {
      let request = try await Self.request(of: journal)
      let page = try await host.feed(request, signedWith: try keys.key(of: request.epoch))
      let run = page.run
      do {
        if try await journal.take(run) { count += run.entries.count }
        try await StickExchange(journal: journal).trust(page.stickKey)
      } catch let refusal as FeedRefusal {
        let known = try await journal.feedState()?.checkpoint
        guard known == request.checkpoint else { break }
        throw UplinkError.badReceipt(.feed(refusal))
      }
      if run.isLast { break }
    }
    return count
  }

  /// What the station would ask now.
  static func request(of journal: Journal) async throws -> FeedRequest {
    FeedRequest(
      station: journal.station, epoch: try await journal.epoch(),
      checkpoint: try await journal.feedState()?.checkpoint,
      slipKey: try SlipKeys(journal: journal).key().verifyingKey)
  }
}
