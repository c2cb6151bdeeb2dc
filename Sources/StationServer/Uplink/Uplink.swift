package import AsyncHTTPClient
package import Exchange
package import Journal
package import Ledger

/// What one pass carried to the host.
package struct UplinkReport: Hashable, Sendable {
  package fileprivate(set) var batchCount = 0
  /// Events that were new to the host.
  package fileprivate(set) var newCount = 0
  /// Events that the host had already.
  package fileprivate(set) var knownCount = 0
  /// What the host's books could not bear out.
  package fileprivate(set) var findingCount = 0
  /// How often the station took the host's history and began a new epoch.
  package fileprivate(set) var recoveryCount = 0
  /// Events of the station's earlier machines that the host has released, and that came.
  package fileprivate(set) var releasedCount = 0
  /// Entries of the group's feed that came.
  package fileprivate(set) var feedCount = 0
  /// Where the host's last receipt stands.
  package fileprivate(set) var acknowledged: Position
}

/// Carries a station's events to its host, batch by batch, and keeps the receipts.
package struct Uplink: Sendable {
  private let journal: Journal
  private let keys: StationKeys
  private let host: HostClient
  private let lastWay = MeasuredWay()
  private let lastAsked = LastAsked()

  /// Takes the keys that sign the batches, the host's pinned key, and the way to it.
  package init(
    journal: Journal, keys: StationKeys, hostKey: VerifyingKey, link: any HostLink
  ) {
    self.journal = journal
    self.keys = keys
    host = HostClient(link: link, hostKey: hostKey)
  }

  /// Takes the host that a station has set, over HTTP.
  package init(journal: Journal, settings: UplinkSettings, client: HTTPClient) {
    self.init(
      journal: journal, keys: StationKeys(folder: journal.folder), hostKey: settings.hostKey,
      link: HTTPHostLink(url: settings.url, client: client))
  }

  /// Sends all that is pending, or the last event once more where nothing is; then takes in what
  /// has changed in the group.
  ///
  /// The last event proves what a greeting could not: that the host still has this history. A host
  /// or a station that was restored is found at the first contact, not at the next loan.
  ///
  /// A host that was restored from a backup asks for earlier events, and gets them from the last
  /// position that both have. A station that was restored or copied recovers by itself.
  /// - Throws: `UplinkError`, or `JournalError` where the journal can't be used.
  package func pass() async throws -> UplinkReport {
    var report = UplinkReport(acknowledged: try await journal.acknowledged())
    var start: Position?
    var (isResending, detours) = (false, UplinkLimits.detours)
    while true {
      do {
        if start == nil { start = try await firstPending() }
        if let start { try await carry(from: start, isResending, into: &report) }
        break
      } catch let error as UplinkError {
        if error.isKeptAside { try await keepRestAside(after: error) }
        guard detours > 0, let position = try await detour(after: error, &report) else {
          throw error
        }
        detours -= 1
        (start, isResending) = (position, true)
      }
    }
    report.releasedCount = try await takeReleased()
    report.feedCount = try await FeedPull(journal: journal, keys: keys, host: host).pull()
    return report
  }

  /// The batch of events after a position, as `pass` would send it.
  ///
  /// `pieces` is into how many parts a usual batch is cut.
  package func batch(after position: Position, pieces: Int = 1) async throws -> Batch {
    let range = try await journal.events(
      after: position, countLimit: max(1, UplinkLimits.eventsPerBatch / pieces),
      byteLimit: UplinkLimits.bytesPerBatch / pieces)
    return try Batch(
      station: journal.station, start: range.start, events: range.events.map { $0[...] })
  }

  /// Sends one batch and keeps its receipt.
  package func send(_ batch: Batch) async throws -> Receipt {
    let start = journal.clock.now()
    let contact = StationContact(
      wallMilliseconds: start.wallMilliseconds,
      monotonicMilliseconds: start.monotonicMilliseconds, boot: start.boot,
      head: try await journal.head(of: batch.epoch).sequence,
      roundTripMilliseconds: lastWay.milliseconds)
    let (receipt, bytes) = try await host.send(
      batch, signedWith: try keys.key(of: batch.epoch), telling: contact)
    lastWay.note(from: start, to: journal.clock.now())
    try await journal.acknowledge(receipt.position, receipt: bytes)
    return receipt
  }
}

// MARK: - One pass

extension Uplink {
  /// Takes what was released of the station's earlier machines, asked for now and then.
  private func takeReleased() async throws -> Int {
    let current = try await journal.epoch()
    guard current > .first, lastAsked.isDue(at: journal.clock.now()) else { return 0 }
    let copy = HistoryCopy(
      journal: journal, host: host, signer: (current, try keys.key(of: current)))
    var count = 0
    for number in 1..<current.number {
      guard let epoch = Epoch(number) else { continue }
      count += try await copy.takeReleased(of: epoch)
    }
    return count
  }

  /// Where to begin: after the first receipt that is behind, else before the last event.
  ///
  /// `nil` where this epoch has no event yet, and the host has none of it either.
  private func firstPending() async throws -> Position? {
    let current = try await journal.epoch()
    for number in 1...current.number {
      guard let epoch = Epoch(number) else { continue }
      let acknowledged = try await journal.acknowledged(in: epoch)
      if acknowledged.sequence < (try await journal.head(of: epoch).sequence) {
        return acknowledged
      }
    }
    let last = try await journal.head(of: current).sequence
    guard last > 0 else {
      try await greet(in: current)
      return nil
    }
    guard let before = try await journal.position(in: current, sequence: last - 1) else {
      throw JournalError.damaged("event \(last - 1)")
    }
    return before
  }

