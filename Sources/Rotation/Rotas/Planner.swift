/// Proposes what travels in a stage; the same stock always gives the same proposal.
///
/// No item moves twice, none that is on loan or in a box moves, and a damaged one moves to its
/// home alone. Where there is a choice, good copies go before worn ones, and lower numbers first.
package struct Planner {
  private let frame: PlanningFrame
  private let stock: Stock
  private let shelves: StockShelves
  private var isMoved: [Bool]
  private var proposal = Proposal()

  private init(_ stock: Stock, _ frame: PlanningFrame) {
    self.frame = frame
    self.stock = stock
    shelves = StockShelves(stock, frame: frame)
    isMoved = [Bool](repeating: false, count: stock.count)
  }

  /// Proposes a stage from nothing: items go home where their set does, then each set is shared
  /// out by the libraries' weights.
  package static func propose(for stock: Stock, in frame: PlanningFrame) -> Proposal {
    var planner = Planner(stock, frame)
    for set in frame.sets.indices { planner.share(set) }
    planner.countHeldBack()
    return planner.proposal
  }

  /// Chooses the items for the routes of a stage that is planned already.
  ///
  /// A route that can't be filled shows as a shortage of the receiving library.
  package static func fill(_ stage: Stage, from stock: Stock, in frame: PlanningFrame) -> Proposal {
    var planner = Planner(stock, frame)
    for route in stage.routes { planner.fill(route) }
    planner.countHeldBack()
    return planner.proposal
  }
}

extension Planner {
  private mutating func fill(_ route: Route) {
    guard let set = frame.sets.firstIndex(where: { $0.name == route.set }),
      let from = frame.number(of: route.from), let to = frame.number(of: route.to), from != to
    else { return }
    let candidates = movable(set, at: from, to: to)
    let wanted = route.limit ?? candidates.count
    for item in candidates.prefix(wanted) { move(item, of: set, from: from, to: to) }
    if candidates.count < wanted {
      proposal.shortages.append(
        Proposal.Shortage(set: set, library: to, count: wanted - candidates.count))
    }
  }

  private mutating func share(_ set: Int) {
    var counts = frame.libraries.indices.map { shelves.items(ofSet: set, at: $0).count }
    if frame.sets[set].goesHome { sendHome(set, &counts) }
    let targets = Apportionment.shares(of: counts.reduce(0, +), by: frame.weights)
    var wants = zip(targets, counts).map { max($0 - $1, 0) }
    for from in frame.libraries.indices where counts[from] > targets[from] {
      var spare = movable(set, at: from, to: nil).prefix(counts[from] - targets[from])[...]
      if !frame.sets[set].goesHome { spare = sendOwners(spare, of: set, from: from, &wants) }
      for to in wants.indices where wants[to] > 0 && !spare.isEmpty {
        let sent = spare.prefix(wants[to])
        for item in sent { move(item, of: set, from: from, to: to) }
        wants[to] -= sent.count
        spare = spare.dropFirst(sent.count)
      }
    }
    for (library, count) in wants.enumerated() where count > 0 {
      proposal.shortages.append(Proposal.Shortage(set: set, library: library, count: count))
    }
  }

  /// Sends every free item that stands elsewhere to the library that owns it.
  private mutating func sendHome(_ set: Int, _ counts: inout [Int]) {
    for place in frame.libraries.indices {
      for item in shelves.items(ofSet: set, at: place) {
        let home = Int(stock.homes[Int(item)])
        guard home != place, frame.libraries.indices.contains(home), stock.isFree[Int(item)]
        else { continue }
        move(item, of: set, from: place, to: home)
        counts[place] -= 1
        counts[home] += 1
      }
    }
  }

  /// Of what a library has to spare, sends to each library that wants something its own first.
  private mutating func sendOwners(
    _ spare: ArraySlice<Int32>, of set: Int, from: Int, _ wants: inout [Int]
  ) -> ArraySlice<Int32> {
    var rest: [Int32] = []
    for item in spare {
      let home = Int(stock.homes[Int(item)])
      if wants.indices.contains(home), wants[home] > 0 {
        move(item, of: set, from: from, to: home)
        wants[home] -= 1
      } else {
        rest.append(item)
      }
    }
    return rest[...]
  }

  /// The items of a set that may leave a library, good ones first.
  ///
  /// `to` is where they would go, if that is settled: a damaged item may go home.
  private func movable(_ set: Int, at library: Int, to: Int?) -> [Int32] {
    let free = shelves.items(ofSet: set, at: library).filter {
      stock.isFree[Int($0)] && !isMoved[Int($0)]
    }
    let ways = ItemCondition.allCases.filter { $0 != .damaged }
    let sound = ways.flatMap { condition in
      free.filter { stock.conditions[Int($0)] == condition }
    }
    guard let to else { return sound }
    return sound
      + free.filter {
        stock.conditions[Int($0)] == .damaged && Int(stock.homes[Int($0)]) == to
      }
  }

  private mutating func move(_ item: Int32, of set: Int, from: Int, to: Int) {
    isMoved[Int(item)] = true
    proposal.moves.append(
      PlannedMove(item: item, set: Int32(set), from: Int32(from), to: Int32(to)))
  }

  private mutating func countHeldBack() {
    for item in 0..<stock.count where stock.sets[item] != Stock.none && !isMoved[item] {
      if !stock.isFree[item] {
        proposal.notFree += 1
      } else if stock.conditions[item] == .damaged {
        proposal.damaged += 1
      }
    }
  }
}

/// Shares a whole number out by weights, as seats are given to parties.
enum Apportionment {
  /// Each gets the whole part of its share; what is left goes to the largest remainders.
  ///
  /// Equal remainders go by order. Without any weight nobody gets anything.
  static func shares(of total: Int, by weights: [Int]) -> [Int] {
    let sum = weights.reduce(0, +)
    guard sum > 0 else { return weights.map { _ in 0 } }
    var shares = weights.map { total * $0 / sum }
    let byRemainder = weights.indices.sorted {
      (-(total * weights[$0] % sum), $0) < (-(total * weights[$1] % sum), $1)
    }
    for index in byRemainder.prefix(total - shares.reduce(0, +)) { shares[index] += 1 }
    return shares
  }
}
