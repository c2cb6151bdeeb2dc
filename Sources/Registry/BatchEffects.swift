import Circulation
import Labels
import Ledger
import Rotation

/// What a run of one station's events adds up to, so that each row is read and written once.
struct BatchEffects {
  private(set) var records: [RecordID: BibliographicRecord] = [:]
  private(set) var balances: [Place: Int] = [:]
  private(set) var readings: [ReadingKey: Int] = [:]
  /// Loans by what is known of their kind; titles are looked up for all of them at once.
  private(set) var loans: [Loan: Int] = [:]
  /// Acts on items that were taken back, which may have been loans.
  private(set) var takenBack: [TakenBack] = []
  /// Loans by their operation, where something is taken back.
  private(set) var checkouts: [OperationID: Event] = [:]
  private(set) var conflicts: [Conflict] = []
  /// The last that was said of each box at this station's library.
  private(set) var sightings: [BoxSighting.Place: BoxSighting] = [:]
  /// The slip of each box's last sealing that was told of.
  private(set) var slips: [BoxNumber: SealedSlip] = [:]
  /// What a reconciliation over the group goes by.
  private(set) var trail = TermTrail()
  private(set) var stageBoxes = StageBoxChanges()
  /// How worn items are, as was noted last.
  private(set) var conditions: [ItemID: NotedCondition] = [:]
  /// Acts on items, in order of events.
  private var acts: [(index: Int, act: ItemAct)] = []
  /// Items that come into the books by these events.
  private(set) var begun: [ItemID] = []
  /// What items' histories say of the conflicts about them.
  private(set) var settlings: [ConflictSettling] = []
  /// Libraries that have had items which are not their own in hand.
  private var guests: Set<Guest> = []
  /// Acts that do not simply follow the last one that the books have, by item.
  private var unsettled: [ItemID: [Event]] = [:]
  /// The state of each item, in the order of the books' key; `nil` where it is not registered.
  private var holdings: [HeldItem?]
  /// What other libraries knew of each item before.
  private let told: [FeedItem?]
  private var isChanged: [Bool]
  private let indices: [ItemID: Int]
  private let takesBack: Bool

  /// Begins with the items that the events act on, as `read` finds them in the books.
  ///
  /// The items are asked for in the order of the books' key, so that a tree is walked once from
  /// left to right.
  init(of events: [Event], reading read: ([ItemID]) throws -> [HeldItem?]) rethrows {
    let items = Set(events.compactMap { $0.fact.move?.item }).sorted()
    holdings = try read(items)
    told = holdings.map { $0.map { FeedItem($0.holding) } }
    isChanged = Array(repeating: false, count: items.count)
    indices = Dictionary(uniqueKeysWithValues: zip(items, 0...))
    takesBack = events.contains { if case .undone = $0.fact { true } else { false } }
  }

  /// Begins with items that are to be settled, apart from any event.
  init(settling items: [ItemID], reading read: ([ItemID]) throws -> [HeldItem?]) rethrows {
    let sorted = Set(items).sorted()
    holdings = try read(sorted)
    told = holdings.map { $0.map { FeedItem($0.holding) } }
    isChanged = Array(repeating: false, count: sorted.count)
    indices = Dictionary(uniqueKeysWithValues: zip(sorted, 0...))
    takesBack = false
    for item in sorted { unsettled[item] = [] }
  }

  /// The items whose state is another one now, in the order of the books' key.
  var changedHoldings: [HeldItem] {
    zip(holdings, isChanged).compactMap { held, isChanged in isChanged ? held : nil }
  }

  /// The items of which other libraries are to know something else now.
  var changedFeedItems: [FeedItem] {
    zip(holdings, told).compactMap { held, before in
      let item = held.map { FeedItem($0.holding) }
      return item == before ? nil : item
    }
  }

  /// The items that were known before and have got a title since.
  var namedFeedItems: [FeedItem] {
    zip(holdings, told).compactMap { held, before in
      let item = held.map { FeedItem($0.holding) }
      return before == nil || item?.record == before?.record ? nil : item
    }
  }

  private struct Guest: Hashable {
    let index: Int
    let library: LibraryCode
  }

