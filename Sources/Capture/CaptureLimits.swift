/// What uploads and devices may cost, in one place.
package enum CaptureLimits {
  /// The most bytes of one upload; phones send photos of 2 to 8 MiB.
  package static let maximumUploadBytes = 12 * 1_048_576

  /// How many uploads are scanned at once: kiosks have two to four cores, and a desk one phone.
  package static let scanningThreads = 2

  /// The most uploads that one thread has before it, the one being scanned included.
  package static let maximumUploadsPerThread = 4

  /// The most characters of one code: the largest QR code holds 4,296.
  package static let maximumCodeCharacters = 4_296

  /// Devices that are read at once; each has a thread.
  package static let maximumDevices = 16

  /// Devices that are remembered after they were unplugged.
  package static let maximumGoneDevices = 16

  /// Nodes of one device, such as the keyboard and the media keys of a scanner.
  package static let maximumNodesPerDevice = 8

  /// Scans of one device that wait to be taken; more are thrown away.
  package static let maximumScansPerDevice = 8

  /// Codes that one device may give in a second: a person reaches 3, a camera over a stack 10.
  package static let maximumCodesPerSecond = 20

  /// A device that has gone mad is listened to again after so long without a flood.
  package static let madnessMilliseconds: Int64 = 2_000

  /// A code whose rest has not come after so long is given up; scanners take 50 ms, slow ones 500.
  package static let staleCodeMilliseconds: Int64 = 1_000

  /// Without an end character, a code is over after so long a silence.
  package static let gapMilliseconds: Int64 = 60

  /// Devices are looked for at least so often, should the kernel's notice have been missed.
  package static let rescanMilliseconds: Int32 = 2_000

  /// A device that could not be opened is tried again after so long.
  package static let retryMilliseconds: Int64 = 3_000

  /// A scan that nobody took is offered again after so long, where its source keeps it.
  package static let offerMilliseconds: Int64 = 1_000

  /// Damaged frames in a row that are worth a word; cameras give one now and then.
  package static let damagedFramesToTell = 3

  /// A frame's own time is believed if it is no older than this.
  package static let maximumFrameAgeMilliseconds: Int64 = 2_000

  /// No rescue is begun on an upload or a dropped picture after so long.
  package static let pictureBudget = Duration.seconds(3)

  /// Frames of a camera that the kernel fills in turn.
  package static let cameraBuffers = 4

  /// A camera that has given no frame for so long is opened anew.
  package static let cameraSilenceMilliseconds: Int64 = 5_000

  /// The most frames of one camera that are looked at in a second.
  package static let maximumFramesPerSecond: Int64 = 15

  /// The most bytes of a device's profile; a real one has 500.
  package static let maximumProfileBytes = 64 * 1_024

  /// The most profiles that are read from all folders.
  package static let maximumProfiles = 256

  /// What is told of devices that can't be read while one is paired.
  package static let maximumPairingTroubles = 64

  /// The most bytes of a HID report descriptor, as the kernel limits it.
  package static let maximumReportDescriptorBytes = 4_096

  /// A file that was there before anybody watched is whole when it has not changed for so long.
  package static let settledFileMilliseconds: Int64 = 2_000

  /// Pictures that are kept in the drop folder's `done` and in its `failed`; the oldest go first.
  package static let keptPictures = 200
}
