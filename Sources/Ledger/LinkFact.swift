/// What happened between a station and its host that the chain has to tell.
package enum LinkFact: Hashable, Sendable {
  /// The epoch ends with this event; the next one begins under a new key.
  ///
  /// The event is signed with the old key as all before it, so that the new one needs no other
  /// witness.
  case epochEnded(nextKey: PublicKeyBytes)
  /// The host was reached, and told its time.
  case hostReached(HostContact)

  /// The fact's name, for people and programs.
  package var name: String {
    switch self {
    case .epochEnded: "epoch-ended"
    case .hostReached: "host-reached"
    }
  }
}

/// The public half of a signing key, as the chain carries it; whether it signs, the exchange knows.
package struct PublicKeyBytes: Hashable, Sendable {
  package static let byteCount = 32

  package let bytes: [UInt8]

  /// Takes exactly 32 bytes, or gives `nil`.
  package init?(_ bytes: some Collection<UInt8>) {
    guard bytes.count == Self.byteCount else { return nil }
    self.bytes = Array(bytes)
  }
}

/// The host's clock against a station's own, at one contact.
package struct HostContact: Hashable, Sendable {
  /// The host's wall clock, in milliseconds since 1970.
  package let hostMilliseconds: Int64
  /// The station's monotonic clock at that moment, and which start of the machine it counts from.
  package let monotonicMilliseconds: Int64
  package let boot: UInt32
  /// How far off the host's time may be: half of the way there and back.
  package let uncertaintyMilliseconds: Int

  /// The uncertainties that are told; a longer way there and back says nothing of a clock.
  package static let uncertainties = 0...3_600_000

  package init(
    hostMilliseconds: Int64, monotonicMilliseconds: Int64, boot: UInt32,
    uncertaintyMilliseconds: Int
  ) {
    self.hostMilliseconds = hostMilliseconds
    self.monotonicMilliseconds = monotonicMilliseconds
    self.boot = boot
    self.uncertaintyMilliseconds = min(
      max(uncertaintyMilliseconds, Self.uncertainties.lowerBound), Self.uncertainties.upperBound)
  }
}