  /// Loans on one day to one class of copies of one kind, or of one title.
  struct Loan: Hashable {
    let day: SchoolDay
    let schoolClass: SchoolClass?
    /// What the item's register is for, which is known whoever has described the title.
    let kind: MaterialKind?
    /// Where the register does not say; `nil` for an item that nobody has registered.
    let record: RecordID?

    init(
      _ event: Event, _ checkout: Checkout, of record: @autoclosure () throws -> RecordID?
    ) rethrows {
      day = SchoolDay(unixMilliseconds: event.moment.wallMilliseconds)
      schoolClass = checkout.borrower.schoolClass
      kind = MaterialKind(register: checkout.move.item.accession.prefix)
      self.record = try kind == nil ? record() : nil
    }
  }

  mutating func apply(_ event: Event) {
    trail.note(event)
    switch event.fact {
    case .recordDescribed(let record):
      records[record.id] = record
    case .onSiteReading(let reading): readings[reading.key, default: 0] += reading.count
    case .undone(let undo):
      if case .reading(let reading) = undo.subject {
        readings[reading.key, default: 0] -= reading.count
      }
      if let move = undo.move {
        let last = indices[move.item].flatMap { holdings[$0] }?.lastEvent
        takenBack.append(
          TakenBack(event: EventReference(event), operation: undo.operation, last: last))
        act(on: move.item, by: event)
      }
    case .noted: note(event.fact.notedCondition)
    case .labelReplaced, .stockTaken, .term, .link: break
    case .box(let fact):
      if let sighting = BoxSighting(fact, of: event) { sightings[sighting.place] = sighting }
      keepSlip(of: fact)
      stageBoxes.take(fact)
      note(event.fact.notedCondition)
      if let move = fact.move { act(on: move.item, by: event) }
    case .unrecognised(let kind, _):
      conflicts.append(Conflict(.unrecognisedFact(kind: kind), of: event, before: nil))
    case .itemRegistered, .checkout, .checkin, .renewal, .lost, .found, .discovered:
      if let move = event.fact.move { act(on: move.item, by: event) }
      if case .checkout(let checkout) = event.fact { count(checkout, of: event) }
    }
  }

  private mutating func note(_ noted: (item: ItemID, condition: NotedCondition)?) {
    if let noted { conditions[noted.item] = noted.condition }
  }

  private mutating func keepSlip(of fact: BoxFact) {
    switch fact {
    case .sealed(let slip), .slipRead(let slip):
      let box = slip.manifest.box
      guard slip.manifest.seal >= slips[box]?.manifest.seal ?? 0 else { return }
      slips[box] = slip
    default: return
    }
  }

  private mutating func count(_ checkout: Checkout, of event: Event) {
    let held = indices[checkout.move.item].flatMap { holdings[$0] }
    loans[Loan(event, checkout, of: held?.holding.record), default: 0] += 1
    if takesBack { checkouts[event.operation] = event }
  }

  /// Notes that an event says to be of a time that can't have been.
  mutating func noteImpossibleClock(of event: Event) {
    conflicts.append(
      Conflict(
        event: EventReference(event), name: ConflictKind.clockImpossible.rawValue,
        act: event.fact.name, item: nil))
  }

  /// Notes that an item was lent to a blocked card, or renewed by one.
  mutating func noteBlockedCard(in event: Event) {
    conflicts.append(
      Conflict(
        event: EventReference(event), name: ConflictKind.cardBlocked.rawValue,
        act: event.fact.name,
        item: event.fact.move.map {
          Conflict.ItemReference(
            item: $0.item.text, claimed: $0.from.text, actual: nil, lastEvent: nil)
        }))
  }

  private mutating func act(on item: ItemID, by event: Event) {
    guard let index = indices[item] else { return }
    acts.append((index, ItemAct(item: item, event: EventReference(event))))
    let effect = event.effect(on: holdings[index]?.holding)
    guard unsettled[item] == nil, event.simplyFollows(holdings[index], having: effect) else {
      unsettled[item, default: []].append(event)
      return
    }
    if holdings[index] == nil { begun.append(item) }
    if let move = event.fact.move, move.from.library != event.station.library {
      noteGuest(event.station.library, of: item, at: index)
    }
    take(effect, of: event, on: index)
  }

  private mutating func noteGuest(_ library: LibraryCode, of item: ItemID, at index: Int) {
    if library != item.library { guests.insert(Guest(index: index, library: library)) }
  }

