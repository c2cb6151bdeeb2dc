import Circulation
package import Journal
package import Labels
import Ledger
package import Rotation

/// What a rota asks of this library in a stage: one set to one library.
package struct RotaTask: Hashable, Sendable {
  package let stage: StageReference
  package let term: Term
  package let set: String
  package let to: LibraryCode
  /// The most items that travel; nothing for all of the set that stand here.
  package let limit: Int?
  /// What of the set stands on the shelves here, in order, up to `RotaTask.longestList`.
  package let items: [ItemSummary]
  package let shelfCount: Int
  /// How many are in boxes of the stage to that library that have not left.
  package let packedCount: Int
  /// How many have left in boxes of the stage.
  package let sentCount: Int
  /// How many are on loan, by class; an empty name stands for teachers and for what is unknown.
  package let loans: [String: Int]

  /// Items that one task lists.
  package static let longestList = 100
}

/// A set that another library is to send here.
package struct RotaArrival: Hashable, Sendable {
  package let stage: StageReference
  package let term: Term
  package let route: Route
  /// How many were counted out of boxes of the stage that have come from there.
  package let cameCount: Int
  /// Boxes of the stage that the host says are on their way from there, with whatever set.
  package let comingBoxCount: Int
}

/// A stage that a box to a library may be opened for.
package struct StageOption: Hashable, Sendable {
  package let stage: StageReference
  package let term: Term
  package let to: LibraryCode
}

/// What a rota says otherwise since a box was opened for one of its stages.
package struct StageAmendment: Hashable, Sendable {
  package let box: BoxNumber
  package let stage: StageReference
  /// The revision that was known when the box was opened.
  package let openedUnder: Int
  package let now: Int
  /// Why the rota was last amended, in the coordinator's words.
  package let reason: String
  /// What concerns the box's way; nothing where the earlier revision is no longer here.
  package let changes: [StageChange]?
}

/// What the group's rotas ask of this library now.
package struct RotaPlan: Hashable, Sendable {
  package let sending: [RotaTask]
  package let coming: [RotaArrival]
  /// The stages that boxes may be opened for, this term's and later ones.
  package let options: [StageOption]
  /// What has gone and come so far, stage by stage, also of earlier terms.
  package let handovers: [StageHandover]
  /// Boxes not received yet that were opened before their stage was amended.
  package let amendments: [StageAmendment]
}

extension Desk {
  /// What to pack, for whom, and what of it is still on loan, by the rotas that the host has
  /// published: each one's stage of this term, or else its next one.
  package func rotaPlan() async throws -> RotaPlan {
    let reader = rotaReader
    return try await journal.read { try reader.plan(in: $0) }
  }

  var rotaReader: RotaReader {
    let settings = settings
    let terms = TermReader(
      library: library, offsetMinutes: settings.offsetMinutes,
      calendar: { settings.calendar(on: $0) })
    return RotaReader(library: library, lookup: lookup, term: terms.term(on: today))
  }
}
