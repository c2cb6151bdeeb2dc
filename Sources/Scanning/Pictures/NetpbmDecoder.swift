/// Reads PGM and PPM, plain (P2, P3) and raw (P5, P6), with samples of 8 or 16 bits.
///
/// Only the first picture of a file counts. Colours become grey with the weights of ITU-R BT.601,
/// as in a JPEG, so that one photo gives the same grey in each format.
enum NetpbmDecoder {
  static func decode(_ file: [UInt8]) throws(ImageError) -> GreyImage {
    guard let kind = NetpbmKind(detecting: file) else { throw .unknownFormat }
    var reader = NetpbmReader(file, position: 2)
    let size = try PictureSize(width: reader.nextNumber(), height: reader.nextNumber())
    let maximum = try reader.nextNumber()
    guard (1...0xFFFF).contains(maximum) else {
      throw .corrupt(.netpbm, reason: "a maximum of \(maximum)")
    }

    let sample = SampleEncoding(kind: kind, maximum: maximum)
    if sample != .plain { try reader.skipBlankAfterHeader() }
    let sampleCount = kind.isColour ? size.pixelCount * 3 : size.pixelCount
    guard reader.remaining >= sampleCount * sample.minimumBytes else { throw .truncated(.netpbm) }

    if kind == .rawGrey, maximum == 0xFF {
      return GreyImage(size: size, pixels: reader.nextBytes(size.pixelCount))
    }
    var pixels: [UInt8] = []
    pixels.reserveCapacity(size.pixelCount)
    for _ in 0..<size.pixelCount {
      let grey =
        kind.isColour
        ? luma(
          red: try reader.next(sample), green: try reader.next(sample),
          blue: try reader.next(sample))
        : try reader.next(sample)
      pixels.append(try byte(for: grey, maximum: maximum))
    }
    return GreyImage(size: size, pixels: pixels)
  }

  /// BT.601 luma, the weights in 65,536ths.
  private static func luma(red: Int, green: Int, blue: Int) -> Int {
    (19_595 * red + 38_470 * green + 7_471 * blue + 32_768) >> 16
  }

  private static func byte(for sample: Int, maximum: Int) throws(ImageError) -> UInt8 {
    guard sample <= maximum else {
      throw .corrupt(.netpbm, reason: "a sample of \(sample), over the maximum of \(maximum)")
    }
    return UInt8((sample * 255 + maximum / 2) / maximum)
  }
}

/// The four kinds of file, by the digit after the `P`.
enum NetpbmKind: UInt8 {
  case plainGrey = 0x32
  case plainColour = 0x33
  case rawGrey = 0x35
  case rawColour = 0x36

  init?(detecting file: [UInt8]) {
    guard file.count > 2, file[0] == UInt8(ascii: "P"),
      NetpbmReader.isBlank(file[2]) || file[2] == NetpbmReader.commentMark
    else { return nil }
    self.init(rawValue: file[1])
  }

  var isColour: Bool { self == .plainColour || self == .rawColour }
}

/// How a file spells its samples.
private enum SampleEncoding {
  /// Decimal digits between blanks.
  case plain
  case byte
  /// Two bytes, the high one first.
  case word

  init(kind: NetpbmKind, maximum: Int) {
    switch kind {
    case .plainGrey, .plainColour: self = .plain
    case .rawGrey, .rawColour: self = maximum > 0xFF ? .word : .byte
    }
  }

  /// The fewest bytes that a sample takes, so that a short file is found before memory is taken.
  var minimumBytes: Int { self == .word ? 2 : 1 }
}

/// Walks the bytes of a file.
private struct NetpbmReader {
  static let commentMark = UInt8(ascii: "#")

  private let file: [UInt8]
  private var position: Int

  init(_ file: [UInt8], position: Int) {
    self.file = file
    self.position = position
  }

  var remaining: Int { file.count - position }

  static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }

  mutating func next(_ encoding: SampleEncoding) throws(ImageError) -> Int {
    switch encoding {
    case .plain: try nextNumber()
    case .byte: Int(try nextByte())
    case .word: Int(try nextByte()) << 8 | Int(try nextByte())
    }
  }

  /// Reads a decimal number after blanks and comments, of at most nine digits.
  mutating func nextNumber() throws(ImageError) -> Int {
    try skipBlanksAndComments()
    let start = position
    var value = 0
    while position < file.count, (0x30...0x39).contains(file[position]) {
      value = value * 10 + Int(file[position] - 0x30)
      position += 1
      guard position - start <= 9 else { throw .corrupt(.netpbm, reason: "a number too long") }
    }
    guard position > start else { throw .corrupt(.netpbm, reason: "a number is missing") }
    return value
  }

  mutating func nextBytes(_ count: Int) -> [UInt8] {
    defer { position += count }
    return Array(file[position..<position + count])
  }

  mutating func skipBlankAfterHeader() throws(ImageError) {
    guard Self.isBlank(try nextByte()) else {
      throw .corrupt(.netpbm, reason: "no blank after the header")
    }
  }

  private mutating func skipBlanksAndComments() throws(ImageError) {
    while position < file.count {
      if file[position] == Self.commentMark {
        while position < file.count, file[position] != 0x0A { position += 1 }
      } else if !Self.isBlank(file[position]) {
        return
      } else {
        position += 1
      }
    }
    throw .truncated(.netpbm)
  }

  private mutating func nextByte() throws(ImageError) -> UInt8 {
    guard position < file.count else { throw .truncated(.netpbm) }
    defer { position += 1 }
    return file[position]
  }
}
