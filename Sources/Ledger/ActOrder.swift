/// What the order of an item's acts across stations goes by.
package struct ActSketch: Hashable, Sendable {
  /// What an act says of acts that its maker need not have known of.
  package enum Tie: Hashable, Sendable {
    /// Its number says all.
    case number
    /// The item enters a register: nothing happens to it before that.
    case registered
    /// The item was found where nobody knew it, so its maker had seen nothing.
    case discovered
    case packed(box: String)
    /// Out of a box, which somebody must have packed.
    case takenOut(box: String)
  }

  /// How many acts on the item its maker had seen, and one.
  package let number: Int
  package let wallMilliseconds: Int64
  package let tie: Tie
  /// Nothing where that is no matter.
  package let way: Way?

  /// From where to where an item goes by an act.
  package struct Way: Hashable, Sendable {
    package let from: Place
    package let to: Place
  }

  package init(number: Int, wallMilliseconds: Int64, tie: Tie, way: Way? = nil) {
    self.number = number
    self.wallMilliseconds = wallMilliseconds
    self.tie = tie
    self.way = way
  }
}

extension ActSketch.Tie {
  /// Which comes first of two acts at one moment, where clocks stand still.
  fileprivate var place: Int { self == .registered ? 0 : 1 }
}

/// An item's acts at all stations, put in one order, whatever order they were delivered in.
///
/// Each station's own acts keep their order. Across stations the order comes from what each had
/// seen: an act's number is above those that its maker knew of, and what comes out of a box comes
/// after the packing that it belongs to, even where its maker knew nothing of the item. Of acts
/// that had not seen each other the one comes first that begins where the item is. Wall clocks,
/// and then the stations' names, decide only where nothing else does.
package struct ActOrder: Sendable {
  /// One act: which chain it is of, and which of its acts.
  package struct Slot: Hashable, Sendable {
    package let chain: Int
    package let index: Int
  }

  package let slots: [Slot]

  /// Acts beyond which numbers alone give the order.
  private static let mostWeighed = 500

  /// Orders acts by their numbers alone, which is right where each begins where the one before has
  /// ended.
  ///
  /// A station's acts are one chain, in their order; chains are in order of stations.
  package init(byNumberOf chains: [[ActSketch]]) {
    let slots = Self.slots(of: chains).sorted { one, other in
      let (left, right) = (chains[one.chain][one.index], chains[other.chain][other.index])
      if left.number != right.number { return left.number < right.number }
      if one.chain == other.chain { return one.index < other.index }
      return (left.wallMilliseconds, left.tie.place, one.chain)
        < (right.wallMilliseconds, right.tie.place, other.chain)
    }
    self.init(slots: slots)
  }

  /// Orders acts that contradict each other, or whose numbers do not tell all.
  package init(weaving chains: [[ActSketch]]) {
    guard chains.reduce(0, { $0 + $1.count }) <= Self.mostWeighed else {
      self.init(byNumberOf: chains)
      return
    }
    let weighed = ActTies(chains).ranks
    var next = chains.map { _ in 0 }
    var slots: [Slot] = []
    while true {
      let place = slots.last.flatMap { chains[$0.chain][$0.index].way?.to }
      func key(_ chain: Int) -> (rank: Int, strays: Int, wall: Int64, tie: Int, chain: Int) {
        let act = chains[chain][next[chain]]
        return (
          weighed[chain][next[chain]], act.way?.from == place ? 0 : 1, act.wallMilliseconds,
          act.tie.place, chain
        )
      }
      let open = chains.indices.filter { next[$0] < chains[$0].count }
      guard let best = open.min(by: { key($0) < key($1) }) else { break }
      slots.append(Slot(chain: best, index: next[best]))
      next[best] += 1
    }
    self.init(slots: slots)
  }

  private init(slots: [Slot]) {
    self.slots = slots
  }

  /// Whether each act's number is above the one before, and each station's acts are in its order.
  package func isStraight(through chains: [[ActSketch]]) -> Bool {
    var last: [Int: Int] = [:]
    var number = 0
    return slots.allSatisfy { slot in
      let next = chains[slot.chain][slot.index].number
      let isNext = next > number && last[slot.chain].map { $0 < slot.index } ?? true
      (number, last[slot.chain]) = (next, slot.index)
      return isNext
    }
  }

  private static func slots(of chains: [[ActSketch]]) -> [Slot] {
    chains.indices.flatMap { chain in
      chains[chain].indices.map { Slot(chain: chain, index: $0) }
    }
  }
}
