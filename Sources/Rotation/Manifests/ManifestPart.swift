/// One of a slip's codes: its number, which slip it is of, and a piece of the slip.
///
/// As bytes: version (4 bits) and number (4 bits), number of parts, check sum of the whole slip
/// (4), low byte of the check sum of these six, the piece, check sum of all (4). As text in a QR
/// code: `LTM1`, those bytes in base 45, and a dot, so that no blank stands at either end.
package struct ManifestPart: Hashable, Sendable {
  /// From 1.
  package let number: Int
  package let count: Int
  /// The check sum of the whole slip, which tells one slip's parts from another's.
  package let slip: UInt32
  let piece: [UInt8]

  package static let prefix = "LTM1"
  private static let end = "."
  private static let version = 1
  private static let headerBytes = 7
  private static let checksumBytes = 4
  /// The characters that hold a header, and one byte of what follows.
  private static let headerCharacters = 12
  /// The longest text that is looked at.
  private static let longestText = 4_296

  /// Bytes around a piece.
  package static let frameBytes = headerBytes + checksumBytes

  /// What a text is, when it is not a good part.
  package enum Fault: Error, Hashable, Sendable {
    /// Not the text of a part at all.
    case notAPart
    /// A part that was misread or altered; its number, where that can be made out.
    case damaged(number: Int?)
  }

  private init(number: Int, count: Int, slip: UInt32, piece: [UInt8]) {
    self.number = number
    self.count = count
    self.slip = slip
    self.piece = piece
  }

  /// Splits a slip into as few parts of about the same size as a capacity allows.
  ///
  /// `bytesInPart` is the most bytes of slip in a part.
  package static func parts(
    of slip: SignedManifest, bytesInPart: Int = ManifestLimits.bytesInPart
  ) throws(ManifestError) -> [ManifestPart] {
    let bytes = slip.bytes
    let count = (bytes.count + max(bytesInPart, 1) - 1) / max(bytesInPart, 1)
    guard count <= ManifestLimits.parts else {
      throw .tooManyParts(count, limit: ManifestLimits.parts)
    }
    let checksum = CRC32.checksum(of: bytes)
    return (0..<count).map { index in
      let piece = bytes[(bytes.count * index / count)..<(bytes.count * (index + 1) / count)]
      return ManifestPart(number: index + 1, count: count, slip: checksum, piece: Array(piece))
    }
  }

  /// Whether a scanned text claims to be a part of a slip.
  package static func isPart(_ text: some StringProtocol) -> Bool {
    text.hasPrefix(prefix)
  }

  /// What the QR code holds.
  package var text: String {
    var bytes = [UInt8(Self.version << 4 | number), UInt8(count)]
    bytes += slip.bigEndianBytes
    bytes.append(UInt8(truncatingIfNeeded: CRC32.checksum(of: bytes)))
    bytes += piece
    bytes += CRC32.checksum(of: bytes).bigEndianBytes
    return Self.prefix + Base45.encode(bytes) + Self.end
  }

  /// Reads a part, whatever a scanner made of it.
  package init(_ text: some StringProtocol) throws(Fault) {
    guard Self.isPart(text), text.utf8.count <= Self.longestText else { throw .notAPart }
    let body = String(text.dropFirst(Self.prefix.count).dropLast(Self.end.count))
    let header = try Self.header(of: body)
    guard text.hasSuffix(Self.end), let bytes = Base45.decode(body),
      bytes.count > Self.frameBytes,
      CRC32.checksum(of: bytes.dropLast(Self.checksumBytes)).bigEndianBytes
        == bytes.suffix(Self.checksumBytes)
    else { throw .damaged(number: header.number) }
    self.init(
      number: header.number, count: header.count, slip: header.slip,
      piece: Array(bytes[Self.headerBytes...].dropLast(Self.checksumBytes)))
  }

  /// The header has a check of its own, so that a part whose piece is damaged still has a name.
  private static func header(
    of body: String
  ) throws(Fault) -> (number: Int, count: Int, slip: UInt32) {
    guard let bytes = Base45.decode(body.prefix(headerCharacters)), bytes.count > headerBytes,
      UInt8(truncatingIfNeeded: CRC32.checksum(of: bytes[..<6])) == bytes[6],
      bytes[0] >> 4 == version
    else { throw .damaged(number: nil) }
    let (number, count) = (Int(bytes[0] & 0xF), Int(bytes[1]))
    guard (1...ManifestLimits.parts).contains(count), (1...count).contains(number) else {
      throw .damaged(number: nil)
    }
    return (number, count, bytes[2..<6].reduce(0) { $0 << 8 | UInt32($1) })
  }
}

extension UInt32 {
  fileprivate var bigEndianBytes: [UInt8] {
    stride(from: 24, through: 0, by: -8).map { UInt8(truncatingIfNeeded: self >> UInt32($0)) }
  }
}
