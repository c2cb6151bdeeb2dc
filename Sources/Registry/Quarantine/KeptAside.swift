package import Exchange
package import Ledger

/// What was decided about an event that was kept aside.
package enum QuarantineRuling: String, CaseIterable, Sendable {
  /// Taken into the books, as if it had come in time.
  case released
  /// Left where it is: in no book.
  case leftAside = "left-aside"
}

/// An event that was kept aside, with what was decided about it.
package struct KeptAside: Hashable, Sendable {
  package let event: QuarantinedEvent
  /// When it came, by the host's clock in milliseconds since 1970.
  package let receivedMilliseconds: Int64
  /// `nil` while nobody has decided.
  package let decision: Decision?

  /// Who decided what, when and why.
  package struct Decision: Hashable, Sendable {
    package let ruling: QuarantineRuling
    package let atMilliseconds: Int64
    package let account: String
    package let reason: String
  }
}

/// All that was kept aside of one epoch of a station.
package struct QuarantineRun: Hashable, Sendable {
  package let station: StationID
  package let epoch: Epoch
  /// How the epoch ended.
  package let reason: EpochEnd
  package let eventCount: Int
  /// Events about which nobody has decided.
  package let openCount: Int
  package let sequences: ClosedRange<Int64>
  /// When the last one came, by the host's clock in milliseconds since 1970.
  package let receivedMilliseconds: Int64
}

/// One leaf of what was kept aside of an epoch.
package struct QuarantineLeaf: Hashable, Sendable {
  /// Where the books' own history of the epoch ends: what follows may be released.
  package let cursor: Position
  package let events: [KeptAside]
  /// Acts that the station has sent again since, under a later key, by their operation.
  package let cameAgain: [OperationID: EventReference]
  package let eventCount: Int
  package let openCount: Int
}

enum QuarantineLimits {
  /// Events that one transaction takes into the books.
  static let eventsPerStep = 500
  /// Events that are kept of one epoch, some years of a library's; what comes after is refused and
  /// stays at the station alone.
  static let eventsPerEpoch = 100_000
}
