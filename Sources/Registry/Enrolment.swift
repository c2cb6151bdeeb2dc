package import Exchange
package import Ledger

/// A station that may send: its key is pinned to one epoch of its life.
package struct Enrolment: Hashable, Sendable {
  package let station: StationID
  package let epoch: Epoch
  package let libraryName: String
  package let key: VerifyingKey

  package init(
    station: StationID, epoch: Epoch = .first, libraryName: String, key: VerifyingKey
  ) {
    self.station = station
    self.epoch = epoch
    self.libraryName = libraryName
    self.key = key
  }
}

/// An enrolled station, and how far its events have been applied.
package struct EnrolledStation: Hashable, Sendable {
  package let enrolment: Enrolment
  /// The last event that was applied; the start of the epoch where none was.
  package let cursor: Position
  /// When the last batch came, in the host's milliseconds since 1970.
  package let lastContactMilliseconds: Int64?
  /// Set once the epoch is over.
  package let closing: EpochClosing?

  package init(
    enrolment: Enrolment, cursor: Position, lastContactMilliseconds: Int64?,
    closing: EpochClosing? = nil
  ) {
    self.enrolment = enrolment
    self.cursor = cursor
    self.lastContactMilliseconds = lastContactMilliseconds
    self.closing = closing
  }
}

/// Names one event of the group.
package struct EventReference: Hashable, Sendable, CustomStringConvertible {
  package let station: StationID
  package let epoch: Epoch
  package let sequence: Int64

  package init(station: StationID, epoch: Epoch, sequence: Int64) {
    self.station = station
    self.epoch = epoch
    self.sequence = sequence
  }

  package init(_ event: Event) {
    self.init(station: event.station, epoch: event.epoch, sequence: event.sequence)
  }

  /// For example `TT1-1/1.42`.
  package var description: String { "\(station)/\(epoch).\(sequence)" }
}

/// An event as it is kept: exactly the bytes that the station sent.
package struct StoredEvent: Hashable, Sendable {
  package let sequence: Int64
  /// The chain's hash after the event; `nil` where what is kept is no hash.
  package let hash: ChainHash?
  package let bytes: [UInt8]

  package init(sequence: Int64, hash: ChainHash?, bytes: [UInt8]) {
    self.sequence = sequence
    self.hash = hash
    self.bytes = bytes
  }
}

/// An item of the group, and the event that last acted on it.
package struct HeldItem: Hashable, Sendable {
  package let holding: Holding
  package let lastEvent: EventReference
  /// The numbers of the acts on the item do not tell their order; see `ItemHistory.isWoven`.
  package let isWoven: Bool

  package init(holding: Holding, lastEvent: EventReference, isWoven: Bool = false) {
    self.holding = holding
    self.lastEvent = lastEvent
    self.isWoven = isWoven
  }
}

/// What an event says that the group's books can't bear out, with both sides where both are known.
///
/// The event is applied all the same, since what happened has happened; somebody must look.
package struct Conflict: Hashable, Sendable {
  package let event: EventReference
  /// The discrepancy's name, as `Discrepancy.name` gives it.
  package let name: String
  /// What the event says was done, as `Fact.name` gives it.
  package let act: String
  package let item: ItemReference?

  /// The item, where the event claims that it was, and where the books had it.
  package struct ItemReference: Hashable, Sendable {
    package let item: String
    package let claimed: String?
    package let actual: String?
    /// The event that last acted on the item before this one.
    package let lastEvent: EventReference?

    package init(item: String, claimed: String?, actual: String?, lastEvent: EventReference?) {
      self.item = item
      self.claimed = claimed
      self.actual = actual
      self.lastEvent = lastEvent
    }
  }

  package init(event: EventReference, name: String, act: String, item: ItemReference?) {
    self.event = event
    self.name = name
    self.act = act
    self.item = item
  }
}
