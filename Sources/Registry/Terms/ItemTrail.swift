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
}

/// An item's acts at all libraries, put in one order and cut at the term's beginning.
///
/// The order is that of ``ActOrder``, so any order of delivery gives the same way; what is then
/// moved from where it was not is told as such.
struct ItemTrail {
  let opening: BooksPlace
  /// The acts of the term, in order.
  let acts: [TrailAct]
  /// Where each station's own books have the item, by the station's number, and the place of its
  /// last act among those of all.
  let ownPlaces: [(station: Int, place: BooksPlace, last: Int)]

  init(_ chains: [[TrailAct]]) {
    let ordered = Self.placed(chains.count == 1 ? chains[0] : Self.merged(chains))
    ownPlaces = chains.compactMap { chain in
      chain.last.map { act in
        (
          act.station, chain.reduce(.nowhere) { $0.after($1.move) },
          ordered.lastIndex { $0.station == act.station } ?? 0
        )
      }
    }
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
    let sketches = chains.map { $0.map(\.sketch) }
    let byNumber = acts(of: chains, in: ActOrder(byNumberOf: sketches))
    return isOneWay(byNumber) ? byNumber : acts(of: chains, in: ActOrder(weaving: sketches))
  }

  private static func acts(of chains: [[TrailAct]], in order: ActOrder) -> [TrailAct] {
    order.slots.map { chains[$0.chain][$0.index] }
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
}

extension TrailAct {
  /// What the act's place among those of other stations goes by.
  fileprivate var sketch: ActSketch {
    let tie: ActSketch.Tie =
      switch step {
      case .discovered: .discovered
      case .packed: .packed(box: box ?? "")
      case .received, .unpacked: .takenOut(box: box ?? "")
      case .registered: .registered
      case .brought, .found, .lost, .withdrawn: .number
      }
    return ActSketch(number: number, wallMilliseconds: wallMilliseconds, tie: tie)
  }
}
