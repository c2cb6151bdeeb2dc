import Exchange
package import Labels
package import Ledger

extension GroupRegistry {
  /// Checkpoints that are remembered of one station; one that lags further behind begins anew.
  private static let checkpointsPerStation: Int64 = 64
  /// Entries that a station may not see and that are looked at anew each time that it asks; after
  /// more it gets a checkpoint beyond them.
  private static let hiddenEntriesPassed: Int64 = 1_000

  /// Tells a station what has changed in the group since it last asked, a sealed page at a time.
  ///
  /// It is told of its own library, and of others what their members share. A station whose
  /// checkpoint is not one that was issued to it, since its disk or the host was restored, since it
  /// lags too far behind or since its library may see something else by now, is told everything
  /// from the beginning. What the request says of the station's own key for slips is told to the
  /// others.
  /// - Throws: `ExchangeError` for a request that is refused.
  package func feed(_ bytes: [UInt8]) async throws -> [UInt8] {
    let request = try await openFeedRequest(try SealedFeedRequest(bytes))
    return try await feedPage(answering: request, from: request.checkpoint).sealed(with: key)
  }

  /// Checks whose request it is.
  func openFeedRequest(_ sealed: SealedFeedRequest) async throws -> FeedRequest {
    let enrolled = try await store.read {
      try $0.enrolledStation(sealed.station, epoch: sealed.epoch)
    }
    return try sealed.open(with: enrolled.enrolment.key)
  }

  /// The page for a station that stands at a checkpoint.
  func feedPage(
    answering request: FeedRequest, from checkpoint: FeedCheckpoint?
  ) async throws -> FeedPage {
    let run = try await store.write { books in
      try Self.refuseWhenOver(request, in: books)
      let slipKey = FeedContent.slipKey(request.slipKey.bytes, of: request.station)
      if try books.feedEntry(slipKey.name) != slipKey.entry {
        try books.publish([slipKey])
        try books.note(
          slipKey: request.slipKey.bytes, of: request.station.library,
          atMilliseconds: nowMilliseconds())
      }
      return try Self.run(for: request.station, from: checkpoint, in: books)
    }
    return FeedPage(
      answering: request, with: run, stickKey: try key.stickKey,
      atMilliseconds: nowMilliseconds())
  }

  /// Refuses a machine whose epoch is over: another one has taken its place, or nobody trusts it.
  private static func refuseWhenOver(
    _ request: FeedRequest, in books: any RegistryReader
  ) throws {
    let station = try books.enrolledStation(request.station, epoch: request.epoch)
    guard let closing = station.closing else { return }
    let last = try books.position(
      of: request.station, epoch: request.epoch, sequence: closing.lastTrusted)
    throw closing.end == .revoked
      ? ExchangeError.revoked(lastTrusted: last) : ExchangeError.superseded(at: last)
  }

  private static func run(
    for station: StationID, from claim: FeedCheckpoint?, in books: any RegistryTransaction
  ) throws -> FeedRun {
    let isNumbered = try books.numberFeed(limit: FeedLimits.entriesPerPage)
    let view = try books.view(of: station.library)
    let known = try claim.flatMap { claimed in
      let issued = IssuedCheckpoint(checkpoint: claimed, view: view.text)
      return try books.feedCheckpoint(of: station, version: claimed.version) == issued
        ? claimed : nil
    }
    let start = known?.sequence ?? 0
    let slice = try books.feed(after: start, seenBy: view)
    let isLast = isNumbered && slice.isAtEnd
    if let known, slice.entries.isEmpty, isLast, slice.last - start < hiddenEntriesPassed {
      return FeedRun(
        start: start, checkpoint: known, beginsSnapshot: false, isLast: true, entries: [])
    }
    let last = max(try books.lastFeedVersion(of: station), claim?.version ?? 0)
    let checkpoint = FeedCheckpoint(
      lineage: known?.lineage ?? .random(in: 0...Int64.max), version: last + 1,
      sequence: slice.last)
    try books.keep(
      IssuedCheckpoint(checkpoint: checkpoint, view: view.text), of: station,
      forgettingBefore: max(known?.version ?? 0, last + 1 - checkpointsPerStation))
    return FeedRun(
      start: start, checkpoint: checkpoint, beginsSnapshot: known == nil, isLast: isLast,
      entries: slice.entries)
  }
}

extension GroupRegistry {
  /// Blocks a card of a library by its token, or unblocks it; its station hears of it by the feed.
  package func setBlocked(
    _ isBlocked: Bool, card token: PatronCommitment, of library: LibraryCode
  ) async throws {
    try await store.write {
      try $0.publish([.card(token, of: library, isBlocked: isBlocked)])
    }
  }

  /// The token of the card that an item is on loan to, and the card's library; nothing where the
  /// books have it on loan to nobody.
  package func borrower(
    of item: ItemID
  ) async throws -> (token: PatronCommitment, library: LibraryCode)? {
    let held = try await store.read { try $0.holdings(of: [item]).first ?? nil }
    guard let holding = held?.holding, let loan = holding.loan,
      case .patron(let library) = holding.place
    else { return nil }
    return (loan.borrower, library)
  }
}
