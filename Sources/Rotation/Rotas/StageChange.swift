package import Labels

/// From which library to which boxes of a stage go.
package struct StageWay: Hashable, Sendable {
  package let from: LibraryCode
  package let to: LibraryCode

  package init(from: LibraryCode, to: LibraryCode) {
    self.from = from
    self.to = to
  }
}

/// What a later revision of a rota says otherwise of a stage.
package enum StageChange: Hashable, Sendable {
  case dropped
  case termMoved(from: Term, to: Term)
  case routeAdded(Route)
  case routeDropped(Route)
  /// The route as it is now, and the most items that travelled by it before.
  case limitChanged(Route, from: Int?)
  /// The set of that name is chosen by other rules or lists other copies.
  case setChanged(String)
}

extension Rota {
  /// What this revision says of a stage otherwise than an earlier one did; nothing where the
  /// earlier one had no such stage.
  ///
  /// With a way, what concerns it alone: its routes, and the sets that go by them.
  package func changes(
    ofStage number: Int, since earlier: Rota, by way: StageWay? = nil
  ) -> [StageChange] {
    guard let before = earlier.stage(number) else { return [] }
    guard let after = stage(number) else { return [.dropped] }
    func isConcerned(_ route: Route) -> Bool {
      way.map { $0 == StageWay(from: route.from, to: route.to) } ?? true
    }
    let (old, new) = (before.routes.filter(isConcerned), after.routes.filter(isConcerned))
    let moved: [StageChange] =
      before.term == after.term ? [] : [.termMoved(from: before.term, to: after.term)]
    let dropped = old.filter { route in !new.contains { $0.isSameWay(as: route) } }
      .map { StageChange.routeDropped($0) }
    let sets = Set((old + new).map(\.set)).sorted().filter { name in
      set(named: name) != earlier.set(named: name)
    }
    // A set that has gone altogether shows by its routes.
    let changed = sets.filter { set(named: $0) != nil && earlier.set(named: $0) != nil }
      .map { StageChange.setChanged($0) }
    return moved + dropped + Self.additions(to: old, in: new) + changed
  }

  private static func additions(to old: [Route], in new: [Route]) -> [StageChange] {
    new.compactMap { route in
      guard let before = old.first(where: { $0.isSameWay(as: route) }) else {
        return .routeAdded(route)
      }
      return before.limit == route.limit ? nil : .limitChanged(route, from: before.limit)
    }
  }

  private func set(named name: String) -> ItemSet? { sets.first { $0.name == name } }
}

extension Route {
  /// Whether both send the same set from the same library to the same one.
  fileprivate func isSameWay(as other: Self) -> Bool {
    set == other.set && from == other.from && to == other.to
  }
}

extension StageChange {
  /// What is otherwise, in one sentence.
  package func words(in language: Language) -> String {
    switch language {
    case .vietnamese: vietnamese
    case .english: english
    }
  }

  private var vietnamese: String {
    switch self {
    case .dropped: "Đợt này không còn trong kế hoạch."
    case .termMoved(let before, let after): "Đợt này chuyển từ học kỳ \(before) sang \(after)."
    case .routeAdded(let route): "Thêm: “\(route.set)” từ \(route.from) đến \(route.to)."
    case .routeDropped(let route): "Bỏ: “\(route.set)” từ \(route.from) đến \(route.to)."
    case .limitChanged(let route, let before):
      "“\(route.set)” từ \(route.from) đến \(route.to): \(Self.vietnamese(before)) "
        + "đổi thành \(Self.vietnamese(route.limit))."
    case .setChanged(let name): "Bộ “\(name)” gồm sách khác trước."
    }
  }

  private var english: String {
    switch self {
    case .dropped: "The stage is no longer in the rota."
    case .termMoved(let before, let after): "The stage moves from term \(before) to \(after)."
    case .routeAdded(let route): "Added: “\(route.set)” from \(route.from) to \(route.to)."
    case .routeDropped(let route): "Dropped: “\(route.set)” from \(route.from) to \(route.to)."
    case .limitChanged(let route, let before):
      "“\(route.set)” from \(route.from) to \(route.to): \(Self.english(before)) "
        + "becomes \(Self.english(route.limit))."
    case .setChanged(let name): "The set “\(name)” has other books than before."
    }
  }

  private static func vietnamese(_ limit: Int?) -> String {
    limit.map { "\($0) cuốn" } ?? "tất cả"
  }

  private static func english(_ limit: Int?) -> String {
    limit.map { "\($0) items" } ?? "all"
  }
}
