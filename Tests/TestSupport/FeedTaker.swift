package import Exchange
package import Ledger
package import Registry

/// What a station of a chain made in memory takes of a host's feed.
package struct FeedTaker: Sendable {
  package let chain: StationChain
  package let slipKey: VerifyingKey
  package private(set) var checkpoint: FeedCheckpoint?
  /// All entries as they stand.
  package private(set) var entries: [FeedEntry.Name: FeedEntry] = [:]
  private var snapshot: Set<FeedEntry.Name> = []

  package init(_ chain: StationChain, slipKey: SigningKey = SigningKey()) {
    self.chain = chain
    self.slipKey = slipKey.verifyingKey
  }

  package var request: FeedRequest {
    FeedRequest(
      station: chain.station, epoch: chain.epoch, checkpoint: checkpoint, slipKey: slipKey)
  }

  /// Asks for one page and gives it as it came.
  package func ask(_ registry: GroupRegistry) async throws -> FeedPage {
    let request = request
    let bytes = try await registry.feed(try request.sealed(with: chain.key))
    let page = try FeedPage.open(bytes, with: registry.verifyingKey)
    try page.refuseWhenNot(answering: request)
    return page
  }

  /// Takes a page in, as a station does.
  package mutating func take(_ page: FeedPage) throws(FeedRefusal) {
    guard try page.run.isNew(after: checkpoint) else { return }
    if page.run.beginsSnapshot { snapshot = Set(entries.keys) }
    for entry in page.run.entries {
      if case .takenBack(let name)? = try? FeedContent(entry) {
        entries[name] = nil
        continue
      }
      entries[entry.name] = entry
      snapshot.remove(entry.name)
    }
    if page.run.isLast {
      for name in snapshot { entries[name] = nil }
      snapshot = []
    }
    checkpoint = page.run.checkpoint
  }

  /// Pulls until there is nothing more; gives the pages.
  @discardableResult
  package mutating func pull(_ registry: GroupRegistry) async throws -> [FeedPage] {
    var pages: [FeedPage] = []
    repeat {
      let page = try await ask(registry)
      try take(page)
      pages.append(page)
    } while pages.last?.run.isLast != true
    return pages
  }

  /// What all entries say that this version knows.
  package var contents: Set<FeedContent> {
    get throws { Set(try entries.values.compactMap { try FeedContent($0) }) }
  }
}
