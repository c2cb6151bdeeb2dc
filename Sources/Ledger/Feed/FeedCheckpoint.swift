package import Labels

/// How far a station has come in its host's feed.
///
/// A lineage begins with a whole snapshot. The host numbers what it issues to a station, and
/// remembers each number until the station has moved on: one that it does not remember is of
/// another life of the host or of the station, and is answered with a whole snapshot.
package struct FeedCheckpoint: Hashable, Sendable {
  /// Drawn at random where a snapshot begins.
  package let lineage: Int64
  /// Grows with each checkpoint that is issued to a station, whatever happens at the host.
  package let version: Int64
  /// The host's number of the last change that the station has.
  package let sequence: Int64

  package init(lineage: Int64, version: Int64, sequence: Int64) {
    self.lineage = lineage
    self.version = version
    self.sequence = sequence
  }
}

/// A run of a feed: entries that have changed, and how far they lead.
package struct FeedRun: Hashable, Sendable {
  /// The number of the change after which the run begins; 0 where a snapshot does.
  package let start: Int64
  /// Where the station stands once it has taken the run.
  package let checkpoint: FeedCheckpoint
  /// Whether a whole snapshot begins here: what it does not name by its end is gone.
  package let beginsSnapshot: Bool
  /// Whether the host had nothing more at that moment.
  package let isLast: Bool
  package let entries: [FeedEntry]

  package init(
    start: Int64, checkpoint: FeedCheckpoint, beginsSnapshot: Bool, isLast: Bool,
    entries: [FeedEntry]
  ) {
    self.start = start
    self.checkpoint = checkpoint
    self.beginsSnapshot = beginsSnapshot
    self.isLast = isLast
    self.entries = entries
  }
}

/// Why a station does not take a run of a feed; nothing of it is applied.
package enum FeedRefusal: Error, Hashable, Sendable {
  /// The station has a later one already.
  case stale(version: Int64, known: Int64)
  /// The run goes on from somewhere else than where the station stands.
  case outOfOrder
}

extension FeedRun {
  /// Says whether the run is new to a station; refuses one that is old, or that leaves a gap.
  package func isNew(after known: FeedCheckpoint?) throws(FeedRefusal) -> Bool {
    guard let known else {
      guard beginsSnapshot else { throw .outOfOrder }
      return true
    }
    guard checkpoint != known else { return false }
    guard checkpoint.version > known.version else {
      throw .stale(version: checkpoint.version, known: known.version)
    }
    guard
      beginsSnapshot
        || (checkpoint.lineage == known.lineage && start <= known.sequence
          && checkpoint.sequence >= known.sequence)
    else { throw .outOfOrder }
    return true
  }
}

extension FeedRefusal {
  /// The refusal's name: stable, for programs and for counting.
  package var name: String {
    switch self {
    case .stale: "stale-feed"
    case .outOfOrder: "feed-out-of-order"
    }
  }

  /// What it means and what to do next, for the person at the screen.
  package func advice(in language: Language) -> String {
    switch (self, language) {
    case (.stale(let version, let known), .vietnamese):
      "Đây là bản tin cũ (số \(version)); trạm đã có số \(known). Chưa thay đổi gì."
    case (.stale(let version, let known), .english):
      "This feed is an old one (number \(version)); the station has number \(known). Nothing was "
        + "changed."
    case (.outOfOrder, .vietnamese):
      "Bản tin này không nối tiếp những gì trạm đang có. Hãy gửi lại cho thư viện chủ trì để nhận "
        + "bản tin đầy đủ."
    case (.outOfOrder, .english):
      "This feed does not go on from what the station has. Send to the host again, to get a whole "
        + "one."
    }
  }
}
