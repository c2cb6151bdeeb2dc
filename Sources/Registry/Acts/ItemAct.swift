import Labels
import Ledger

/// An event that acts on an item.
package struct ItemAct: Hashable, Sendable {
  let item: ItemID
  let event: EventReference
}

extension ItemAct {
  /// Reads an event; nothing where it acts on no item.
  init?(_ event: Event) {
    guard let item = event.fact.move?.item else { return nil }
    self.init(item: item, event: EventReference(event))
  }
}

extension RegistryTransaction {
  /// Acts that are gathered before they are written, where all events are gone through.
  private static var actsPerStep: Int { 5_000 }

  /// Gathers the acts of all events that the books have, for books of a version that kept none of
  /// it, and puts those items right whose acts came in another order than they happened in.
  func gatherActs() throws {
    var acts: [ItemAct] = []
    try forEachEventOfAll { event in
      if let act = ItemAct(event) { acts.append(act) }
      guard acts.count >= Self.actsPerStep else { return }
      try save(acts)
      acts = []
    }
    try save(acts)
    try ruleAsDecided()
    try settleContested(atMilliseconds: HostClock.wallMilliseconds())
  }

  /// Rules acts as decisions of an earlier version have settled them.
  private func ruleAsDecided() throws {
    for settled in try decidedConflicts() {
      guard let item = try settled.conflict.heldItem,
        let held = try holdings(of: [item])[0]
      else { continue }
      switch settled.ruling {
      case .acceptedAsFound: try rule(settled.conflict.event, on: item, .takenIn)
      case .booksHold where held.lastEvent == settled.conflict.item?.lastEvent:
        try rule(settled.conflict.event, on: item, .passedOver)
      default: break
      }
    }
  }
}
