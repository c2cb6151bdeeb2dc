package import Labels

/// What is wrong with a rota: one case for each rule, so that the host can show each where it is.
package enum RotaConflict: Error, Hashable, Sendable {
  case tooMany(String, limit: Int)
  case badSetName(String)
  case setTwice(String)
  case emptySet(String)
  /// An item is on the lists of two sets.
  case itemInTwoSets(ItemID, String, String)
  /// Two rules may choose the same titles; the first one then has them.
  case setsMayOverlap(String, String)
  case badStageNumber(Int)
  case stageTwice(Int)
  /// A later stage in the same term as an earlier one, or before it.
  case termOutOfOrder(stage: Int)
  case unknownSet(String, stage: Int)
  case unknownLibrary(LibraryCode, stage: Int)
  case routeToItself(LibraryCode, stage: Int)
  case routeTwice(Route, stage: Int)
  /// One route takes a whole set away, and another one shares it.
  case setSharedWithWhole(String, from: LibraryCode, stage: Int)
  case badLimit(Int, stage: Int)

  /// Whether the rota can be published all the same.
  package var isAdvice: Bool {
    if case .setsMayOverlap = self { true } else { false }
  }
}

extension Rota {
  /// Everything that is wrong with the rota, in the order of its parts.
  package var conflicts: [RotaConflict] {
    let tooMany = sizes.filter { $0.count > $0.limit }.map {
      RotaConflict.tooMany($0.name, limit: $0.limit)
    }
    // A plan beyond the bounds is not looked at any further.
    return tooMany.isEmpty ? setConflicts + stageConflicts : tooMany
  }

  private var sizes: [(name: String, count: Int, limit: Int)] {
    [
      ("libraries", libraries.count, RotaLimits.libraries), ("sets", sets.count, RotaLimits.sets),
      ("stages", stages.count, RotaLimits.stages),
      ("routes", stages.map(\.routes.count).max() ?? 0, RotaLimits.routesInStage),
    ]
  }

  private var setConflicts: [RotaConflict] {
    var conflicts: [RotaConflict] = []
    var names: Set<String> = []
    var listed: [ItemID: String] = [:]
    for set in sets {
      if !ItemSet.nameLength.contains(set.name.count) { conflicts.append(.badSetName(set.name)) }
      if !names.insert(set.name).inserted { conflicts.append(.setTwice(set.name)) }
      guard case .listed(let items) = set.contents else { continue }
      if items.isEmpty { conflicts.append(.emptySet(set.name)) }
      for item in items.sorted() {
        if let other = listed.updateValue(set.name, forKey: item) {
          conflicts.append(.itemInTwoSets(item, other, set.name))
        }
      }
    }
    return conflicts + overlaps
  }

  private var overlaps: [RotaConflict] {
    let rules = sets.compactMap { set in
      if case .chosen(let criteria) = set.contents { (set.name, criteria) } else { nil }
    }
    return rules.indices.flatMap { index in
      rules[(index + 1)...].filter { !rules[index].1.excludes($0.1) }.map {
        RotaConflict.setsMayOverlap(rules[index].0, $0.0)
      }
    }
  }

  private var stageConflicts: [RotaConflict] {
    var conflicts: [RotaConflict] = []
    var numbers: Set<Int> = []
    for stage in stages {
      if !StageReference.numbers.contains(stage.number) {
        conflicts.append(.badStageNumber(stage.number))
      }
      if !numbers.insert(stage.number).inserted { conflicts.append(.stageTwice(stage.number)) }
    }
    let ordered = stages.sorted { $0.number < $1.number }
    for (earlier, later) in zip(ordered, ordered.dropFirst())
    where earlier.number != later.number && earlier.term >= later.term {
      conflicts.append(.termOutOfOrder(stage: later.number))
    }
    return conflicts + stages.flatMap(routeConflicts)
  }

  private func routeConflicts(in stage: Stage) -> [RotaConflict] {
    let names = Set(sets.map(\.name))
    var seen: Set<Route> = []
    var conflicts: [RotaConflict] = []
    for route in stage.routes {
      if !names.contains(route.set) {
        conflicts.append(.unknownSet(route.set, stage: stage.number))
      }
      for library in [route.from, route.to] where !libraries.contains(library) {
        conflicts.append(.unknownLibrary(library, stage: stage.number))
      }
      if route.from == route.to {
        conflicts.append(.routeToItself(route.from, stage: stage.number))
      }
      if let limit = route.limit, limit < 1 {
        conflicts.append(.badLimit(limit, stage: stage.number))
      }
      let way = Route(set: route.set, from: route.from, to: route.to)
      if !seen.insert(way).inserted { conflicts.append(.routeTwice(route, stage: stage.number)) }
    }
    return conflicts + sharingConflicts(in: stage)
  }

  private func sharingConflicts(in stage: Stage) -> [RotaConflict] {
    let leaving = Dictionary(grouping: stage.routes) { Departure(set: $0.set, from: $0.from) }
    return leaving.filter { $1.count > 1 && $1.contains { $0.limit == nil } }.keys.sorted().map {
      .setSharedWithWhole($0.set, from: $0.from, stage: stage.number)
    }
  }
}

/// A set that leaves a library.
private struct Departure: Hashable, Comparable {
  let set: String
  let from: LibraryCode

  static func < (one: Self, other: Self) -> Bool { (one.set, one.from) < (other.set, other.from) }
}
