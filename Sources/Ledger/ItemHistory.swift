import Circulation
package import Labels

/// All that is known to have been done with one item, at whatever stations, and what it comes to.
///
/// The same acts give the same history in whatever order they were delivered, see ``ActOrder``. A
/// host falls back on it wherever an act does not simply follow the one before.
package struct ItemHistory: Sendable {
  /// What a person has decided about an act.
  ///
  /// A number, once used, keeps its meaning for ever.
  package enum Ruling: Int, Hashable, Sendable {
    case stands = 0
    /// The item has stayed where it was before, as long as that contradicts the act.
    case passedOver = 1
    /// What nobody had registered is in the books by this act.
    case takenIn = 2
  }

  /// An event that acts on the item, and what was ruled of it.
  package struct Act: Sendable {
    package let event: Event
    package let ruling: Ruling

    package init(_ event: Event, ruling: Ruling = .stands) {
      self.event = event
      self.ruling = ruling
    }
  }

  /// What an act says that those before it do not bear out.
  package struct Finding: Sendable {
    package let discrepancy: Discrepancy
    package let event: Event
    /// The item before the act, and the act that had left it so.
    package let before: Holding?
    package let last: Event?
  }

  /// The item's state, or `nil` where nobody has registered it.
  package private(set) var holding: Holding?
  /// The act that left it so.
  package private(set) var last: Event?
  package private(set) var findings: [Finding] = []
  /// The libraries at which somebody has acted on the item.
  package let libraries: Set<LibraryCode>
  /// The acts' numbers do not tell their order, so what comes next must be put in order with them.
  package private(set) var isWoven = false

  /// Acts that one history is made of at most; of more, a host takes those that come as they come.
  package static let mostActs = 5_000

  /// Puts acts in order and does one after the other.
  package init(_ acts: [Act]) {
    let chains = Self.chains(of: acts)
    let sketches = chains.map { $0.compactMap { ActSketch($0.event) } }
    let plain = ActOrder(byNumberOf: sketches)
    self.init(chains, in: plain)
    guard !findings.isEmpty || !plain.isStraight(through: sketches) else { return }
    self.init(chains, in: ActOrder(weaving: sketches))
    isWoven = true
  }

  private init(_ chains: [[Act]], in order: ActOrder) {
    libraries = Set(chains.compactMap { $0.first?.event.station.library })
    for slot in order.slots { take(chains[slot.chain][slot.index]) }
  }

  /// Each station's acts in their order, stations in order of names; what is no act is left out.
  private static func chains(of acts: [Act]) -> [[Act]] {
    let byStation = Dictionary(
      grouping: acts.filter { $0.event.fact.move != nil }, by: \.event.station)
    return byStation.sorted { $0.key < $1.key }.map { station in
      station.value.sorted { EventMark($0.event) < EventMark($1.event) }
    }
  }

  private mutating func take(_ act: Act) {
    let event = act.event
    if act.ruling == .takenIn, holding == nil { holding = event.fact.move.map(Self.takenIn) }
    let effect = event.effect(on: holding)
    for discrepancy in effect.discrepancies {
      findings.append(
        Finding(discrepancy: discrepancy, event: event, before: holding, last: last))
    }
    // What the acts before it bear out has happened, whatever was ruled when they were not known.
    let isPassedOver = act.ruling == .passedOver && !effect.discrepancies.isEmpty
    guard !isPassedOver, let after = effect.holding, after != holding else { return }
    holding = after
    last = event
  }

  /// What was accepted as found was where the act says that it was.
  private static func takenIn(by move: ItemMove) -> Holding {
    Holding(
      item: move.item, record: .unknownTitle, place: move.from, loan: nil, version: move.seen,
      gaps: move.seen > 0 ? ActGaps().adding(1...move.seen) : ActGaps())
  }
}

extension ActSketch {
  /// Reads an act; nothing where an event acts on no item.
  fileprivate init?(_ event: Event) {
    guard let move = event.fact.move else { return nil }
    self.init(
      number: move.seen + 1, wallMilliseconds: event.moment.wallMilliseconds,
      tie: Tie(event.fact, move), way: Way(from: move.from, to: move.to))
  }
}

extension ActSketch.Tie {
  fileprivate init(_ fact: Fact, _ move: ItemMove) {
    switch (fact, move.from, move.to) {
    case (.itemRegistered, _, _): self = .registered
    case (.discovered, _, _): self = .discovered
    case (_, .box(let one), .box(let other)) where one == other: self = .number
    case (_, _, .box(let box)): self = .packed(box: box.text)
    case (_, .box(let box), _): self = .takenOut(box: box.text)
    default: self = .number
    }
  }
}
