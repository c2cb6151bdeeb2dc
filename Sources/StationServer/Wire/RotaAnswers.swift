import Desk
import Labels
import Rotation
import Serving

/// What the group's rotas ask of this library, as the API answers.
extension Answer {
  struct Rota: Encodable, Sendable {
    let sending: [RotaTask]
    let coming: [RotaArrival]
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
  }
}

extension Answer.Rota {
  init(_ plan: RotaPlan) {
    sending = plan.sending.map { task in
      Answer.RotaTask(
        rota: task.rota.text, stage: task.stage, term: task.term.description, set: task.set,
        to: task.to.text, limit: task.limit, items: task.items.map { Answer.Item($0) },
        onShelf: task.shelfCount, packed: task.packedCount, onLoan: task.loans)
    }
    coming = plan.coming.map { arrival in
      Answer.RotaArrival(
        rota: arrival.rota.text, stage: arrival.stage, term: arrival.term.description,
        set: arrival.route.set, from: arrival.route.from.text, limit: arrival.route.limit)
    }
  }
}
