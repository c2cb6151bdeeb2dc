import Labels
import Ledger
import Rotation

/// What events say that a reconciliation over the group goes by, gathered for the tables.
struct TermTrail {
  private(set) var movements: [Movement] = []
  private(set) var routings: [BoxRouting] = []
  private(set) var closings: [KeptClosing] = []
  private(set) var parts: [KeptPart] = []
  private(set) var signatures: [KeptSignature] = []

  mutating func note(_ event: Event) {
    if let movement = Movement(event) {
      movements.append(movement)
    } else if let routing = BoxRouting(event) {
      routings.append(routing)
    } else if case .term(let fact) = event.fact {
      note(fact, of: event)
    }
  }

  private mutating func note(_ fact: TermFact, of event: Event) {
    let library = event.station.library
    switch fact {
    case .closed(let closing):
      closings.append(
        KeptClosing(
          closing: closing, event: EventReference(event),
          wallMilliseconds: event.moment.wallMilliseconds))
    case .part(let part): parts.append(KeptPart(library: library, part: part))
    case .countersigned(let signature):
      signatures.append(KeptSignature(reporter: library, signature: signature))
    }
  }
}

/// A term that a station has closed.
package struct KeptClosing: Hashable, Sendable {
  let closing: TermClosing
  let event: EventReference
  /// By the station's wall clock.
  let wallMilliseconds: Int64

  var term: Term { closing.term }
  var library: LibraryCode { event.station.library }
}

/// A piece of the statement of a library.
package struct KeptPart: Hashable, Sendable {
  let library: LibraryCode
  let part: StatementPart
}

/// A signature under a statement, and the library that told of it.
package struct KeptSignature: Hashable, Sendable {
  let reporter: LibraryCode
  let signature: Countersignature
}

extension RegistryTransaction {
  /// Keeps what was gathered; what is there is passed over.
  func save(_ trail: TermTrail) throws {
    if !trail.movements.isEmpty { try save(trail.movements) }
    for routing in trail.routings { try save(routing) }
    for closing in trail.closings { try save(closing) }
    for part in trail.parts { try save(part) }
    for signature in trail.signatures { try save(signature) }
  }

  /// Movements that are gathered before they are written, where all events are gone through.
  private static var movementsPerStep: Int { 5_000 }

  /// Gathers from all events that the books have, for books of a version that kept none of it.
  ///
  /// Events that can't be read are the verifier's to name.
  func gatherTrails() throws {
    var trail = TermTrail()
    for station in try enrolments() {
      let (name, epoch) = (station.enrolment.station, station.cursor.epoch)
      let released = try releasedOperations(of: name, besides: epoch)
      try forEachEvent(of: name, epoch: epoch, after: 0) {
        guard let event = try? Event(encoded: $0.bytes) else { return true }
        // What was released under another key is done, and counts there.
        if !released.contains(event.operation) { trail.note(event) }
        if trail.movements.count >= Self.movementsPerStep {
          try save(trail)
          trail = TermTrail()
        }
        return true
      }
    }
    try save(trail)
  }
}
