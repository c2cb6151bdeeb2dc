package import Exchange
package import Labels
package import Ledger

/// A one-time code that was given out: who may use it, how long, and who did.
package struct Invitation: Hashable, Sendable {
  /// Any station of this library may use it.
  package let library: LibraryCode
  package let secret: EnrolmentSecret
  /// The last moment of its use, in the host's milliseconds since 1970.
  package let expiresMilliseconds: Int64
  package let use: Use?

  /// The station that used the code, and what it got for it.
  package struct Use: Hashable, Sendable {
    package let station: StationID
    package let epoch: Epoch
    package let key: VerifyingKey

    package init(station: StationID, epoch: Epoch, key: VerifyingKey) {
      self.station = station
      self.epoch = epoch
      self.key = key
    }
  }

  /// Days that a code may be used for.
  package static let days = 1...30
  /// Enough to carry a code to the next school.
  package static let usualDays = 7

  package init(
    library: LibraryCode, secret: EnrolmentSecret, expiresMilliseconds: Int64, use: Use? = nil
  ) {
    self.library = library
    self.secret = secret
    self.expiresMilliseconds = expiresMilliseconds
    self.use = use
  }

  func used(by use: Use) -> Invitation {
    Invitation(
      library: library, secret: secret, expiresMilliseconds: expiresMilliseconds, use: use)
  }
}

/// That an epoch of a station's life is over, why, and up to where its events are taken.
package struct EpochClosing: Hashable, Sendable {
  package let end: EpochEnd
  /// The last event that is trusted; what comes after is kept aside.
  package let lastTrusted: Int64

  package init(end: EpochEnd, lastTrusted: Int64) {
    self.end = end
    self.lastTrusted = lastTrusted
  }
}

/// An event that came after its epoch's end: kept as it came, and in no book until somebody looked.
package struct QuarantinedEvent: Hashable, Sendable {
  package let event: EventReference
  /// The chain's hash after the event, in the history that it came with.
  package let hash: ChainHash
  package let bytes: [UInt8]
  package let reason: EpochEnd

  package init(event: EventReference, hash: ChainHash, bytes: [UInt8], reason: EpochEnd) {
    self.event = event
    self.hash = hash
    self.bytes = bytes
    self.reason = reason
  }
}
