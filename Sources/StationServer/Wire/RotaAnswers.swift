import Desk
import Journal
import Labels
import Ledger
import Rotation
import Serving

/// What the group's rotas ask of this library, as the API answers.
extension Answer {
  struct Rota: Encodable, Sendable {
    let sending: [RotaTask]
    let coming: [RotaArrival]
    let stages: [StageOption]
    let handovers: [StageHandover]
    let amendments: [Amendment]
  }

  /// One set that goes to one library.
  struct RotaTask: Encodable, Sendable {
    let rota: String
    let stage: Int
    let term: String
    let set: String
    let to: String
    let limit: Int?
    /// What stands on the shelves here, as far as a list goes.
    let items: [Item]
    let onShelf: Int
    let packed: Int
    let sent: Int
    /// How many are on loan, by class; an empty name stands for those of no class.
    let onLoan: [String: Int]
  }

  struct RotaArrival: Encodable, Sendable {
    let rota: String
    let stage: Int
    let term: String
    let set: String
    let from: String
    let limit: Int?
    /// How many were counted out of boxes of the stage.
    let came: Int
    /// Boxes of the stage on their way here, with whatever set.
    let comingBoxes: Int
  }

  /// A stage that a box to a library may be opened for.
  struct StageOption: Encodable, Sendable {
    let stage: String
    let term: String
    let to: String
  }

  /// What has gone or come for a stage: what its minutes are of.
  struct StageHandover: Encodable, Sendable {
    let stage: String
    let from: String
    let to: String
    let inbound: Bool
    let boxes: Int
    let items: Int
    /// Boxes that are sent off, or received to the end.
    let done: Int
  }

  /// What a rota says otherwise since a box was opened for one of its stages.
  struct Amendment: Encodable, Sendable {
    let box: String
    let stage: String
    let openedUnder: Int
    let now: Int
    let reason: String
    let words: Words
  }
}

extension Answer.Rota {
  init(_ plan: RotaPlan) {
    sending = plan.sending.map { task in
      Answer.RotaTask(
        rota: task.stage.rota.text, stage: task.stage.number, term: task.term.description,
        set: task.set, to: task.to.text, limit: task.limit,
        items: task.items.map { Answer.Item($0) }, onShelf: task.shelfCount,
        packed: task.packedCount, sent: task.sentCount, onLoan: task.loans)
    }
    coming = plan.coming.map { arrival in
      Answer.RotaArrival(
        rota: arrival.stage.rota.text, stage: arrival.stage.number,
        term: arrival.term.description, set: arrival.route.set, from: arrival.route.from.text,
        limit: arrival.route.limit, came: arrival.cameCount, comingBoxes: arrival.comingBoxCount)
    }
    stages = plan.options.map {
      Answer.StageOption(
        stage: $0.stage.description, term: $0.term.description, to: $0.to.text)
    }
    handovers = plan.handovers.map {
      Answer.StageHandover(
        stage: $0.stage.description, from: $0.way.from.text, to: $0.way.to.text,
        inbound: $0.isInbound, boxes: $0.boxCount, items: $0.itemCount, done: $0.doneCount)
    }
    amendments = plan.amendments.map { Answer.Amendment($0) }
  }
}

extension Answer.Amendment {
  init(_ amendment: StageAmendment) {
    box = amendment.box.text
    stage = amendment.stage.description
    openedUnder = amendment.openedUnder
    now = amendment.now
    reason = amendment.reason
    words = Words { amendment.words(in: $0) }
  }
}

extension StageAmendment {
  /// What is otherwise and what to do, for the librarian at the box.
  fileprivate func words(in language: Language) -> String {
    let changed = changes?.map { $0.words(in: language) }.joined(separator: " ")
    switch language {
    case .vietnamese:
      return "Đợt \(stage) đã sửa (lần \(openedUnder) → \(now)) sau khi mở thùng \(box). "
        + (changed ?? "Trạm không còn giữ lần cũ để so.") + " Hãy xem lại sách trong thùng."
    case .english:
      return "Stage \(stage) was amended (revision \(openedUnder) → \(now)) after box \(box) was "
        + "opened. " + (changed ?? "The earlier revision is no longer here to compare.")
        + " Look through the box once more."
    }
  }
}
