package import Circulation
package import Labels

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

/// Everything that the events say, in memory: what a replay builds to hold a store against.
package struct Accounts: Hashable, Sendable {
  package private(set) var records: [RecordID: BibliographicRecord] = [:]
  package private(set) var holdings: [ItemID: Holding] = [:]
  /// How many items each place holds; the sum with `outside` is zero.
  package private(set) var balances: [Place: Int] = [:]
  package private(set) var readings: [ReadingKey: Int] = [:]

  package init() {}

  /// Applies an event and gives what it says that the books can't bear out.
  @discardableResult
  package mutating func apply(_ event: Event) -> [Discrepancy] {
    switch event.fact {
    case .recordDescribed(let record):
      records[record.id] = record
    case .onSiteReading(let reading):
      let key = ReadingKey(
        day: reading.day, schoolClass: reading.schoolClass, kind: reading.kind)
      readings[key, default: 0] += reading.count
    case .itemRegistered, .checkout, .checkin, .renewal, .lost, .found, .link, .unrecognised:
      break
    }
    let item = event.fact.move?.item
    let effect = event.effect(on: item.flatMap { holdings[$0] })
    if let item, let holding = effect.holding { holdings[item] = holding }
    if let posting = effect.posting {
      balances[posting.from, default: 0] -= 1
      balances[posting.to, default: 0] += 1
    }
    return effect.discrepancies
  }
}
