import Capture

/// What the station's server allows, in one place.
package enum StationLimits {
  /// The most bytes of a JSON body; the longest real one, an override with its reason, has 1 kB.
  package static let jsonBytes = 64 * 1_024
  /// How deep a JSON body may nest; real ones have one level.
  package static let jsonDepth = 16
  /// The most bytes of all headers of a request.
  static let headerBytes = 16 * 1_024
  /// Requests that are worked on at once; more are turned away as busy.
  package static let concurrentRequests = 64
  /// Connections that are open at once; more wait in the kernel's queue.
  static let connections = 256
  /// Seconds after which a connection that does nothing is closed.
  static let idleConnectionSeconds: Int64 = 75

  /// Pages and programs that listen to live events at once.
  package static let eventListeners = 32
  /// Events that wait for one listener; a slower one is dropped and connects anew.
  package static let eventsPerListener = 64
  /// State is published at most so often, however many acts there are.
  static let statePause = Duration.milliseconds(250)
  /// State is published at least so often, so that a listener can tell silence from a break.
  static let heartbeat = Duration.seconds(15)

  /// The most bytes of a picture, as the scanning allows.
  package static let pictureBytes = CaptureLimits.maximumUploadBytes

  /// Titles that a search answers at most.
  package static let titles = 20
  /// Codes of one picture that are looked up at most.
  static let codesPerPicture = 20
  /// The most bytes of the words of a search.
  static let searchBytes = 200

  /// The server's event loops; a kiosk has two to four cores, and the disk sets the pace.
  static let eventLoops = 2
}