  /// Asks where the host stands, for a station that has nothing to say yet.
  private func greet(in epoch: Epoch) async throws {
    let copy = HistoryCopy(
      journal: journal, host: host, signer: (epoch, try keys.key(of: epoch)))
    let page = try await copy.hostEnd(of: epoch).page
    if page.cursor.sequence > 0 { throw UplinkError.behindHost(page.cursor) }
    try await stop(at: page.end, of: page.cursor)
  }

  /// Stops a station that believes to be in an epoch still which the host has ended.
  private func stop(at end: EpochEnd?, of cursor: Position) async throws {
    guard let end, try await journal.epoch() == cursor.epoch else { return }
    let error: ExchangeError =
      end == .revoked ? .revoked(lastTrusted: cursor) : .superseded(at: cursor)
    throw UplinkError.refused(status: 409, RefusalMessage(error))
  }

  /// Sends everything from a position to the end of the journal, through all epochs.
  private func carry(
    from start: Position, _ isResending: Bool, into report: inout UplinkReport
  ) async throws {
    var position = start
    while true {
      let head = try await journal.head(of: position.epoch)
      if position.sequence < head.sequence {
        position = try await sendNext(after: position, into: &report)
      } else if let next = position.epoch.next, next <= (try await journal.epoch()) {
        // A host that was restored may lack what has a receipt.
        position =
          isResending
          ? .start(of: journal.station, epoch: next) : try await journal.acknowledged(in: next)
      } else {
        return
      }
    }
  }

  /// Sends one batch, in smaller pieces where the link does not carry it; gives where to go on.
  private func sendNext(
    after position: Position, into report: inout UplinkReport
  ) async throws -> Position {
    var (pieces, triesLeft) = (1, UplinkLimits.smallerTries)
    while true {
      let batch = try await batch(after: position, pieces: pieces)
      do {
        let receipt = try await send(batch)
        report.count(receipt)
        return try await end(of: receipt)
      } catch let error as UplinkError {
        guard case .unreachable = error, triesLeft > 0, batch.events.count > 1 else { throw error }
        triesLeft -= 1
        pieces *= UplinkLimits.shrinkage
      }
    }
  }

  /// Offers all that is pending to a host that keeps it aside, so that nothing is left on a machine
  /// that may be given away; the host takes each event once.
  private func keepRestAside(after error: UplinkError) async throws {
    let current = try await journal.epoch()
    var position = try await journal.acknowledged(in: current)
    if try await journal.keptAside() == journal.head() { return }
    while position.sequence < (try await journal.head(of: current).sequence) {
      let batch = try await batch(after: position)
      do {
        _ = try await send(batch)
      } catch let refusal as UplinkError where refusal.isKeptAside {
        // As it should be; and what was released meanwhile has a receipt.
      }
      position = batch.end
    }
    try await journal.keepAside(position)
  }

  /// Where to go on after a receipt: what the host has beyond the batch need not be sent again.
  ///
  /// - Throws: `UplinkError.behindHost` where the host has events that this journal lacks.
  private func end(of receipt: Receipt) async throws -> Position {
    let cursor = receipt.cursor
    guard cursor.sequence > receipt.position.sequence else {
      try await stop(at: receipt.end, of: cursor)
      return receipt.position
    }
    let ours = try await journal.position(in: cursor.epoch, sequence: cursor.sequence)
    guard ours == cursor else { throw UplinkError.behindHost(cursor) }
    return cursor
  }

  /// Where to go on after a refusal that says so, or that the station recovers from; else `nil`.
  private func detour(
    after error: UplinkError, _ report: inout UplinkReport
  ) async throws -> Position? {
    guard let place = error.placeToGoOnFrom else { return nil }
    if try await journal.position(in: place.epoch, sequence: place.sequence) == place {
      return place
    }
    guard place.epoch <= (try await journal.epoch()) else { return nil }
    let recovery = StationRecovery(journal: journal, keys: keys, host: host)
    try await recovery.recover(in: place.epoch)
    report.recoveryCount += 1
    return try await journal.acknowledged(in: place.epoch)
  }
}

extension UplinkReport {
  fileprivate mutating func count(_ receipt: Receipt) {
    batchCount += 1
    newCount += receipt.newCount
    knownCount += receipt.knownCount
    findingCount += receipt.findings.count
    acknowledged = receipt.position
  }
}

extension UplinkError {
  /// Whether the host took the events, though into no book.
  fileprivate var isKeptAside: Bool {
    guard case .refused(_, let message) = self else { return false }
    return ["superseded", "revoked"].contains(message.error)
  }

  /// The position that the error names, where a station can act upon it.
  fileprivate var placeToGoOnFrom: Position? {
    switch self {
    case .behindHost(let cursor): cursor
    case .refused(_, let message):
      ["gap", "wrong-epoch", "fork"].contains(message.error)
        ? message.position.flatMap { Position($0) } : nil
    default: nil
    }
  }
}
