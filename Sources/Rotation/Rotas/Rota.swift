package import Labels

/// Which set a library sends to which other one in a stage.
package struct Route: Hashable, Sendable {
  /// The set's name.
  package let set: String
  package let from: LibraryCode
  package let to: LibraryCode
  /// The most items that travel; nothing for the whole set that stands there.
  package let limit: Int?

  package init(set: String, from: LibraryCode, to: LibraryCode, limit: Int? = nil) {
    self.set = set
    self.from = from
    self.to = to
    self.limit = limit
  }
}

/// A stage of a rota: what travels at the beginning of a term (đợt luân chuyển).
package struct Stage: Hashable, Sendable {
  /// From 1, in order of terms.
  package let number: Int
  package let term: Term
  package let routes: [Route]

  package init(number: Int, term: Term, routes: [Route]) {
    self.number = number
    self.term = term
    self.routes = routes
  }
}

/// A plan by which sets go from library to library, term by term: kế hoạch luân chuyển.
package struct Rota: Hashable, Sendable {
  package let id: RotaID
  package var libraries: Set<LibraryCode>
  package var sets: [ItemSet]
  package var stages: [Stage]

  package init(id: RotaID, libraries: Set<LibraryCode>, sets: [ItemSet], stages: [Stage]) {
    self.id = id
    self.libraries = libraries
    self.sets = sets
    self.stages = stages
  }

  /// The stage of a number.
  package func stage(_ number: Int) -> Stage? { stages.first { $0.number == number } }
}

/// The bounds of a rota.
package enum RotaLimits {
  package static let libraries = 1_000
  package static let sets = 500
  package static let stages = StageReference.numbers.upperBound
  package static let routesInStage = 20_000
  package static let amendments = 1_000
}
