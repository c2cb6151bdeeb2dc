/// What the uplink sends at once and waits for, in one place.
package enum UplinkLimits {
  package static let eventsPerBatch = 2_000
  /// Bytes of events in a batch: small enough for a weak link to carry before it breaks again.
  package static let bytesPerBatch = 512 * 1_024
  package static let secondsPerRequest: Int64 = 30
  package static let secondsToConnect: Int64 = 5
  /// How often in one pass a batch that did not get through is tried in smaller pieces.
  package static let smallerTries = 2
  /// How much smaller each time.
  package static let shrinkage = 8
  /// How often in one pass the host may send the station back, or the station recovers.
  package static let detours = 4
  /// Pages of the feed that one pass asks for at most: three million entries.
  package static let feedPages = 300
}
