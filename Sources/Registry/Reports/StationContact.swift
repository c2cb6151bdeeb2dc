package import Exchange
package import Ledger

/// A station's last contact, as the host saw it.
package struct KeptContact: Hashable, Sendable {
  package let station: StationID
  package let epoch: Epoch
  /// What the station told of itself.
  package let told: StationContact
  /// The host's wall clock when it came, in milliseconds since 1970.
  package let hostMilliseconds: Int64

  package init(
    station: StationID, epoch: Epoch, told: StationContact, hostMilliseconds: Int64
  ) {
    self.station = station
    self.epoch = epoch
    self.told = told
    self.hostMilliseconds = hostMilliseconds
  }

  /// How far the station's clock is ahead of the host's, in milliseconds; the way is in it too.
  package var offsetMilliseconds: Int64 { told.wallMilliseconds - hostMilliseconds }

  /// How long what was told may have been on its way, in milliseconds.
  package var wayMilliseconds: Int64 {
    told.roundTripMilliseconds.map(Int64.init) ?? Self.unmeasuredWayMilliseconds
  }

  /// Where the way was never measured: as long as a station waits for an answer.
  static let unmeasuredWayMilliseconds: Int64 = 30_000
  /// Starts of a machine that are remembered for each epoch; the oldest give way.
  static let bootLimit = 1_000
}

/// When an event was, by the host's clock: never before the one moment, never after the other.
///
/// It comes from the last contact under the same start of the machine and the monotonic time since;
/// where there was none, from what the station had recorded at the contacts before and after.
package struct EventInterval: Hashable, Sendable {
  /// Milliseconds since 1970 by the host's clock.
  package let earliest: Int64
  package let latest: Int64

  package init(earliest: Int64, latest: Int64) {
    self.earliest = earliest
    self.latest = latest
  }

  /// What two clocks may drift apart: 200 of a million, which cheap quartz keeps.
  static let driftPerMillion: Int64 = 200

  /// From one contact and the monotonic clock, which runs through the same start of the machine.
  init(_ moment: Moment, by contact: KeptContact) {
    let passed = moment.monotonicMilliseconds - contact.told.monotonicMilliseconds
    let drift = abs(passed) / 1_000_000 * Self.driftPerMillion + 1
    let time = contact.hostMilliseconds + passed
    self.init(earliest: time - contact.wayMilliseconds - drift, latest: time + drift)
  }
}
