package import Circulation
package import Labels
import Rotation

/// Readings in the library are summed by day, class and kind.
package struct ReadingKey: Hashable, Sendable {
  package let day: SchoolDay
  package let schoolClass: SchoolClass?
  package let kind: MaterialKind

  package init(day: SchoolDay, schoolClass: SchoolClass?, kind: MaterialKind) {
    self.day = day
    self.schoolClass = schoolClass
    self.kind = kind
  }
}

/// The last act on an item, and how the item was before it.
package struct LastAct: Hashable, Sendable {
  package let epoch: Epoch
  package let sequence: Int64
  package let before: Holding

  package init(epoch: Epoch, sequence: Int64, before: Holding) {
    self.epoch = epoch
    self.sequence = sequence
    self.before = before
  }
}

/// Everything that the events say, in memory: what a replay builds to hold a store against.
package struct Accounts: Hashable, Sendable {
  package private(set) var records: [RecordID: BibliographicRecord] = [:]
  package private(set) var holdings: [ItemID: Holding] = [:]
  /// How many items each place holds; the sum with `outside` is zero.
  package private(set) var balances: [Place: Int] = [:]
  /// Keys whose count came back to zero are left out.
  package private(set) var readings: [ReadingKey: Int] = [:]
  /// Of each item that was acted on since it was registered.
  package private(set) var lastActs: [ItemID: LastAct] = [:]
  /// Acts that were taken back.
  package private(set) var undone: Set<OperationID> = []
  package private(set) var conditions: [ItemID: NotedCondition] = [:]
  /// Labels that stand for an item beside its own.
  package private(set) var labels: [String: ItemID] = [:]
  /// By the operation that opened the stock-taking.
  package private(set) var stockCounts: [OperationID: StockCount] = [:]
  package private(set) var boxes: [BoxNumber: BoxRecord] = [:]
  /// What was counted out of boxes, each on its last trip to this library.
  package private(set) var countedItems: [BoxNumber: [ItemID: CountedItem]] = [:]

  /// Boxes' trips for stages of rotas.
  package private(set) var stageTrips: [StageTrip.Name: StageTrip] = [:]

  package private(set) var terms = TermRecords()

  package init() {}

  /// Applies an event and gives what it says that the books can't bear out.
  @discardableResult
  package mutating func apply(_ event: Event) -> [Discrepancy] {
    note(event)
    let item = event.fact.move?.item
    let before = item.flatMap { holdings[$0] }
    let effect = event.effect(on: before)
    if let item, let holding = effect.holding {
      holdings[item] = holding
      if let before, before != holding {
        lastActs[item] = LastAct(epoch: event.epoch, sequence: event.sequence, before: before)
      }
    }
    if let posting = effect.posting {
      balances[posting.from, default: 0] -= 1
      balances[posting.to, default: 0] += 1
    }
    return effect.discrepancies
  }

  /// Keeps what a fact says beside custody.
  private mutating func note(_ event: Event) {
    switch event.fact {
    case .recordDescribed(let record): records[record.id] = record
    case .onSiteReading(let reading): count(reading, reading.count)
    case .undone(let undo):
      undone.insert(undo.operation)
      if case .reading(let reading) = undo.subject { count(reading, -reading.count) }
      uncount(undo.operation)
    case .noted(let note): conditions[note.item] = note.condition ?? conditions[note.item]
    case .labelReplaced(.item(let item, let label)): labels[label] = item
    case .stockTaken(let count): stockCounts[count.session] = count
    case .box(let fact): note(fact, of: event)
    case .term(let fact): terms.note(fact, of: event)
    case .labelReplaced(.card), .itemRegistered, .checkout, .checkin, .renewal, .lost, .found,
      .discovered, .link, .unrecognised:
      break
    }
  }

  private mutating func note(_ fact: BoxFact, of event: Event) {
    guard let number = fact.box else { return }
    boxes[number] = BoxRecord.after(fact, of: event, on: boxes[number])
    for change in fact.tripChanges(of: event, leaving: boxes[number]) { stageTrips.take(change) }
    if case .received(let finding) = fact, let record = boxes[number] {
      let item = finding.move.item
      countedItems[number, default: [:]][item] = CountedItem(
        finding, of: event, in: record, before: countedItems[number]?[item])
      conditions[item] = finding.condition.noted ?? conditions[item]
    }
  }

  private mutating func uncount(_ operation: OperationID) {
    for (box, items) in countedItems {
      countedItems[box] = items.filter { $0.value.operation != operation }
    }
  }

  private mutating func count(_ reading: OnSiteReading, _ count: Int) {
    let sum = readings[reading.key, default: 0] + count
    readings[reading.key] = sum == 0 ? nil : sum
  }
}

extension OnSiteReading {
  /// What the reading is summed under.
  package var key: ReadingKey {
    ReadingKey(day: day, schoolClass: schoolClass, kind: kind)
  }
}

extension ItemCondition {
  /// What a receiver's word notes on an item: that it is in order is noted nowhere.
  package var noted: NotedCondition? {
    switch self {
    case .good: nil
    case .worn: .worn
    case .damaged: .damaged
    }
  }
}
