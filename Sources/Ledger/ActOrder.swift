/// What the order of an item's acts across stations goes by.
package struct ActSketch: Hashable, Sendable {
  /// What an act says of acts that its maker need not have known of.
  package enum Tie: Hashable, Sendable {
    /// Its number says all.
    case number
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
  /// Where the item was by the act's own word, and where it is then; nothing where that is no matter.
  package let way: Way?

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

/// An item's acts at all stations, put in one order, whatever order they were delivered in.
///
/// Each station's own acts keep their order. Across stations the order comes from what each had
/// seen: an act's number is above those that its maker knew of, and what comes out of a box is above
/// the packing that it belongs to, even where its maker knew nothing of the item. Of acts that had
/// not seen each other the one comes first that begins where the item is. Wall clocks, and then the
/// stations' names, decide only where nothing else does.
package struct ActOrder: Sendable {
  /// One act: which chain it is of, and which of its acts.
  package struct Slot: Hashable, Sendable {
    package let chain: Int
    package let index: Int
  }

  package let slots: [Slot]
  /// Of each slot: above those of all acts that must have been before, and never falling.
  package let ranks: [Int]

  /// Acts beyond which numbers alone give the order.
  private static let mostWeighed = 2_000

  /// Orders acts by their numbers alone, which is right where each begins where the one before has
  /// ended.
  ///
  /// A station's acts are one chain, in their order; chains are in order of stations.
  package init(byNumberOf chains: [[ActSketch]]) {
    let slots = Self.slots(of: chains).sorted { one, other in
      let (left, right) = (chains[one.chain][one.index], chains[other.chain][other.index])
      if left.number != right.number { return left.number < right.number }
      if one.chain == other.chain { return one.index < other.index }
      return (left.wallMilliseconds, one.chain) < (right.wallMilliseconds, other.chain)
    }
    self.init(slots: slots, ranks: slots.map { chains[$0.chain][$0.index].number })
  }

  /// Orders acts that contradict each other, or whose numbers do not tell all.
  package init(weaving chains: [[ActSketch]]) {
    guard chains.reduce(0, { $0 + $1.count }) <= Self.mostWeighed else {
      self.init(byNumberOf: chains)
      return
    }
    let weighed = WeighedActs(chains).ranks
    var next = chains.map { _ in 0 }
    var slots: [Slot] = []
    while true {
      let place = slots.last.flatMap { chains[$0.chain][$0.index].way?.to }
      func key(_ chain: Int) -> (rank: Int, strays: Int, wall: Int64, chain: Int) {
        let act = chains[chain][next[chain]]
        return (
          weighed[chain][next[chain]], act.way?.from == place ? 0 : 1, act.wallMilliseconds, chain
        )
      }
      let open = chains.indices.filter { next[$0] < chains[$0].count }
      guard let best = open.min(by: { key($0) < key($1) }) else { break }
      slots.append(Slot(chain: best, index: next[best]))
      next[best] += 1
    }
    self.init(slots: slots, ranks: slots.map { weighed[$0.chain][$0.index] })
  }

  private init(slots: [Slot], ranks: [Int]) {
    self.slots = slots
    self.ranks = ranks
  }

  /// Whether each station's acts are in its order.
  package var keepsChains: Bool {
    var last: [Int: Int] = [:]
    return slots.allSatisfy { slot in
      defer { last[slot.chain] = slot.index }
      return last[slot.chain].map { $0 < slot.index } ?? true
    }
  }

  private static func slots(of chains: [[ActSketch]]) -> [Slot] {
    chains.indices.flatMap { chain in
      chains[chain].indices.map { Slot(chain: chain, index: $0) }
    }
  }
}

/// Ranks by which chains are woven: each act's is above those of the acts that came before it.
private struct WeighedActs {
  private let chains: [[ActSketch]]
  /// Packings by box.
  private let packings: [String: [ActOrder.Slot]]
  private(set) var ranks: [[Int]]

  /// Times that ranks are raised: acts that contradict each other could push each other up for ever.
  private static let mostRounds = 64

  init(_ chains: [[ActSketch]]) {
    self.chains = chains
    var packings: [String: [ActOrder.Slot]] = [:]
    for (chain, acts) in chains.enumerated() {
      for (index, act) in acts.enumerated() {
        guard case .packed(let box) = act.tie else { continue }
        packings[box, default: []].append(ActOrder.Slot(chain: chain, index: index))
      }
    }
    self.packings = packings
    ranks = chains.map { $0.map(\.number) }
    for _ in 0..<Self.mostRounds where !raise() { break }
    keepChains()
  }

  /// Raises what is too low, and says whether anything was.
  private mutating func raise() -> Bool {
    var isRaised = false
    for chain in chains.indices {
      for index in chains[chain].indices {
        var least = index > 0 ? ranks[chain][index - 1] + 1 : ranks[chain][index]
        for before in predecessors(of: chains[chain][index], at: index, in: chain) {
          least = max(least, before + 1)
        }
        guard least > ranks[chain][index] else { continue }
        ranks[chain][index] = least
        isRaised = true
      }
    }
    return isRaised
  }

  /// Whatever was raised last, a chain's ranks grow.
  private mutating func keepChains() {
    for chain in chains.indices {
      for index in chains[chain].indices.dropFirst() {
        ranks[chain][index] = max(ranks[chain][index], ranks[chain][index - 1] + 1)
      }
    }
  }

  /// Ranks of other stations' acts that must have been before an act.
  private func predecessors(of act: ActSketch, at index: Int, in chain: Int) -> [Int] {
    switch act.tie {
    case .number, .packed: return []
    case .discovered:
      // The clocks are all there is.
      return chains.indices.compactMap { other in
        guard other != chain else { return nil }
        let last = chains[other].lastIndex { $0.wallMilliseconds <= act.wallMilliseconds }
        return last.map { ranks[other][$0] }
      }
    case .takenOut(let box):
      if let own = ownPacking(before: index, in: chain, into: box) {
        return packing(between: own, and: act, besides: chain, from: box).map { [$0] } ?? []
      }
      return packing(for: act, at: index, in: chain, from: box).map { [$0] } ?? []
    }
  }

  /// The station's packing just before, where it had seen nothing since: the item may never have
  /// left, or have been away in the box and have come home in it.
  private func ownPacking(before index: Int, in chain: Int, into box: String) -> ActSketch? {
    guard index > 0 else { return nil }
    let (own, act) = (chains[chain][index - 1], chains[chain][index])
    return own.tie == .packed(box: box) && own.number + 1 == act.number ? own : nil
  }

  /// The rank of the last packing elsewhere between two acts by the clocks, which are all there is.
  private func packing(
    between own: ActSketch, and act: ActSketch, besides chain: Int, from box: String
  ) -> Int? {
    let between = (packings[box] ?? []).filter { slot in
      let wall = chains[slot.chain][slot.index].wallMilliseconds
      return slot.chain != chain && own.wallMilliseconds < wall && wall <= act.wallMilliseconds
    }
    return between.map { ranks[$0.chain][$0.index] }.max()
  }

  /// The rank of the packing that belongs to what comes out of a box: the last that its maker can
  /// have known of, or where it knew of none, the last before it by the clocks.
  private func packing(
    for act: ActSketch, at index: Int, in chain: Int, from box: String
  ) -> Int? {
    // What was packed before the item last came out of this box here has come by that.
    let taken = chains[chain][..<index].last { $0.tie == .takenOut(box: box) }?.number ?? 0
    let acts = (packings[box] ?? []).filter { $0.chain != chain }
      .map { (act: chains[$0.chain][$0.index], rank: ranks[$0.chain][$0.index]) }
      .filter { $0.act.number >= taken }
    if let known = acts.filter({ $0.act.number < act.number })
      .max(by: { $0.act.number < $1.act.number })
    {
      return known.rank
    }
    let earlier = acts.filter { $0.act.wallMilliseconds <= act.wallMilliseconds }
    let last = earlier.max { $0.act.wallMilliseconds < $1.act.wallMilliseconds }
    return (last ?? acts.min { $0.act.wallMilliseconds < $1.act.wallMilliseconds })?.rank
  }
}