  private mutating func take(_ effect: ItemEffect, of event: Event, on index: Int) {
    let before = holdings[index]
    if let after = effect.holding, after != before?.holding {
      holdings[index] = HeldItem(holding: after, lastEvent: EventReference(event))
      isChanged[index] = true
    }
    if let posting = effect.posting { post(from: posting.from, to: posting.to) }
    for discrepancy in effect.discrepancies {
      conflicts.append(Conflict(discrepancy, of: event, before: before))
    }
  }

  private mutating func post(from: Place, to: Place) {
    guard from != to else { return }
    balances[from, default: 0] -= 1
    balances[to, default: 0] += 1
  }
}

/// Items whose acts did not come in the order in which they happened.
extension BatchEffects {
  /// Who is told of items from now on, having had them in hand.
  var guestAddressees: [FeedAddressee] {
    // In one order, so that two transactions never wait for each other in a ring.
    guests.sorted { ($0.index, $0.library) < ($1.index, $1.library) }.flatMap { guest in
      holdings[guest.index].map { FeedItem($0.holding).addressees(guest.library) } ?? []
    }
  }

  /// The acts on items, in the order of the books' key.
  var actsByItem: [ItemAct] { acts.sorted { $0.index < $1.index }.map(\.act) }

  /// The items whose acts must be put in order, in the order of the books' key.
  var unsettledItems: [ItemID] { unsettled.keys.sorted() }

  /// Items that are not in the books, and on which these events act all the same.
  var unregistered: [ItemID] {
    unsettled.keys.filter { item in indices[item].map { holdings[$0] == nil } ?? false }
  }

  /// Notes that an item which comes into the books was acted on before.
  mutating func noteEarlierActs(on item: ItemID) {
    unsettled[item] = unsettled[item] ?? []
  }

  /// Puts an item where its history has it.
  ///
  /// The row of one that is registered is written in any case, so that of two transactions about it
  /// one waits for the other.
  mutating func settle(
    _ item: ItemID, by history: ItemHistory, against listed: [SettledConflict]
  ) {
    guard let index = indices[item] else { return }
    let found = history.findings.map { finding in
      Conflict(
        finding.discrepancy, of: finding.event,
        before: finding.before.flatMap { holding in
          finding.last.map { HeldItem(holding: holding, lastEvent: EventReference($0)) }
        })
    }
    let settling = ConflictSettling(found, against: listed)
    conflicts += settling.new
    settlings.append(settling)
    for library in history.libraries { noteGuest(library, of: item, at: index) }
    guard let holding = history.holding, let last = history.last else { return }
    post(from: holdings[index]?.holding.place ?? .outside, to: holding.place)
    holdings[index] = HeldItem(
      holding: holding, lastEvent: EventReference(last), isWoven: history.isWoven)
    isChanged[index] = true
  }

  /// Does acts on an item in the order in which they came, as there are too many to be put in
  /// another one.
  mutating func takeAsTheyCome(_ item: ItemID) {
    guard let index = indices[item] else { return }
    for event in unsettled[item] ?? [] {
      take(event.effect(on: holdings[index]?.holding), of: event, on: index)
    }
  }
}

extension Event {
  /// Whether the event's act is the next one on an item in this state, whatever comes later.
  fileprivate func simplyFollows(_ held: HeldItem?, having effect: ItemEffect) -> Bool {
    guard let move = fact.move else { return true }
    switch (fact, held) {
    case (.itemRegistered, .none), (.discovered, .none): return true
    case (_, .none): return false
    case (_, .some(let held)):
      return !held.isWoven && move.seen == held.holding.version
        && move.from == held.holding.place
        && effect.discrepancies.isEmpty
    }
  }
}

extension Conflict {
  /// What a discrepancy is to people, with both sides.
  init(_ discrepancy: Discrepancy, of event: Event, before: HeldItem?) {
    self.init(
      event: EventReference(event), name: ConflictKind(discrepancy, in: event.fact).rawValue,
      act: event.fact.name,
      item: discrepancy.item.map {
        ItemReference(
          item: $0.text, claimed: event.fact.move?.from.text,
          actual: before?.holding.place.text, lastEvent: before?.lastEvent)
      })
  }
}
