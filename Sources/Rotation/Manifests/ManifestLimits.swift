/// The bounds of what a slip may say; a reader allocates nothing beyond them.
package enum ManifestLimits {
  /// The most items that a manifest lists.
  package static let items = 500
  /// The most parts, and so QR codes, that a slip has.
  package static let parts = 15
  /// Bytes of slip that one code carries unless it is told otherwise.
  ///
  /// A QR code of version 25 with error correction M holds 1,451 alphanumeric characters: five of
  /// frame, and two bytes in every three of the others, less the frame of a part (ISO/IEC 18004).
  package static let bytesInPart = 953
  /// Bytes that an encoded manifest may have: 500 items, each from a register of its own.
  package static let encodedBytes = 10_000
  /// Bytes that a signature may have.
  package static let signatureBytes = 0...128
  /// The seals that a box may have in its life.
  package static let seals = 1...1_000_000
  /// The acts on a copy that a slip may speak of.
  package static let versions = 0...1_000_000
  /// Characters of a title that a slip shows.
  package static let titleCharacters = 60
}
