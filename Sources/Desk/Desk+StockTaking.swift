import Circulation
package import Journal
import Labels
package import Ledger

/// What one scan of a stock-taking came to.
package struct StockScanOutcome: Hashable, Sendable {
  package let scan: StockScan
  package let item: ItemSummary?
  /// The operation had been done before; nothing was counted twice.
  package let isRepeat: Bool
  /// How many different labels were scanned so far, by what was found.
  package let counts: [StockFinding: Int]
}

/// What the closing of a stock-taking may record of a copy that lies on a shelf against the books.
package enum StockSettling: String, Sendable {
  case takeBack = "take-back"
  case recordFound = "record-found"
}

/// A label that was scanned and is not simply where it should be.
package struct StockLine: Sendable {
  package let scan: StockScan
  package let item: ItemSummary?
  /// `nil` where the closing can't settle it, such as what is in a box by the books.
  package let settling: StockSettling?
}

/// A stock-taking as it stands.
package struct StockReport: Sendable {
  package let session: StockSession
  /// Items that the books have on these shelves now.
  package let expectedCount: Int
  package let counts: [StockFinding: Int]
  /// Neither scanned nor moved since the stock-taking was opened.
  package let missing: [ItemSummary]
  package let unusual: [StockLine]

  var count: StockCount {
    StockCount(
      session: session.id, range: session.range, expected: expectedCount, found: counts,
      missing: missing.count)
  }
}

extension Desk {
  /// Opens a stock-taking of a range; several devices may then scan for it.
  package func openStockTaking(
    of rangeText: String, as operation: NamedOperation
  ) async throws -> StockSession {
    guard let range = StockRange(rangeText) else { throw DeskError.badRange(rangeText) }
    let station = journal.station
    let now = journal.clock.now().wallMilliseconds
    return try await journal.recordAll(operation) { transaction in
      let view = transaction.view
      guard try view.stockSession(operation.id) == nil else { return [] }
      let epoch = try view.epoch(of: station)
      let head = try view.head(of: station, epoch: epoch)
      try transaction.open(
        StockSession(
          id: operation.id, range: range, openedMilliseconds: now, epoch: epoch,
          sequence: head.sequence))
      return []
    } telling: { _, view in
      guard let session = try view.stockSession(operation.id) else { throw Refusal.noStockTaking }
      return session
    }
  }

  package func stockTakings() async throws -> [StockSession] {
    try await journal.read { try $0.stockSessions() }
  }

  /// Stops a stock-taking for a while, or lets it go on.
  package func pauseStockTaking(
    _ id: OperationID, _ isPaused: Bool, as operation: NamedOperation
  ) async throws -> StockSession {
    try await journal.recordAll(operation) { transaction in
      guard let session = try transaction.view.stockSession(id) else {
        throw Refusal.noStockTaking
      }
      if session.isClosed { throw Refusal.stockTakingClosed }
      try transaction.pause(id, isPaused)
      return []
    } telling: { _, view in
      guard let session = try view.stockSession(id) else { throw Refusal.noStockTaking }
      return session
    }
  }

  /// Notes what lies on a shelf; the same operation counts once.
  package func scanStock(
    _ text: String, for id: OperationID, as operation: NamedOperation
  ) async throws -> StockScanOutcome {
    let (lookup, library) = (lookup, library)
    let now = journal.clock.now().wallMilliseconds
    let before = try await journal.read { try $0.stockScan(operation.id) }
    return try await journal.recordAll(operation) { transaction in
      let view = transaction.view
      guard try view.stockScan(operation.id) == nil else { return [] }
      let session = try Self.openSession(id, in: view)
      let (label, holding) = try lookup.shelfLabel(text, in: view)
      try transaction.add(
        StockScan(
          operation: operation.id, session: id, label: label, item: holding?.item,
          finding: StockFinding(holding, in: session.range, at: library),
          scannedMilliseconds: now, device: operation.device))
      return []
    } telling: { _, view in
      guard let scan = try view.stockScan(operation.id) else { throw Refusal.noStockTaking }
      let holding = try scan.item.flatMap { try view.holding($0) }
      return StockScanOutcome(
        scan: scan, item: try holding.map { try lookup.summary(of: $0, in: view) },
        isRepeat: before != nil, counts: try view.stockCounts(of: id))
    }
  }

  private static func openSession(_ id: OperationID, in view: JournalView) throws -> StockSession {
    guard let session = try view.stockSession(id) else { throw Refusal.noStockTaking }
    if session.isClosed { throw Refusal.stockTakingClosed }
    if session.isPaused { throw Refusal.stockTakingPaused }
    return session
  }

