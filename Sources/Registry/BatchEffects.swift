import Circulation
import Labels
import Ledger

/// What a run of one station's events adds up to, so that each row is read and written once.
struct BatchEffects {
  private(set) var records: [RecordID: BibliographicRecord] = [:]
  private(set) var balances: [Place: Int] = [:]
  private(set) var readings: [ReadingKey: Int] = [:]
  private(set) var conflicts: [Conflict] = []
  private var holdings: [ItemID: HeldItem]
  private var changed: Set<ItemID> = []

  /// Begins with the items that the events act on, as they are in the books.
  init(holdings: [ItemID: HeldItem]) {
    self.holdings = holdings
  }

  /// The items whose state is another one now.
  var changedHoldings: [HeldItem] {
    Self.inOrder(changed).compactMap { holdings[$0] }
  }

  /// The items that events act on, each once.
  static func items(of events: [Event]) -> [ItemID] {
    inOrder(Set(events.compactMap { $0.fact.move?.item }))
  }

  /// In order of the books' key, so that a tree is walked once from left to right.
  private static func inOrder(_ items: Set<ItemID>) -> [ItemID] {
    items.sorted {
      ($0.library.text, $0.accession.prefix, $0.accession.digits)
        < ($1.library.text, $1.accession.prefix, $1.accession.digits)
    }
  }

  mutating func apply(_ event: Event) {
    switch event.fact {
    case .recordDescribed(let record):
      records[record.id] = record
    case .onSiteReading(let reading): readings[reading.key, default: 0] += reading.count
    case .undone(let undo):
      if case .reading(let reading) = undo.subject {
        readings[reading.key, default: 0] -= reading.count
      }
      if let move = undo.move { act(on: move.item, by: event) }
    case .noted, .labelReplaced, .stockTaken: break
    case .unrecognised(let kind, _):
      note(.unrecognisedFact(kind: kind), of: event, before: nil)
    case .itemRegistered, .checkout, .checkin, .renewal, .lost, .found, .discovered:
      if let move = event.fact.move { act(on: move.item, by: event) }
    }
  }

  private mutating func act(on item: ItemID, by event: Event) {
    let before = holdings[item]
    let effect = event.effect(on: before?.holding)
    if let after = effect.holding, after != before?.holding {
      holdings[item] = HeldItem(holding: after, lastEvent: EventReference(event))
      changed.insert(item)
    }
    if let posting = effect.posting {
      balances[posting.from, default: 0] -= 1
      balances[posting.to, default: 0] += 1
    }
    for discrepancy in effect.discrepancies { note(discrepancy, of: event, before: before) }
  }

  private mutating func note(_ discrepancy: Discrepancy, of event: Event, before: HeldItem?) {
    let item = discrepancy.item.map {
      Conflict.ItemReference(
        item: $0.text, claimed: event.fact.move?.from.text,
        actual: before?.holding.place.text, lastEvent: before?.lastEvent)
    }
    conflicts.append(
      Conflict(
        event: EventReference(event), name: discrepancy.name, act: event.fact.name, item: item))
  }
}
