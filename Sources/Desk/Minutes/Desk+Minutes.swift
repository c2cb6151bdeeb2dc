import Circulation
import Journal
import Labels
package import Ledger
import Rotation

extension Desk {
  /// What minutes of a box say: its last sealing or receipt here, whichever came later.
  ///
  /// Everything is read as it stood at that event, so that a reprint says the same. Reads all of
  /// the station's events up to it.
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
      return HandoverWriter(accounts: accounts, event: event, offsetMinutes: offsetMinutes)
        .copy(of: number, libraryName: name)
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

/// Draws up what minutes of a box say, from the books as they stood.
private struct HandoverWriter {
  let accounts: Accounts
  let event: Event
  let offsetMinutes: Int

  func copy(of number: BoxNumber, libraryName: String) -> HandoverCopy {
    let record = accounts.boxes[number]
    if case .box(.sealed(let slip)) = event.fact {
      return sealed(slip.manifest, libraryName: libraryName)
    }
    let difference = record.map(difference)
    let counted = record.map(counted) ?? [:]
    let lines = (difference?.lines ?? []).map { line in
      MinutesLine(
        item: line.item, title: accounts.title(of: line.item),
        condition: counted[line.item]?.condition.noted ?? accounts.condition(of: line.item))
    }
    return HandoverCopy(
      libraryName: libraryName, box: number, seal: record?.box.seal ?? 0,
      from: record?.box.from ?? number.library, to: event.station.library, stage: record?.stage,
      isReceipt: true, lines: lines,
      headings: Dictionary(
        (difference?.lines ?? []).map { ($0.item, $0.heading) }, uniquingKeysWith: { $1 }),
      wallMilliseconds: event.moment.wallMilliseconds, event: EventMark(event))
  }

  private func sealed(_ manifest: Manifest, libraryName: String) -> HandoverCopy {
    HandoverCopy(
      libraryName: libraryName, box: manifest.box, seal: manifest.seal, from: manifest.from,
      to: manifest.to, stage: manifest.stage, isReceipt: false,
      lines: manifest.items.map {
        MinutesLine(
          item: $0, title: accounts.title(of: $0), condition: accounts.condition(of: $0))
      }, headings: [:], wallMilliseconds: event.moment.wallMilliseconds, event: EventMark(event))
  }

  private func counted(_ record: BoxRecord) -> [ItemID: CountedItem] {
    (accounts.countedItems[record.box.number] ?? [:]).filter { $0.value.began == record.began }
  }

  private func difference(_ record: BoxRecord) -> ReceivingDifference {
    var receiving = Receiving(of: record.box.number)
    if let manifest = record.slip?.manifest { try? receiving.learn(manifest) }
    let counted = counted(record)
    for item in counted.values.sorted(by: { $0.item < $1.item }) {
      let day = SchoolDay(unixMilliseconds: item.wallMilliseconds, offsetMinutes: offsetMinutes)
      _ = receiving.scan(item.item, condition: item.condition, on: day)
    }
    var others: [ItemID: BoxNumber] = [:]
    for item in counted.keys {
      others[item] = accounts.lastActs[item]?.before.place.box
    }
    for other in accounts.boxes.values.sorted(by: { $0.box.number < $1.box.number })
    where other.isInbound && other.box.number != record.box.number {
      for item in other.slip?.manifest.items ?? [] { others[item] = other.box.number }
    }
    return receiving.difference { others[$0] }
  }
}
