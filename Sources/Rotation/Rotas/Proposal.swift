/// An item that a plan sends, all by number.
package struct PlannedMove: Hashable, Sendable {
  package let item: Int32
  package let set: Int32
  package let from: Int32
  package let to: Int32
}

/// Who sends what to whom in a stage, as a planner proposes it.
package struct Proposal: Hashable, Sendable {
  /// Each item once at most; by set, and within a set in the order in which they were chosen.
  package internal(set) var moves: [PlannedMove] = []
  /// What of a set a library should get and doesn't, since nobody has it to spare.
  package internal(set) var shortages: [Shortage] = []
  /// Items that stay since they are on loan or in a box.
  package internal(set) var notFree = 0
  /// Items that stay since they are damaged.
  package internal(set) var damaged = 0

  /// A wish that stays open.
  package struct Shortage: Hashable, Sendable {
    package let set: Int
    package let library: Int
    package let count: Int
  }

  /// The routes that the moves make, to be put into a stage; in the order of sets and libraries.
  package func routes(in frame: PlanningFrame) -> [Route] {
    var counts: [PlannedMove: Int] = [:]
    for move in moves {
      let way = PlannedMove(item: 0, set: move.set, from: move.from, to: move.to)
      counts[way, default: 0] += 1
    }
    let ways = counts.sorted {
      ($0.key.set, $0.key.from, $0.key.to) < ($1.key.set, $1.key.from, $1.key.to)
    }
    return ways.map { way, count in
      Route(
        set: frame.sets[Int(way.set)].name, from: frame.libraries[Int(way.from)],
        to: frame.libraries[Int(way.to)], limit: count)
    }
  }
}
