/// A kind of picture file, told by its first bytes and never by its name.
package enum ImageFormat: String, CaseIterable, Hashable, Sendable {
  case png = "PNG"
  case jpeg = "JPEG"
  case netpbm = "PGM/PPM"

  /// Recognises the format of a file; `nil` if it is none of ours.
  package init?(detecting bytes: [UInt8]) {
    if bytes.starts(with: PNGDecoder.signature) {
      self = .png
    } else if bytes.starts(with: [0xFF, 0xD8, 0xFF]) {
      self = .jpeg
    } else if NetpbmKind(detecting: bytes) != nil {
      self = .netpbm
    } else {
      return nil
    }
  }
}
