/// What uploads may cost, in one place.
package enum CaptureLimits {
  /// The most bytes of one upload; phones send photos of 2 to 8 MiB.
  package static let maximumUploadBytes = 12 * 1_048_576

  /// How many uploads are scanned at once: kiosks have two to four cores, and a desk one phone.
  package static let scanningThreads = 2

  /// The most uploads that one thread has before it, the one being scanned included.
  package static let maximumUploadsPerThread = 4
}
