import Circulation
import Journal
import Labels
package import Ledger
import Rotation

extension Desk {
  /// What minutes of a box say: its last sealing or receipt here, whichever came later.
  ///
  /// Everything is read as it stood at that event, so that a reprint says the same; only titles of
  /// other libraries' books are those that the host has told of by now. Reads all of the station's
  /// events up to it.
  /// - Throws: `BoxRefusal` where the box was neither sealed nor received here,
  ///   `DeskError.noSuchBox`.
  package func handoverCopy(ofBox text: String) async throws -> HandoverCopy {
    let (lookup, name) = (lookup, journal.libraryName)
    let offsetMinutes = settings.offsetMinutes
    return try await journal.read { view in
      let number = try lookup.box(text)
      guard let record = try view.box(number) else { throw DeskError.noSuchBox(number) }
      let event = try view.lastEvent { fact in
        switch fact {
        case .box(.sealed(let slip)): slip.manifest.box == number
        case .box(.confirmed(let receipt)): receipt.step.box == number
        default: false
        }
      }
      guard let event else {
        throw BoxRefusal.wrongState(number, state: record.box.state, act: "minutes")
      }
      let accounts = try view.accounts(through: EventMark(event))
      return try HandoverWriter(accounts: accounts, event: event, offsetMinutes: offsetMinutes)
        .copy(of: number, libraryName: name).naming(by: view.toldTitle)
    }
  }

  /// What minutes of a closed stock-taking say.
  ///
  /// - Throws: `Refusal.noStockTaking`, `TermRefusal.countNotClosed`.
  package func stockCopy(of session: OperationID) async throws -> StockCopy {
    let (library, name) = (library, journal.libraryName)
    return try await journal.read { view in
      guard let opened = try view.stockSession(session) else { throw Refusal.noStockTaking }
      let event = try view.lastEvent { fact in
        if case .stockTaken(let count) = fact { count.session == session } else { false }
      }
      guard let event, case .stockTaken(let count) = event.fact else {
        throw TermRefusal.countNotClosed
      }
      let accounts = try view.accounts(through: EventMark(event))
      let scans = try view.stockScans(of: session)
      return StockCopy(
        libraryName: name, library: library, count: count,
        openedMilliseconds: opened.openedMilliseconds,
        wallMilliseconds: event.moment.wallMilliseconds,
        missing: accounts.missing(of: opened, seen: Set(scans.compactMap(\.item)), at: library),
        unusual: scans.filter { $0.finding != .present }.map { scan in
          StockCopy.Unusual(
            label: scan.label, title: scan.item.map { accounts.title(of: $0) } ?? "",
            finding: scan.finding)
        }, event: EventMark(event))
    }
  }

  /// What minutes of a closed term say.
  ///
  /// - Throws: `TermRefusal`.
  package func termCopy(of text: String) async throws -> TermCopy {
    guard let term = Term(text) else { throw TermRefusal.badTerm(text) }
    return try await journal.read { view in
      let records = try view.termRecords()
      guard let closed = records.closing(of: term), let text = records.text(of: closed) else {
        throw TermRefusal.notClosed(term)
      }
      return TermCopy(statement: try TermStatement(text), closed: closed)
    }
  }
}

extension JournalView {
  /// The last event whose fact fits.
  fileprivate func lastEvent(where fits: (Fact) -> Bool) throws -> Event? {
    var last: Event?
    try forEachEvent { event in
      if fits(event.fact) { last = event }
      return true
    }
    return last
  }

  /// Everything as it stood after an event.
  fileprivate func accounts(through mark: EventMark) throws -> Accounts {
    var accounts = Accounts()
    try forEachEvent { event in
      guard EventMark(event) <= mark else { return false }
      accounts.apply(event)
      return true
    }
    return accounts
  }
}

extension Accounts {
  /// What stood on the shelves by the books and was neither scanned nor moved, in order.
  fileprivate func missing(
    of session: StockSession, seen: Set<ItemID>, at library: LibraryCode
  ) -> [MinutesLine] {
    let opened = EventMark(epoch: session.epoch, sequence: session.sequence)
    return holdings.values
      .filter { holding in
        guard holding.place == .shelf(library), session.range.contains(holding.item),
          !seen.contains(holding.item)
        else { return false }
        guard let act = lastActs[holding.item] else { return true }
        return EventMark(epoch: act.epoch, sequence: act.sequence) <= opened
      }
      .map(\.item).sorted()
      .map { MinutesLine(item: $0, title: title(of: $0), condition: condition(of: $0)) }
  }
}
