import Labels
import Ledger
import Rotation

/// One act of an item's way, with libraries and stations by their numbers.
struct TrailAct: Hashable {
  let station: Int
  let mark: EventMark
  let number: Int
  let wallMilliseconds: Int64
  let step: Movement.Step
  let box: String?
  var move: TermMove
  /// Not before the term, as its station's books have it.
  let isInTerm: Bool

  /// Which of two stations' acts comes first where neither had seen the other: by the clocks, and
  /// where those stand still, nothing happens to a book before somebody has registered it.
  fileprivate func isBefore(_ other: TrailAct) -> Bool {
    (wallMilliseconds, step == .registered ? 0 : 1, station)
      < (other.wallMilliseconds, other.step == .registered ? 0 : 1, other.station)
  }
}

/// An item's acts at all libraries, put in one order and cut at the term's beginning.
///
/// Each station's own acts keep their order. Across stations the order comes from what each had
/// seen: an act's number is above those that its maker knew of, and a receipt out of a box is above
/// the packing that it belongs to, even where its maker knew nothing of the item. So any order of
/// delivery gives the same way. Wall clocks decide only where nothing else does, and what is then
/// moved from where it was not is told as such.
struct ItemTrail {
  let opening: BooksPlace
  /// The acts of the term, in order.
  let acts: [TrailAct]
  /// Where each station's own books have the item, by the station's number.
  let ownPlaces: [(station: Int, place: BooksPlace)]

  /// Acts of one item beyond which numbers alone give the order.
  private static let mostWeighed = 200

  init(_ chains: [[TrailAct]]) {
    ownPlaces = chains.compactMap { chain in
      chain.last.map { ($0.station, chain.reduce(.nowhere) { $0.after($1.move) }) }
    }
    let ordered = Self.placed(chains.count == 1 ? chains[0] : Self.merged(chains))
    // What came before an act of an earlier term is of an earlier term as well.
    let start = ordered.lastIndex { !$0.isInTerm }.map { $0 + 1 } ?? 0
    opening = ordered[..<start].reduce(.nowhere) { $0.after($1.move) }
    acts = Array(ordered[start...])
  }

  /// Gives each find of what others have in their books the move that it comes to.
  private static func placed(_ acts: [TrailAct]) -> [TrailAct] {
    guard acts.contains(where: { $0.step == .discovered }) else { return acts }
    var place = BooksPlace.nowhere
    return acts.map { act in
      var act = act
      if act.step == .discovered, case .registered(let library) = act.move {
        switch place {
        case .nowhere, .at(library): break
        case .lost: act.move = .found(at: library)
        case .at, .onTheWay, .withdrawn: act.move = .received(at: library)
        }
      }
      place = place.after(act.move)
      return act
    }
  }

  private static func merged(_ chains: [[TrailAct]]) -> [TrailAct] {
    let byNumber = chains.joined().sorted { one, other in
      if one.number != other.number { return one.number < other.number }
      if one.station == other.station { return one.mark < other.mark }
      return one.isBefore(other)
    }
    if byNumber.count > mostWeighed || isOneWay(byNumber) { return byNumber }
    return woven(chains, ranks: WeighedActs(chains).ranks)
  }

  /// Whether each act begins where the one before has ended, and each station's are in its order.
  private static func isOneWay(_ acts: [TrailAct]) -> Bool {
    var place = BooksPlace.nowhere
    var last: [Int: EventMark] = [:]
    for act in acts {
      guard place.bearsOut(act.move), last[act.station].map({ $0 <= act.mark }) ?? true else {
        return false
      }
      place = place.after(act.move)
      last[act.station] = act.mark
    }
    return true
  }

  /// Takes from the chains' heads the one of the lowest rank, again and again.
  private static func woven(_ chains: [[TrailAct]], ranks: [[Int]]) -> [TrailAct] {
    var next = chains.map { _ in 0 }
    var acts: [TrailAct] = []
    while true {
      let open = chains.indices.filter { next[$0] < chains[$0].count }
      let best = open.min { one, other in
        let (left, right) = (ranks[one][next[one]], ranks[other][next[other]])
        return left == right
          ? chains[one][next[one]].isBefore(chains[other][next[other]]) : left < right
      }
      guard let best else { return acts }
      acts.append(chains[best][next[best]])
      next[best] += 1
    }
  }
}

/// Ranks by which chains are woven: each act's is above those of the acts that came before it.
private struct WeighedActs {
  private let chains: [[TrailAct]]
  private(set) var ranks: [[Int]]

  init(_ chains: [[TrailAct]]) {
    self.chains = chains
    ranks = chains.map { $0.map(\.number) }
    // Acts that contradict each other could push each other up for ever.
    for _ in 0..<chains.joined().count where !raise() { break }
  }

  /// Raises what is too low, and says whether anything was.
  private mutating func raise() -> Bool {
    var isRaised = false
    for chain in chains.indices {
      for index in chains[chain].indices {
        var least = index > 0 ? ranks[chain][index - 1] + 1 : ranks[chain][index]
        for before in predecessors(of: index, in: chain) {
          least = max(least, before + 1)
        }
        guard least > ranks[chain][index] else { continue }
        ranks[chain][index] = least
        isRaised = true
      }
    }
    return isRaised
  }

  /// Ranks of other stations' acts that must have been before an act.
  private func predecessors(of index: Int, in chain: Int) -> [Int] {
    let act = chains[chain][index]
    let others = chains.indices.filter { $0 != chain }
    switch act.step {
    case .discovered:
      // Whoever finds a book that nobody there knew has seen nothing: the clocks are all there is.
      return others.flatMap { other in
        chains[other].indices.filter {
          chains[other][$0].wallMilliseconds <= act.wallMilliseconds
        }.map { ranks[other][$0] }
      }
    case .received, .unpacked:
      return packing(for: index, in: chain, among: others).map { [$0] } ?? []
    default: return []
    }
  }

  /// The rank of the packing that a receipt belongs to: the last that its maker can have known of,
  /// or where it knew of none, the last before it by the clocks.
  ///
  /// What the maker had packed into the same box itself comes out of it as it was, or out of a
  /// packing that was later than its own.
  private func packing(for index: Int, in chain: Int, among others: [Int]) -> Int? {
    let act = chains[chain][index]
    let own = chains[chain][..<index].lastIndex { $0.step == .packed && $0.box == act.box }
    let least = own.map { ranks[chain][$0] } ?? 0
    let packings = others.flatMap { other in
      chains[other].indices.filter {
        chains[other][$0].step == .packed && chains[other][$0].box == act.box
          && ranks[other][$0] > least
      }.map { (act: chains[other][$0], rank: ranks[other][$0]) }
    }
    if let known = packings.filter({ $0.act.number < act.number })
      .max(by: { $0.act.number < $1.act.number })
    {
      return known.rank
    }
    let earlier = packings.filter { $0.act.wallMilliseconds <= act.wallMilliseconds }
    if let last = earlier.max(by: { $0.act.wallMilliseconds < $1.act.wallMilliseconds }) {
      return last.rank
    }
    guard own == nil else { return nil }
    return packings.min { $0.act.wallMilliseconds < $1.act.wallMilliseconds }?.rank
  }
}
