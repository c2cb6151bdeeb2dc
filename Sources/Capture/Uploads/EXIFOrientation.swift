/// How a phone held its camera: what has to be done to a JPEG so that it stands upright.
///
/// Read after the Exif standard 2.3 (JEITA CP-3451C), tag 274 of the first directory. Whatever is
/// wrong with these data counts as upright; the picture itself is what matters.
package enum EXIFOrientation: UInt16, Hashable, Sendable, CaseIterable {
  case upright = 1
  case mirrored = 2
  case upsideDown = 3
  case mirroredUpsideDown = 4
  /// Mirrored at the diagonal from the upper left.
  case transposed = 5
  /// To be turned clockwise by a quarter.
  case turnedLeft = 6
  /// Mirrored at the diagonal from the upper right.
  case transversed = 7
  /// To be turned counterclockwise by a quarter.
  case turnedRight = 8

  private static let orientationTag: UInt32 = 0x0112

  /// Finds the orientation in a JPEG's bytes; upright where there is none.
  package init(of file: [UInt8]) {
    self = Self.exif(in: file).flatMap(Self.orientation) ?? .upright
  }

  /// The part of the file that holds the Exif data, behind their name.
  private static func exif(in file: [UInt8]) -> ArraySlice<UInt8>? {
    guard file.starts(with: [0xFF, 0xD8]) else { return nil }
    var rest = file[2...]
    // The picture itself begins with SOS, FF DA; what comes then is no marker any more.
    while rest.count >= 4, rest.first == 0xFF, rest[rest.startIndex + 1] != 0xDA {
      let marker = rest[rest.startIndex + 1]
      let length = Int(rest[rest.startIndex + 2]) << 8 | Int(rest[rest.startIndex + 3])
      guard length >= 2, rest.count >= length + 2 else { return nil }
      let body = rest.dropFirst(4).prefix(length - 2)
      let name: [UInt8] = [0x45, 0x78, 0x69, 0x66, 0, 0]  // "Exif" and two NULs
      if marker == 0xE1, body.starts(with: name) { return body.dropFirst(name.count) }
      rest = rest.dropFirst(length + 2)
    }
    return nil
  }

  private static func orientation(in tiff: ArraySlice<UInt8>) -> EXIFOrientation? {
    let bytes = Array(tiff)
    let isLittle = bytes.starts(with: [0x49, 0x49])
    guard isLittle || bytes.starts(with: [0x4D, 0x4D]) else { return nil }
    func number(at offset: Int, count: Int) -> UInt32? {
      guard offset >= 0, offset <= bytes.count - count else { return nil }
      let digits = bytes[offset..<offset + count]
      let ordered = isLittle ? Array(digits.reversed()) : Array(digits)
      return ordered.reduce(0) { $0 << 8 | UInt32($1) }
    }
    guard number(at: 2, count: 2) == 42, let start = number(at: 4, count: 4).map(Int.init),
      let entries = number(at: start, count: 2).map(Int.init)
    else { return nil }
    for entry in 0..<entries {
      let offset = start + 2 + entry * 12
      guard let tag = number(at: offset, count: 2) else { return nil }
      if tag == orientationTag {
        return number(at: offset + 8, count: 2).flatMap { EXIFOrientation(rawValue: UInt16($0)) }
      }
    }
    return nil
  }
}