  package func stockReport(of id: OperationID) async throws -> StockReport {
    let reporter = StockReporter(lookup: lookup, library: library)
    return try await journal.read { try reporter.report(on: id, in: $0) }
  }

  /// Ends a stock-taking: records what it came to, and what the librarian says of single items.
  ///
  /// A settled item that was not found is recorded as missing; one that was found against the books
  /// is taken back to its shelf. Nothing else changes, and nothing is ever deleted.
  ///
  /// - Throws: a `Refusal` that names an item which can't be settled and says why; nothing is
  ///   closed then.
  package func closeStockTaking(
    _ id: OperationID, settling items: [String], as operation: NamedOperation
  ) async throws -> StockSession {
    let reporter = StockReporter(lookup: lookup, library: library)
    return try await journal.recordAll(operation) { transaction in
      let view = transaction.view
      let report = try reporter.report(on: id, in: view)
      if report.session.isClosed { throw Refusal.stockTakingClosed }
      let settled = try items.map { try reporter.settle($0, of: report, in: view) }
      return [.stockTaken(report.count)] + settled
    } telling: { _, view in
      guard let session = try view.stockSession(id) else { throw Refusal.noStockTaking }
      return session
    }
  }
}

/// Works a stock-taking's report out of one consistent state.
private struct StockReporter: Sendable {
  let lookup: DeskLookup
  let library: LibraryCode

  func report(on id: OperationID, in view: JournalView) throws -> StockReport {
    guard let session = try view.stockSession(id) else { throw Refusal.noStockTaking }
    let scans = try view.stockScans(of: id)
    let seen = Set(scans.compactMap(\.item))
    let shelf = try view.shelf(
      of: library, in: session.range, movedAfter: session.sequence, of: session.epoch)
    let missing = shelf.filter { !$0.wasMoved && !seen.contains($0.item) }
    return StockReport(
      session: session, expectedCount: shelf.count,
      counts: scans.reduce(into: [:]) { $0[$1.finding, default: 0] += 1 },
      missing: try missing.compactMap { try summary($0.item, in: view) },
      unusual: try scans.filter { $0.finding != .present }.map { try line($0, in: view) })
  }

  private func line(_ scan: StockScan, in view: JournalView) throws -> StockLine {
    let holding = try scan.item.flatMap { try view.holding($0) }
    return StockLine(
      scan: scan, item: try holding.map { try lookup.summary(of: $0, in: view) },
      settling: holding.flatMap { try? settling(of: $0, found: scan.finding) })
  }

  private func summary(_ item: ItemID, in view: JournalView) throws -> ItemSummary? {
    try view.holding(item).map { try lookup.summary(of: $0, in: view) }
  }

  /// The fact that settles one item of a report.
  func settle(_ text: String, of report: StockReport, in view: JournalView) throws -> Fact {
    let holding = try lookup.item(text, in: view)
    func move(to place: Place) -> ItemMove {
      ItemMove(item: holding.item, from: holding.place, to: place, seen: holding.version)
    }
    if report.missing.contains(where: { $0.item == holding.item }) {
      return .lost(move(to: .missing(library)))
    }
    let finding = report.unusual.first { $0.scan.item == holding.item }?.scan.finding
    switch try settling(of: holding, found: finding) {
    case .takeBack: return .checkin(move(to: .shelf(library)))
    case .recordFound: return .found(move(to: .shelf(library)))
    }
  }

  /// How a copy that a scan has found is settled, by where the books have it now.
  private func settling(
    of holding: Holding, found finding: StockFinding?
  ) throws(Refusal) -> StockSettling {
    let item = holding.item
    switch (finding, holding.place) {
    case (_, .box(let box)): throw .inBox(item, box: box)
    case (_, .withdrawn), (_, .outside): throw .withdrawn(item)
    case (_, .shelf(library)): throw .alreadyOnShelf(item)
    case (.onLoan, .patron), (.elsewhere, .shelf), (.elsewhere, .patron), (.elsewhere, .missing):
      return .takeBack
    case (.wasMissing, .missing): return .recordFound
    case (_, .missing): throw .alreadyMissing(item)
    case (_, .patron): throw .alreadyOnLoan(item, toSamePatron: false)
    case (_, .shelf(let other)): throw .atAnotherLibrary(item, library: other)
    }
  }
}

extension DeskLookup {
  /// What a label on a shelf stands for: the identifier of its item, or its own text where no item
  /// is known.
  ///
  /// - Throws: `DeskError` where it is no item's label or stands for several.
  func shelfLabel(_ text: String, in view: JournalView) throws -> (String, Holding?) {
    do {
      let holding = try item(text, in: view)
      return (holding.item.text, holding)
    } catch Refusal.unknownItem(let reference) {
      return (reference, nil)
    }
  }
}
