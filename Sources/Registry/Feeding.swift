import Circulation
import Labels
package import Ledger

/// What stations are told, with its rank among those of its name.
package struct RankedFeedEntry: Hashable, Sendable {
  package let entry: FeedEntry
  /// Of a lower rank than is kept: passed over.
  package let rank: Int
}

/// What has changed after a number of the feed.
package struct FeedSlice: Hashable, Sendable {
  package let entries: [FeedEntry]
  /// The number up to which the slice tells all.
  package let last: Int64
  /// Whether everything that has a number is told with it.
  package let isAtEnd: Bool
}

/// A checkpoint as it was issued to a station.
package struct IssuedCheckpoint: Hashable, Sendable {
  package let checkpoint: FeedCheckpoint
  /// What its library could see then, as `GroupView.text` has it.
  package let view: String
}

extension RegistryTransaction {
  /// Tells the group's stations, who ask for it by and by.
  ///
  /// - Throws: `RegistryError.cannotBeTold` for what a station could not read, since one such entry
  ///   would keep everything after it from everybody.
  package func publish(_ contents: [FeedContent]) throws {
    guard !contents.isEmpty else { return }
    var latest: [FeedEntry.Name: FeedContent] = [:]
    for content in contents where content.rank >= latest[content.name]?.rank ?? 0 {
      latest[content.name] = content
    }
    // In one order, so that two transactions never wait for each other in a ring.
    let names = latest.keys.sorted { left, right in
      (left.library?.text ?? "", left.kind, left.key)
        < (right.library?.text ?? "", right.kind, right.key)
    }
    let told = names.compactMap { latest[$0] }
    try save(
      try told.map { content in
        let entry = content.entry
        try content.refuseWhenUnreadable(entry)
        return RankedFeedEntry(entry: entry, rank: content.rank)
      })
    try address(try told.flatMap { try addressees(of: $0) })
  }

  /// Tells all that the books have, for books of a version that told nothing.
  ///
  /// Slips that were sealed before are not among it; the box's own slip is.
  func publishAll() throws {
    var pending: [FeedContent] = []
    func add(_ content: FeedContent) throws {
      pending.append(content)
      guard pending.count >= FeedLimits.entriesPerPage else { return }
      try publish(pending)
      pending = []
    }
    try forEachRecord { try add(.record($0, of: $1)) }
    try forEachHolding { try add(.item(FeedItem($0.holding))) }
    let boxes = Dictionary(grouping: try sightings(), by: \.place.box)
    for box in boxes.values.compactMap({ FeedBox($0) }) { try add(.box(box)) }
    try publish(pending)
  }
}

extension FeedContent {
  /// Titles and copies are passed over: they are many, and were read from events under the limits
  /// by which a station reads them.
  fileprivate func refuseWhenUnreadable(_ entry: FeedEntry) throws(RegistryError) {
    switch self {
    case .record, .item: return
    default: break
    }
    guard let read = try? FeedEntry(encoded: entry.encoded[...]), read == entry else {
      throw .cannotBeTold("\(name.kind) \(name.key)")
    }
  }
}
