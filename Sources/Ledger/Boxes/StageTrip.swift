package import Rotation

/// A box's trip for a stage of a rota, as this end of it has it: packed here, or come here.
///
/// A box is used again and again; each sealing is a trip of its own, kept when the next begins.
package struct StageTrip: Hashable, Sendable {
  /// Which trip it is: of which box, under which sealing, from here or to here.
  package struct Name: Hashable, Sendable {
    package let step: BoxStep
    package let isInbound: Bool

    package init(_ step: BoxStep, isInbound: Bool) {
      self.step = step
      self.isInbound = isInbound
    }
  }

  package let stage: StageReference
  package let slip: SealedSlip
  package let isInbound: Bool
  /// Where the box's trip began at this library, by which what was counted out of it is found.
  package let began: EventMark
  /// What ended this library's part: the box was sent off, or its receipt was confirmed.
  package var done: EventMark?

  package init(
    stage: StageReference, slip: SealedSlip, isInbound: Bool, began: EventMark, done: EventMark?
  ) {
    self.stage = stage
    self.slip = slip
    self.isInbound = isInbound
    self.began = began
    self.done = done
  }

  package var name: Name { Name(slip.step, isInbound: isInbound) }
  /// From which library to which, as the slip says.
  package var way: StageWay { StageWay(from: slip.manifest.from, to: slip.manifest.to) }
}

/// What a fact changes in the trips for stages.
package enum StageTripChange: Hashable, Sendable {
  case begun(StageTrip)
  case done(StageTrip.Name, EventMark)
  /// The box was opened again before it had got anywhere, came back, or was passed on unopened.
  case void(StageTrip.Name)
}

extension BoxFact {
  /// What the fact changes in the trips for stages; `record` is the box after it.
  package func tripChanges(of event: Event, leaving record: BoxRecord?) -> [StageTripChange] {
    let mark = EventMark(event)
    switch self {
    case .sealed(let slip):
      return [trip(slip, isInbound: false, began: record?.began ?? mark)].compactMap(\.self)
    case .slipRead(let slip) where slip.manifest.from == event.station.library:
      return [.void(StageTrip.Name(slip.step, isInbound: false))]
    case .slipRead(let slip):
      return [trip(slip, isInbound: true, began: record?.began ?? mark)].compactMap(\.self)
    case .reopened(let step): return [.void(StageTrip.Name(step, isInbound: false))]
    case .sent(let route):
      return [
        .done(StageTrip.Name(route.step, isInbound: false), mark),
        .void(StageTrip.Name(route.step, isInbound: true)),
      ]
    case .confirmed(let receipt):
      return [.done(StageTrip.Name(receipt.step, isInbound: true), mark)]
    case .opened, .packed, .unpacked, .arrived, .received, .refused, .lost, .found: return []
    }
  }

  private func trip(
    _ slip: SealedSlip, isInbound: Bool, began: EventMark
  ) -> StageTripChange? {
    slip.manifest.stage.map {
      .begun(
        StageTrip(stage: $0, slip: slip, isInbound: isInbound, began: began, done: nil))
    }
  }
}

extension [StageTrip.Name: StageTrip] {
  /// Takes a change in, in the order of the facts.
  mutating func take(_ change: StageTripChange) {
    switch change {
    case .begun(let trip): self[trip.name] = trip
    case .done(let name, let mark):
      // The first time counts: a box may be passed on again and again.
      if let trip = self[name], trip.done == nil { self[name]?.done = mark }
    case .void(let name): self[name] = nil
    }
  }
}
