package import Labels
import Ledger
package import Rotation

/// What one library last said of a box, on one of its trips.
package struct BoxSighting: Hashable, Sendable {
  /// A box and the library that speaks of it.
  package struct Place: Hashable, Sendable {
    package let box: BoxNumber
    package let library: LibraryCode
  }

  /// What is said: the last step of the box at the library.
  package enum Act: String, Hashable, Sendable {
    case opened, sealed, sent, arrived, counted, confirmed, refused, lost, found
  }

  package let place: Place
  /// The number of the sealing that the trip is under, or comes to; 0 where it is not known.
  package let trip: Int
  package let act: Act
  /// Where the box was sent to.
  package let destination: LibraryCode?
  package let event: EventReference

  package init(
    place: Place, trip: Int, act: Act, destination: LibraryCode?, event: EventReference
  ) {
    self.place = place
    self.trip = trip
    self.act = act
    self.destination = destination
    self.event = event
  }

  func onTrip(_ trip: Int) -> BoxSighting {
    BoxSighting(place: place, trip: trip, act: act, destination: destination, event: event)
  }

  /// What a fact says of a box; nothing where it moves an item while the box is packed.
  init?(_ fact: BoxFact, of event: Event) {
    guard let box = fact.box else { return nil }
    let act: Act
    var (trip, destination) = (0, LibraryCode?.none)
    switch fact {
    case .packed, .unpacked: return nil
    case .opened(let route): (act, trip, destination) = (.opened, route.step.seal + 1, route.to)
    case .reopened(let step): (act, trip) = (.opened, step.seal + 1)
    case .sealed(let slip): (act, trip) = (.sealed, slip.manifest.seal)
    case .sent(let route): (act, trip, destination) = (.sent, route.step.seal, route.to)
    case .arrived(let route): (act, trip) = (.arrived, route.step.seal)
    case .slipRead(let slip): (act, trip) = (.arrived, slip.manifest.seal)
    case .received(let finding): (act, trip) = (.counted, finding.step.seal)
    case .confirmed(let receipt): (act, trip) = (.confirmed, receipt.step.seal)
    case .refused(let step): (act, trip) = (.refused, step.seal)
    case .lost(let step): (act, trip) = (.lost, step.seal)
    case .found(let step): (act, trip) = (.found, step.seal)
    }
    self.init(
      place: Place(box: box, library: event.station.library), trip: trip, act: act,
      destination: destination, event: EventReference(event))
  }
}

/// A box as the whole group knows it.
package struct GroupBox: Hashable, Sendable {
  package let number: BoxNumber
  package let state: BoxState
  /// Where it stands; nothing while it is on its way or lost.
  package let holder: LibraryCode?
  /// Where it goes, or where it has arrived.
  package let destination: LibraryCode?
  /// The event that says so.
  package let event: EventReference
}

extension GroupBox {
  /// Works out where a box is from what every library said of it, in whatever order it came.
  ///
  /// Of the last trip alone: a library that sent the box has had it, so the others are asked first.
  /// Where several say that they have it, the one that got furthest does.
  init?(_ sightings: [BoxSighting]) {
    let last = sightings.map(\.trip).max() ?? 0
    let present = sightings.filter { $0.trip == last || $0.trip == 0 }
    let holders = present.filter { $0.act != .sent }
    let senders = Set(present.filter { $0.act == .sent }.map(\.place.library))
    // The end of the way is where nobody has sent it on from.
    let open = present.filter { sighting in
      sighting.act == .sent && sighting.destination.map { !senders.contains($0) } ?? true
    }
    let candidates = holders.isEmpty ? (open.isEmpty ? present : open) : holders
    guard let best = candidates.max(by: { $0.progress < $1.progress }) else { return nil }
    let isHeld = best.act != .sent && best.act != .lost
    self.init(
      number: best.place.box, state: best.state, holder: isHeld ? best.place.library : nil,
      destination: best.destination ?? (best.act == .arrived ? best.place.library : nil),
      event: best.event)
  }
}

extension FeedBox {
  /// Works out what the group's libraries are told of a box.
  init?(_ sightings: [BoxSighting]) {
    guard let box = GroupBox(sightings) else { return nil }
    let last = sightings.map(\.trip).max() ?? 0
    let senders = sightings.filter { $0.act == .sent && $0.trip == last }
    let end = box.holder ?? box.destination
    let sender = senders.first { $0.destination == end } ?? senders.first
    self.init(
      number: box.number, state: box.state, seal: min(last, ManifestLimits.seals.upperBound),
      from: sender?.place.library, to: box.destination, holder: box.holder)
  }
}

extension BoxSighting {
  fileprivate var state: BoxState {
    switch act {
    case .opened: .open
    case .sealed: .sealed
    case .sent, .arrived: .dispatched
    case .counted: .receivedInPart
    case .confirmed: .received
    case .refused: .refused
    case .lost: .lost
    case .found: .found
    }
  }

  /// How far the box has got, and its library's code, so that the answer is always the same one.
  fileprivate var progress: (Int, LibraryCode) {
    let rank =
      switch act {
      case .sent: 0
      case .opened: 1
      case .sealed: 2
      case .lost: 3
      case .found: 4
      case .arrived: 5
      case .refused: 6
      case .counted: 7
      case .confirmed: 8
      }
    return (rank, place.library)
  }
}

extension GroupRegistry {
  /// Every box that a station has spoken of, in order of numbers.
  package func boxes() async throws -> [GroupBox] {
    let sightings = try await store.read { try $0.sightings() }
    let byBox = Dictionary(grouping: sightings, by: \.place.box)
    return byBox.keys.sorted().compactMap { GroupBox(byBox[$0] ?? []) }
  }
}
