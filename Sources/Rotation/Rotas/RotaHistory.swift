package import Circulation
package import Labels

/// One change of a rota.
package enum RotaChange: Hashable, Sendable {
  case libraries(Set<LibraryCode>)
  /// Adds a set, or puts it in the place of the one of its name.
  case set(ItemSet)
  case removeSet(String)
  /// Adds a stage, or puts it in the place of the one of its number.
  case stage(Stage)
  case removeStage(Int)
}

/// A change with who made it, when, and why: each is kept, none is overwritten.
package struct Amendment: Hashable, Sendable {
  /// From 1, without a gap.
  package let number: Int
  package let day: SchoolDay
  /// The office that decided, such as the host's library; never a child's name.
  package let author: String
  package let reason: String
  package let change: RotaChange
}

/// Why an amendment is not taken.
package enum AmendmentRefusal: Error, Hashable, Sendable {
  /// The rota would then have these conflicts.
  case conflicts([RotaConflict])
  /// The stage has begun: what has travelled can't be planned anew.
  case stageBegun(Int)
  /// These stages have begun and the amendment changes them; it may be made all the same.
  case changesBegun([BegunStage])
  case noReason
  case nothingToRemove
  case tooManyAmendments(limit: Int)
}

/// A stage that boxes are sealed for already, and what an amendment says otherwise of it.
package struct BegunStage: Hashable, Sendable {
  package let number: Int
  package let boxCount: Int
  package let changes: [StageChange]

  package init(number: Int, boxCount: Int, changes: [StageChange]) {
    self.number = number
    self.boxCount = boxCount
    self.changes = changes
  }

  /// How far the stage is, and what would be otherwise.
  package func words(in language: Language) -> String {
    let changes = changes.map { $0.words(in: language) }.joined(separator: " ")
    return switch language {
    case .vietnamese: "Đợt \(number) đã có \(boxCount) thùng niêm phong. \(changes)"
    case .english: "Stage \(number) has begun: \(boxCount) boxes are sealed. \(changes)"
    }
  }
}

/// A rota from its first publication, with all its amendments.
package struct RotaHistory: Hashable, Sendable {
  package let first: Rota
  package private(set) var amendments: [Amendment] = []
  package private(set) var current: Rota

  /// Publishes a rota; one with conflicts beyond advice is refused.
  package init(publishing rota: Rota) throws(AmendmentRefusal) {
    try Self.refuseWhenInConflict(rota)
    first = rota
    current = rota
  }

  /// The rota as it stood after so many amendments.
  package func rota(after count: Int) -> Rota {
    amendments.prefix(max(count, 0)).reduce(first) { $0.applying($1.change) }
  }

  /// Takes an amendment, or leaves the rota as it was.
  ///
  /// `begun` are the stages that boxes have already been packed for.
  package mutating func amend(
    _ change: RotaChange, on day: SchoolDay, by author: String, because reason: String,
    begun: Set<Int>
  ) throws(AmendmentRefusal) {
    guard amendments.count < RotaLimits.amendments else {
      throw .tooManyAmendments(limit: RotaLimits.amendments)
    }
    guard reason.contains(where: { !$0.isWhitespace }) else { throw .noReason }
    try refuseWhenBegun(change, begun)
    try refuseWhenNothingToRemove(change)
    let next = current.applying(change)
    try Self.refuseWhenInConflict(next)
    amendments.append(
      Amendment(
        number: amendments.count + 1, day: day, author: author, reason: reason, change: change))
    current = next
  }

  private static func refuseWhenInConflict(_ rota: Rota) throws(AmendmentRefusal) {
    let conflicts = rota.conflicts.filter { !$0.isAdvice }
    if !conflicts.isEmpty { throw .conflicts(conflicts) }
  }

  private func refuseWhenBegun(
    _ change: RotaChange, _ begun: Set<Int>
  ) throws(AmendmentRefusal) {
    switch change {
    case .stage(let stage) where begun.contains(stage.number): throw .stageBegun(stage.number)
    case .removeStage(let number) where begun.contains(number): throw .stageBegun(number)
    default: return
    }
  }

  private func refuseWhenNothingToRemove(_ change: RotaChange) throws(AmendmentRefusal) {
    let isThere =
      switch change {
      case .removeSet(let name): current.sets.contains { $0.name == name }
      case .removeStage(let number): current.stage(number) != nil
      case .libraries, .set, .stage: true
      }
    if !isThere { throw .nothingToRemove }
  }
}

extension Rota {
  func applying(_ change: RotaChange) -> Rota {
    var rota = self
    switch change {
    case .libraries(let libraries): rota.libraries = libraries
    case .set(let set):
      if let index = sets.firstIndex(where: { $0.name == set.name }) {
        rota.sets[index] = set
      } else {
        rota.sets.append(set)
      }
    case .removeSet(let name): rota.sets.removeAll { $0.name == name }
    case .stage(let stage):
      rota.stages.removeAll { $0.number == stage.number }
      rota.stages.append(stage)
      rota.stages.sort { $0.number < $1.number }
    case .removeStage(let number): rota.stages.removeAll { $0.number == number }
    }
    return rota
  }
}

extension AmendmentRefusal {
  /// What the host's librarian reads, and what to do next.
  package func words(in language: Language) -> String {
    switch (self, language) {
    case (.conflicts(let conflicts), _):
      conflicts.map { $0.words(in: language) }.joined(separator: " ")
    case (.stageBegun(let stage), .vietnamese):
      "Đợt \(stage) đã bắt đầu đóng thùng. Hãy sửa ở đợt sau."
    case (.stageBegun(let stage), .english):
      "Boxes are packed for stage \(stage) already. Amend a later one."
    case (.changesBegun(let stages), .vietnamese):
      stages.map { $0.words(in: .vietnamese) }.joined(separator: " ")
        + " Hãy sửa ở đợt sau, hoặc thêm --although-begun nếu vẫn muốn công bố."
    case (.changesBegun(let stages), .english):
      stages.map { $0.words(in: .english) }.joined(separator: " ")
        + " Amend a later stage, or add --although-begun to publish it all the same."
    case (.noReason, .vietnamese): "Hãy ghi lý do sửa kế hoạch."
    case (.noReason, .english): "Give a reason for the amendment."
    case (.nothingToRemove, .vietnamese): "Không có phần này để bỏ. Hãy tải lại trang."
    case (.nothingToRemove, .english):
      "There is nothing of that name to remove. Load the page again."
    case (.tooManyAmendments(let limit), .vietnamese):
      "Kế hoạch đã sửa \(limit) lần. Hãy lập kế hoạch mới."
    case (.tooManyAmendments(let limit), .english):
      "The rota was amended \(limit) times. Make a new one."
    }
  }
}
