import Labels
import Ledger

/// Where boxes went, as all stations that had them in hand say.
///
/// A box that is passed on unopened, to a third library or back, goes on under the sealing that its
/// first sender gave it, so its items go on with it.
struct BoxWays {
  private let frame: TermFrame
  /// By box: where stations sent it on as it had come, in each station's order.
  private let passings: [String: [Passing]]

  /// A station sent a box on that it had neither opened nor sealed.
  private struct Passing {
    let station: Int
    let routing: BoxRouting
  }

  /// An item's stay in a box, as the station knows that packed it.
  struct Stay {
    let box: String
    let station: Int
    let packed: EventMark
    /// The station's next act on the item; nothing where there is none.
    let next: EventMark?
    /// Whether the packing was not before the term.
    let isInTerm: Bool
  }

  init(_ frame: TermFrame) {
    self.frame = frame
    var passings: [String: [Passing]] = [:]
    for (key, routings) in frame.routings {
      // Numbers of sealings tell nothing here: two libraries may have used the same one.
      var hasComeClosed = true
      for routing in routings {
        if !routing.isSent {
          hasComeClosed = !routing.isForAnother
        } else if hasComeClosed {
          passings[key.box, default: []].append(Passing(station: key.station, routing: routing))
        }
      }
    }
    self.passings = passings.mapValues {
      $0.sorted { ($0.station, $0.routing.event.mark) < ($1.station, $1.routing.event.mark) }
    }
  }

  /// Whether a box left a station after one of its events and before another.
  func hasLeft(
    _ box: String, _ station: Int, after first: EventMark, before second: EventMark
  ) -> Bool {
    routings(of: box, station).contains {
      $0.isSent && $0.event.mark > first && $0.event.mark < second
    }
  }

  /// Where the box goes in which an item is packed, or `nil` where nobody has said so.
  ///
  /// That is where its station had said that it goes, or then sent it, within the same term; and
  /// from there where others passed it on. `isTakenOut` says whether a station took the item out
  /// of this box, now or on another trip.
  func destination(of stay: Stay, isTakenOut: (_ station: Int) -> Bool) -> LibraryCode? {
    let own = routings(of: stay.box, stay.station).filter {
      isKnown($0, stay.station, to: stay)
    }
    let sends = own.filter { routing in
      routing.isSent && routing.event.mark > stay.packed
        && stay.next.map { routing.event.mark < $0 } ?? true
    }
    guard let seal = sends.first?.seal else {
      return own.last { $0.event.mark < stay.packed }?.to
    }
    var onward = (passings[stay.box] ?? []).filter { passing in
      passing.station != stay.station && isKnown(passing.routing, passing.station, to: stay)
        && (passing.routing.seal == seal
          || passing.routing.seal == 0 && isOfSameTerm(passing, as: stay)
            && !isTakenOut(passing.station))
    }
    var to: LibraryCode?
    var last = stay.packed
    // Under a later sealing the box has other items in it. Each passing is gone once, so that a
    // box which goes round in a circle comes to an end.
    for send in sends where send.seal == seal {
      let home = send.event.station.library
      let hasCome = own.contains {
        !$0.isForAnother && $0.event.mark > last && $0.event.mark < send.event.mark
      }
      // What came here meanwhile is another box's trip unless this one's has ended here.
      guard !hasCome || to == nil || to == home else { break }
      to = send.to
      while let index = onward.firstIndex(where: { $0.routing.event.station.library == to }) {
        to = onward.remove(at: index).routing.to
      }
      last = send.event.mark
    }
    return to
  }

  private func routings(of box: String, _ station: Int) -> [BoxRouting] {
    frame.routings[.init(box: box, station: station)] ?? []
  }

  /// Whether a box was passed on in the term of an item's packing, and not in an earlier one: a
  /// passing that knows no sealing serves no trip for ever.
  private func isOfSameTerm(_ passing: Passing, as stay: Stay) -> Bool {
    frame.scopes[passing.station].isInTerm(passing.routing.event.mark) == stay.isInTerm
  }

  /// Whether what a station said of a box is of the term that an item was packed in, or before.
  private func isKnown(_ routing: BoxRouting, _ station: Int, to stay: Stay) -> Bool {
    let (scope, mark) = (frame.scopes[station], routing.event.mark)
    return !scope.isOver(mark) && (stay.isInTerm || !scope.isInTerm(mark))
  }
}
