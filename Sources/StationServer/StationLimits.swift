import Capture

/// What the station's server allows, in one place.
package enum StationLimits {
  /// The most bytes of a JSON body; the longest real one, an override with its reason, has 1 kB.
  package static let jsonBytes = 64 * 1_024
  /// How deep a JSON body may nest; real ones have one level.
  package static let jsonDepth = 16
  /// Requests that are worked on at once; more are turned away as busy.
  package static let concurrentRequests = 64

  /// Passwords that are hashed at once; each takes 32 MiB.
  static let concurrentSignIns = 2
  /// Requests that one address of the network may send at once: a class of thirty with its books.
  static let requestsAtOnce = 120
  /// Requests that it may send each second after that.
  static let requestsPerSecond = 4
  /// Addresses that are counted at once.
  static let countedAddresses = 1_024
  /// How long a JSON body may take to arrive.
  static let jsonTime = Duration.seconds(10)
  /// How long a picture may take to arrive.
  static let pictureTime = Duration.seconds(30)
  /// The most bytes of pictures that are on their way in at once.
  static let picturesBytes = 3 * pictureBytes

  /// Pages and programs that listen to live events at once.
  package static let eventListeners = 32
  /// Events that wait for one listener; a slower one is dropped and connects anew.
  package static let eventsPerListener = 64
  /// How long ago a page may say that it was touched: longer ago is as good as never.
  static let longestTouchSeconds = 86_400
  /// State is published at most so often, however many acts there are.
  static let statePause = Duration.milliseconds(250)
  /// State is published at least so often, so that a listener can tell silence from a break.
  static let heartbeat = Duration.seconds(15)

  /// How often closed loans of past school years are looked for.
  static let pastYearsPause = Duration.seconds(6 * 3_600)

  /// The most bytes of a picture, as the scanning allows.
  package static let pictureBytes = CaptureLimits.maximumUploadBytes

  /// Titles that a search answers at most.
  package static let titles = 20
  /// Problems of an import that one answer lists.
  static let importProblems = 200
  /// Codes of one picture that are looked up at most.
  static let codesPerPicture = 20
  /// The most bytes of the words of a search.
  static let searchBytes = 200
}
