import Labels
import Ledger

/// Putting items right whose acts did not come in the order in which they happened.
///
/// Most acts simply follow the last one that the books have, and are done as they come. Where one
/// does not, all acts on its item are read, put in order and done anew, so the books come to the
/// same whatever was delivered first. Conflicts are brought in line: the host itself closes what
/// the order bears out now, and notes what it does not.
extension RegistryTransaction {
  /// Keeps a run's acts under their items, and settles those items whose acts do not simply follow.
  func keepActs(_ effects: inout BatchEffects) throws {
    let (begun, unregistered) = (effects.begun, effects.unregistered)
    for library in Set((begun + unregistered).map(\.library)).sorted() {
      try holdRegister(of: library)
    }
    for item in try itemsWithActs(among: begun) { effects.noteEarlierActs(on: item) }
    try save(effects.actsByItem)
    try settle(&effects)
  }

  /// Settles those items of a run of events whose acts do not simply follow.
  private func settle(_ effects: inout BatchEffects) throws {
    for item in effects.unsettledItems {
      guard let history = try history(of: item) else {
        effects.takeAsTheyCome(item)
        continue
      }
      effects.settle(item, by: history, against: try conflicts(about: item))
    }
  }

  /// Settles items apart from any event, such as after a decision.
  func settle(
    _ items: [ItemID], reportedBy library: LibraryCode, atMilliseconds now: Int64
  ) throws {
    var effects = try BatchEffects(settling: items) { try holdings(of: $0) }
    for library in Set(effects.unregistered.map(\.library)).sorted() {
      try holdRegister(of: library)
    }
    try settle(&effects)
    try save(effects, of: library, atMilliseconds: now)
  }

  /// Brings conflicts in line with what items' histories have come to.
  func save(_ settling: ConflictSettling, atMilliseconds now: Int64) throws {
    try amend(settling.amended)
    for (id, item, ruling) in settling.rulings {
      try announce(
        try decide(
          id, item: item, ruling, reason: "", by: Decision.hostItself, atMilliseconds: now))
    }
  }

  /// Settles every item on which several stations have acted, for books that did so as acts came.
  func settleContested(atMilliseconds now: Int64) throws {
    var last: ItemID?
    while true {
      let page = try contestedItems(after: last, limit: ItemSettling.itemsPerStep)
      for item in page { try settle([item], reportedBy: item.library, atMilliseconds: now) }
      guard page.count == ItemSettling.itemsPerStep else { return }
      last = page.last
    }
  }
}

extension RegistryReader {
  /// All acts on an item; nothing where there are more than a history is made of.
  func history(of item: ItemID) throws -> ItemHistory? {
    let acts = try acts(on: item, limit: ItemHistory.mostActs + 1)
    guard acts.count <= ItemHistory.mostActs else { return nil }
    let rulings = Dictionary(acts.map { ($0.event, $0.ruling) }) { $1 }
    let events = try events(acts.map(\.event))
    return ItemHistory(
      events.map { ItemHistory.Act($0, ruling: rulings[EventReference($0)] ?? .stands) })
  }
}

extension RegistryReader {
  /// Items on which several stations have acted, and which are not where all acts on them, put in
  /// order, have them.
  func misplacedItems() throws -> [ItemID] {
    var misplaced: [ItemID] = []
    var last: ItemID?
    while true {
      let page = try contestedItems(after: last, limit: ItemSettling.itemsPerStep)
      let held = try holdings(of: page)
      for (item, held) in zip(page, held) {
        guard let history = try history(of: item) else { continue }
        let isThere =
          history.holding == held?.holding
          && history.last.map { EventReference($0) } == held?.lastEvent
        if !isThere { misplaced.append(item) }
      }
      guard page.count == ItemSettling.itemsPerStep else { return misplaced }
      last = page.last
    }
  }
}

enum ItemSettling {
  /// Items that are looked for at once where all are gone through.
  static let itemsPerStep = 1_000
}

/// What an item's history says of the conflicts about it.
struct ConflictSettling {
  /// Those that nobody had noted.
  var new: [Conflict] = []
  /// Those of which another side is known now.
  var amended: [Conflict] = []
  /// Those that the order of acts bears out now, or no longer does.
  var rulings: [(id: ConflictID, item: String?, ruling: Ruling)] = []

  init() {}

  /// Holds what a history has found against what is on the list.
  init(_ found: [Conflict], against listed: [SettledConflict]) {
    let known = Dictionary(listed.map { ($0.listed.conflict.id, $0) }) { $1 }
    // What a person has decided of an act holds, whatever its conflict is called by now.
    let decided = Set(listed.filter(\.isDecided).map(\.listed.conflict.event))
    for conflict in found {
      guard let before = known[conflict.id] else {
        if !decided.contains(conflict.event) { new.append(conflict) }
        continue
      }
      if before.listed.conflict != conflict { amended.append(conflict) }
      if before.isClosedByHost {
        rulings.append((conflict.id, conflict.item?.item, .reopened))
      }
    }
    let expected = Set(found.map(\.id))
    for conflict in listed.map(\.listed)
    where conflict.ruling == nil && !expected.contains(conflict.conflict.id)
      && conflict.conflict.kind?.comesFromHistory == true
    {
      rulings.append((conflict.conflict.id, conflict.conflict.item?.item, .noLongerHolds))
    }
  }
}

/// A conflict on the list, and whether the host itself has closed it.
package struct SettledConflict: Sendable {
  let listed: ListedConflict
  let isClosedByHost: Bool

  /// Whether a person has decided it.
  fileprivate var isDecided: Bool {
    listed.ruling != nil && !isClosedByHost && listed.conflict.kind?.comesFromHistory == true
  }
}

extension Decision {
  /// In the place of an account: the host itself, which no account can be called.
  package static let hostItself = "(host)"
}
