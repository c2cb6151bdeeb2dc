package import Labels
package import Rotation

/// Where in a station's chain an event stands.
package struct EventMark: Hashable, Comparable, Sendable {
  package let epoch: Epoch
  package let sequence: Int64

  package init(epoch: Epoch, sequence: Int64) {
    self.epoch = epoch
    self.sequence = sequence
  }

  package init(_ event: Event) {
    self.init(epoch: event.epoch, sequence: event.sequence)
  }

  package static func < (left: Self, right: Self) -> Bool {
    (left.epoch, left.sequence) < (right.epoch, right.sequence)
  }
}

/// What a station knows of a box: its life so far, as its own facts tell it.
///
/// What is in a box that was packed here, custody says: the items whose last act since `began`
/// brought them into it.
package struct BoxRecord: Hashable, Sendable {
  /// Without its items.
  package private(set) var box: Box
  package private(set) var stage: StageReference?
  /// The revision of the stage's rota that was known when the box was opened here.
  package private(set) var revision: Int?
  /// The slip of the last sealing, or the one that came with the box.
  package private(set) var slip: SealedSlip?
  /// The box came from another library.
  package private(set) var isInbound: Bool
  /// Where its present trip began at this library: opened, or arrived.
  package private(set) var began: EventMark
  /// The last step of the box itself.
  package private(set) var changed: EventMark
  /// What was confirmed, once the box has been received.
  package private(set) var receipt: BoxReceipt?

  package init(
    box: Box, stage: StageReference?, revision: Int? = nil, slip: SealedSlip?, isInbound: Bool,
    began: EventMark, changed: EventMark, receipt: BoxReceipt?
  ) {
    self.box = box
    self.stage = stage
    self.revision = revision
    self.slip = slip
    self.isInbound = isInbound
    self.began = began
    self.changed = changed
    self.receipt = receipt
  }

  /// The trip that the box is on.
  package var step: BoxStep { BoxStep(box: box.number, seal: box.seal) }

  /// Whether the box has come and is not dealt with yet.
  package var isBeingReceived: Bool {
    isInbound && [.dispatched, .receivedInPart, .refused, .found].contains(box.state)
  }
}

extension BoxRecord {
  /// The record after one more fact; the same where the fact moves an item alone.
  ///
  /// A fact is never refused, so each gives a record, whatever was known of the box.
  package static func after(
    _ fact: BoxFact, of event: Event, on known: BoxRecord?
  ) -> BoxRecord? {
    let library = event.station.library
    switch fact {
    case .packed, .unpacked: return known
    case .opened(let route):
      let seal = max(route.step.seal, known?.box.seal ?? 0)
      let box = Box(opening: route.box, at: library, to: route.to, lastSeal: seal)
      var record = BoxRecord(box, route.stage, nil, isInbound: false, event)
      record.revision = route.revision
      return record
    case .arrived(let route): return arriving(route, at: library, of: event, on: known)
    case .slipRead(let slip): return reading(slip, at: library, of: event, on: known)
    case .sealed, .reopened, .sent, .received, .confirmed, .refused, .lost, .found:
      guard let box = fact.box else { return known }
      var record = known ?? unannounced(box, at: library, of: event)
      record.go(on: fact, at: library, of: event)
      return record
    }
  }

  private init(
    _ box: Box, _ stage: StageReference?, _ slip: SealedSlip?, isInbound: Bool, _ event: Event
  ) {
    let mark = EventMark(event)
    self.init(
      box: box, stage: stage, slip: slip, isInbound: isInbound, began: mark, changed: mark,
      receipt: nil)
  }

  /// A box of which nothing was known; it comes from the library that its number names.
  private static func unannounced(
    _ number: BoxNumber, at library: LibraryCode, of event: Event
  ) -> BoxRecord {
    let box = Box(arriving: number, from: number.library, to: library)
    return BoxRecord(box, nil, nil, isInbound: true, event)
  }

  private static func arriving(
    _ route: BoxRoute, at library: LibraryCode, of event: Event, on known: BoxRecord?
  ) -> BoxRecord {
    if var known, known.isBeingReceived {
      known.changed = EventMark(event)
      return known
    }
    let seal = max(route.step.seal, known?.box.seal ?? 0)
    let box = Box(arriving: route.box, from: route.from, to: library, lastSeal: seal)
    return BoxRecord(box, route.stage, nil, isInbound: true, event)
  }

  /// A slip that is read while the box is being received tells more of the same trip.
  private static func reading(
    _ slip: SealedSlip, at library: LibraryCode, of event: Event, on known: BoxRecord?
  ) -> BoxRecord {
    let manifest = slip.manifest
    let going = known.flatMap { $0.isBeingReceived ? $0 : nil }
    let box = Box(
      restoring: manifest.box, going?.box.state ?? .dispatched, origin: manifest.from,
      from: manifest.from, to: library, holder: going?.box.holder, seal: manifest.seal)
    var record = BoxRecord(box, manifest.stage, slip, isInbound: true, event)
    if let going { record.began = going.began }
    return record
  }

  private mutating func go(on fact: BoxFact, at library: LibraryCode, of event: Event) {
    changed = EventMark(event)
    switch fact {
    case .sealed(let slip):
      box.record(.seal, by: library)
      self.slip = slip
    case .reopened:
      box.record(.reopen, by: library)
      if isInbound || receipt != nil { began = changed }
      (isInbound, slip, receipt) = (false, nil, nil)
    case .sent(let route):
      box.record(.sendOn(to: route.to), by: library)
      isInbound = false
    case .received: box.record(.receive([]), by: library)
    case .confirmed(let receipt):
      box.record(.finishReceiving, by: library)
      self.receipt = receipt
    case .refused: box.record(.refuse, by: library)
    case .lost: box.record(.lose, by: library)
    case .found: box.record(.find, by: library)
    case .opened, .packed, .unpacked, .arrived, .slipRead: break
    }
  }
}

/// An item that was counted out of a box.
package struct CountedItem: Hashable, Sendable {
  /// The box and its present trip at this library.
  package let box: BoxNumber
  package let began: EventMark
  package let item: ItemID
  /// When it was first seen, by the station's wall clock.
  package let wallMilliseconds: Int64
  package let condition: ItemCondition
  /// The act that took it out; undone, it is not counted.
  package let operation: OperationID

  package init(
    box: BoxNumber, began: EventMark, item: ItemID, wallMilliseconds: Int64,
    condition: ItemCondition, operation: OperationID
  ) {
    self.box = box
    self.began = began
    self.item = item
    self.wallMilliseconds = wallMilliseconds
    self.condition = condition
    self.operation = operation
  }

  /// What a finding counts on a box's present trip; the first time it was seen is kept.
  package init(
    _ finding: BoxFinding, of event: Event, in record: BoxRecord, before: CountedItem?
  ) {
    let before = before.flatMap { $0.began == record.began ? $0 : nil }
    self.init(
      box: finding.step.box, began: record.began, item: finding.move.item,
      wallMilliseconds: before?.wallMilliseconds ?? event.moment.wallMilliseconds,
      condition: finding.condition, operation: before?.operation ?? event.operation)
  }
}
