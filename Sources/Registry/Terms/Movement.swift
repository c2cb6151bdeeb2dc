package import Circulation
package import Labels
package import Ledger
import Rotation

/// An act that brings an item to another library, into or out of the books or a box, as its event
/// tells it.
///
/// It says what the event says and nothing of what the host knew when it came. So the same events
/// give the same movements, in whatever order they are delivered; what they come to together,
/// ``ItemTrail`` works out when a term is added up. Loans within a library are none.
package struct Movement: Hashable, Sendable {
  /// What was done.
  ///
  /// A number, once used, keeps its meaning for ever.
  package enum Step: Int, Hashable, Sendable {
    case registered = 1
    case discovered = 2
    /// Into a box.
    case packed = 3
    /// Out of a box that has come.
    case received = 4
    /// Out of a box that was packed here, or whose packing is undone.
    case unpacked = 5
    /// From another library's shelf or patron, without a box.
    case brought = 6
    case found = 7
    case lost = 8
    case withdrawn = 9

    /// Whether an item that nobody had registered is in the books by this.
    var begins: Bool {
      switch self {
      case .registered, .discovered, .received, .brought: true
      case .packed, .unpacked, .found, .lost, .withdrawn: false
      }
    }
  }

  package let item: ItemID
  /// How many acts on the item its maker had seen, and one.
  package let number: Int
  package let event: EventReference
  package let wallMilliseconds: Int64
  package let step: Step
  /// Where the item is then; for `packed`, where it was.
  package let at: LibraryCode
  package let box: BoxNumber?
  /// The title that it is registered under.
  package let record: RecordID?

  package init(
    item: ItemID, number: Int, event: EventReference, wallMilliseconds: Int64, step: Step,
    at: LibraryCode, box: BoxNumber?, record: RecordID?
  ) {
    self.item = item
    self.number = number
    self.event = event
    self.wallMilliseconds = wallMilliseconds
    self.step = step
    self.at = at
    self.box = box
    self.record = record
  }
}

extension Movement {
  /// Reads an event; nothing where no reconciliation has to know of it.
  init?(_ event: Event) {
    // What is packed once more into the box that the books have it in has been out of it.
    guard let move = event.fact.move, move.from != move.to || move.to.box != nil else {
      return nil
    }
    guard let (step, at, box) = Self.way(of: event.fact, move, by: event.station.library) else {
      return nil
    }
    var record: RecordID?
    if case .itemRegistered(let registration) = event.fact { record = registration.record }
    self.init(
      item: move.item, number: move.seen + 1, event: EventReference(event),
      wallMilliseconds: event.moment.wallMilliseconds, step: step, at: at, box: box,
      record: record)
  }

  private typealias Way = (step: Step, at: LibraryCode, box: BoxNumber?)

  private static func way(
    of fact: Fact, _ move: ItemMove, by library: LibraryCode
  ) -> Way? {
    switch move.to {
    case .outside: nil
    case .box(let box): (.packed, move.from.library ?? library, box)
    case .missing(let library): (.lost, library, nil)
    case .withdrawn(let library): (.withdrawn, library, nil)
    case .shelf(let library), .patron(let library): coming(to: library, by: fact, move.from)
    }
  }

  private static func coming(
    to library: LibraryCode, by fact: Fact, _ from: Place
  ) -> Way? {
    switch (fact, from) {
    case (.itemRegistered, _): (.registered, library, nil)
    case (.discovered, _): (.discovered, library, nil)
    case (.box(.received(let finding)), .outside): (.received, library, finding.step.box)
    case (_, .outside): nil
    case (_, .shelf(let other)), (_, .patron(let other)):
      other == library ? nil : (.brought, library, nil)
    case (.box(.received), .box(let box)): (.received, library, box)
    case (_, .box(let box)): (.unpacked, library, box)
    case (_, .missing), (_, .withdrawn): (.found, library, nil)
    }
  }
}

/// Where a station said that a box goes: the way of what is in it then.
package struct BoxRouting: Hashable, Sendable {
  let box: BoxNumber
  let event: EventReference
  let to: LibraryCode
  /// The box left for there, with what was in it.
  let isSent: Bool
  /// The number of the last sealing that the station knew of, 0 for none: a box that is passed on
  /// unopened keeps the one under which it was first sent.
  let seal: Int

  /// Reads an event; nothing where it says of no box where it goes.
  init?(_ event: Event) {
    guard case .box(let fact) = event.fact else { return nil }
    switch fact {
    case .opened(let route): self.init(route.step, event, to: route.to)
    case .sealed(let slip): self.init(slip.step, event, to: slip.manifest.to)
    case .sent(let route): self.init(route.step, event, to: route.to, isSent: true)
    // A box that has come is meant for where it is.
    case .arrived(let route): self.init(route.step, event, to: event.station.library)
    case .slipRead(let slip): self.init(slip.step, event, to: event.station.library)
    default: return nil
    }
  }

  private init(_ step: BoxStep, _ event: Event, to: LibraryCode, isSent: Bool = false) {
    self.init(
      box: step.box, event: EventReference(event), to: to, isSent: isSent, seal: step.seal)
  }

  init(box: BoxNumber, event: EventReference, to: LibraryCode, isSent: Bool, seal: Int) {
    self.box = box
    self.event = event
    self.to = to
    self.isSent = isSent
    self.seal = seal
  }

  /// The station opened or sealed the box for another library, and did not take it in.
  var isForAnother: Bool { to != event.station.library }
}

extension EventReference {
  /// Where in its station's chain the event stands.
  package var mark: EventMark { EventMark(epoch: epoch, sequence: sequence) }
}
