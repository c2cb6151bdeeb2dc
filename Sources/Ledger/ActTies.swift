/// What must have been before what, among acts whose numbers do not tell all.
///
/// A tie is never taken where the acts that it would put first are known to have come later. So
/// ties make no ring, and no clock puts an act before one that its maker had seen.
struct ActTies {
  private let chains: [[ActSketch]]
  /// Packings by box.
  private let packings: [String: [ActOrder.Slot]]
  /// Of each chain: its acts that are tied to others, and the act that was before.
  private var ties: [[(index: Int, before: ActOrder.Slot)]]

  init(_ chains: [[ActSketch]]) {
    self.chains = chains
    var packings: [String: [ActOrder.Slot]] = [:]
    for slot in Self.slots(of: chains) {
      guard case .packed(let box) = chains[slot.chain][slot.index].tie else { continue }
      packings[box, default: []].append(slot)
    }
    self.packings = packings
    ties = chains.map { _ in [] }
    // What is sure comes first; the clocks give way to it.
    for find in [Self.seenPacking, Self.earlierPacking, Self.anyPacking] {
      for slot in Self.slots(of: chains) where !isTied(slot) {
        for choice in find(self)(slot) {
          if let before = choice.first(where: { !precedes(slot, $0) }) {
            ties[slot.chain].append((slot.index, before))
          }
        }
      }
    }
  }

  /// Of each act, a number above those of all that must have been before it.
  var ranks: [[Int]] {
    var ranks = chains.map { $0.map(\.number) }
    var isRaised = true
    while isRaised {
      isRaised = false
      for chain in chains.indices {
        for tie in ties[chain] {
          let least = ranks[tie.before.chain][tie.before.index] + 1
          guard ranks[chain][tie.index] < least else { continue }
          ranks[chain][tie.index] = least
          isRaised = true
        }
        for index in chains[chain].indices.dropFirst()
        where ranks[chain][index] <= ranks[chain][index - 1] {
          ranks[chain][index] = ranks[chain][index - 1] + 1
          isRaised = true
        }
      }
    }
    return ranks
  }

  private static func slots(of chains: [[ActSketch]]) -> [ActOrder.Slot] {
    chains.indices.flatMap { chain in
      chains[chain].indices.map { ActOrder.Slot(chain: chain, index: $0) }
    }
  }

  private func act(_ slot: ActOrder.Slot) -> ActSketch { chains[slot.chain][slot.index] }

  private func isTied(_ slot: ActOrder.Slot) -> Bool {
    ties[slot.chain].contains { $0.index == slot.index }
  }

  /// Whether one act is known to have been before another, or is the same.
  private func precedes(_ one: ActOrder.Slot, _ other: ActOrder.Slot) -> Bool {
    // Of each chain, how many acts were before the other one or are it.
    var reached = chains.map { _ in 0 }
    reached[other.chain] = other.index + 1
    var open = [other.chain]
    while let chain = open.popLast() {
      for tie in ties[chain] where tie.index < reached[chain] {
        let before = tie.before
        guard reached[before.chain] <= before.index else { continue }
        reached[before.chain] = before.index + 1
        open.append(before.chain)
      }
    }
    return reached[one.chain] > one.index
  }
}

/// Finding what an act is tied to: of each choice, to the first act that can have been before.
extension ActTies {
  private typealias Choice = [ActOrder.Slot]

  /// The packing of what comes out of a box, where the act's maker can have known of it: the last.
  private func seenPacking(of slot: ActOrder.Slot) -> [Choice] {
    guard case .takenOut(let box) = act(slot).tie else { return [] }
    let own = ownPacking(before: slot, into: box).map { act($0).number } ?? 0
    let seen = freshPackings(for: slot, from: box).filter {
      own < act($0).number && act($0).number < act(slot).number
    }
    return [seen.sorted { act($0).number > act($1).number }]
  }

  /// What was before an act by the clocks, where they are all there is.
  private func earlierPacking(of slot: ActOrder.Slot) -> [Choice] {
    let act = act(slot)
    switch act.tie {
    case .number, .registered, .packed: return []
    case .discovered:
      return chains.indices.map { other in
        guard other != slot.chain else { return [] }
        // A clock that was set back later on says nothing of what was before.
        let later = chains[other].firstIndex {
          ($0.wallMilliseconds, other) >= (act.wallMilliseconds, slot.chain)
        }
        let count = later ?? chains[other].count
        return count > 0 ? [ActOrder.Slot(chain: other, index: count - 1)] : []
      }
    case .takenOut(let box):
      let earlier = freshPackings(for: slot, from: box).filter {
        self.act($0).wallMilliseconds <= act.wallMilliseconds
      }
      guard let own = ownPacking(before: slot, into: box) else {
        return [inOrder(earlier).reversed()]
      }
      return [packings(earlier, after: own)]
    }
  }

  /// Those packings that were after a station's own, the last one first; where clocks stand still,
  /// the first one that is not known to have been before it.
  private func packings(_ slots: [ActOrder.Slot], after own: ActOrder.Slot) -> Choice {
    let later = slots.filter {
      act(own).wallMilliseconds <= act($0).wallMilliseconds && !precedes($0, own)
    }
    return later.sorted { one, other in
      let walls = (act(one).wallMilliseconds, act(other).wallMilliseconds)
      return walls.0 == walls.1
        ? (one.index, one.chain) < (other.index, other.chain) : walls.0 > walls.1
    }
  }

  /// Any packing of what comes out of a box: some clock is wrong.
  private func anyPacking(of slot: ActOrder.Slot) -> [Choice] {
    guard case .takenOut(let box) = act(slot).tie, ownPacking(before: slot, into: box) == nil else {
      return []
    }
    return [inOrder(freshPackings(for: slot, from: box))]
  }

  /// Packings by other stations since the item last came out of this box here.
  private func freshPackings(for slot: ActOrder.Slot, from box: String) -> [ActOrder.Slot] {
    let taken = chains[slot.chain][..<slot.index].last { $0.tie == .takenOut(box: box) }
    return (packings[box] ?? []).filter {
      $0.chain != slot.chain && act($0).number >= taken?.number ?? 0
    }
  }

  /// The station's own packing since the item last came out of this box here: the item may never
  /// have left, or have been away in the box and have come home in it.
  private func ownPacking(before slot: ActOrder.Slot, into box: String) -> ActOrder.Slot? {
    let acts = chains[slot.chain]
    let last = acts[..<slot.index].lastIndex {
      $0.tie == .packed(box: box) || $0.tie == .takenOut(box: box)
    }
    guard let last, acts[last].tie == .packed(box: box) else { return nil }
    return ActOrder.Slot(chain: slot.chain, index: last)
  }

  private func inOrder(_ slots: [ActOrder.Slot]) -> [ActOrder.Slot] {
    slots.sorted { one, other in
      (act(one).wallMilliseconds, one.index, one.chain)
        < (act(other).wallMilliseconds, other.index, other.chain)
    }
  }
}
