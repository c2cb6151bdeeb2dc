/// Writes PNG files of every kind that the format has, uncompressed, to test a reader with.
package struct PNGWriter: Sendable {
  /// The colour types, by their numbers in the header.
  package enum Colour: UInt8, Sendable, CaseIterable {
    case grey = 0
    case rgb = 2
    case palette = 3
    case greyAlpha = 4
    case rgba = 6

    var channels: Int {
      switch self {
      case .grey, .palette: 1
      case .greyAlpha: 2
      case .rgb: 3
      case .rgba: 4
      }
    }
  }

  package var colour = Colour.grey
  /// Bits a sample: 1, 2, 4, 8 or 16, as the colour type allows.
  package var bitDepth = 8
  package var isInterlaced = false
  /// What transparent pixels hold: a reader that forgets the alpha channel sees this.
  package var hiddenGrey: UInt8 = 0
  /// Pixels of this grey are written as wholly transparent, where there is an alpha channel.
  package var transparentGrey: UInt8?

  package init(colour: Colour = .grey, bitDepth: Int = 8, isInterlaced: Bool = false) {
    self.colour = colour
    self.bitDepth = bitDepth
    self.isInterlaced = isInterlaced
  }

  /// A file with the given grey pixels; depths below 8 keep their high bits.
  package func file(width: Int, height: Int, pixels: [UInt8]) -> [UInt8] {
    var file = Self.signature
    file += Self.header(
      width: width, height: height, bitDepth: bitDepth, colour: colour,
      isInterlaced: isInterlaced)
    if colour == .palette { file += Self.chunk("PLTE", paletteEntries) }
    file += Self.chunk("IDAT", Self.stored(scanlines(width: width, height: height, pixels)))
    return file + Self.chunk("IEND", [])
  }

  /// The first bytes of every file.
  package static let signature: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]

  /// The chunk that declares a size, true or not.
  package static func header(
    width: Int, height: Int, bitDepth: Int = 8, colour: Colour = .grey,
    isInterlaced: Bool = false
  ) -> [UInt8] {
    chunk(
      "IHDR",
      word(width) + word(height) + [UInt8(bitDepth), colour.rawValue, 0, 0, isInterlaced ? 1 : 0])
  }

  /// A chunk: length, name, content and check sum.
  package static func chunk(_ name: String, _ content: [UInt8]) -> [UInt8] {
    let checked = Array(name.utf8) + content
    return word(content.count) + checked + word(Int(CRC32.checksum(of: checked)))
  }

  private static func word(_ value: Int) -> [UInt8] {
    [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: value >> $0) }
  }
}

extension PNGWriter {
  /// The seven passes of Adam7: first column and row, and the steps between.
  private static let adam7 = [
    (x: 0, y: 0, stepX: 8, stepY: 8), (x: 4, y: 0, stepX: 8, stepY: 8),
    (x: 0, y: 4, stepX: 4, stepY: 8), (x: 2, y: 0, stepX: 4, stepY: 4),
    (x: 0, y: 2, stepX: 2, stepY: 4), (x: 1, y: 0, stepX: 2, stepY: 2),
    (x: 0, y: 1, stepX: 1, stepY: 2),
  ]

  /// Rows with filter 0 in front of each, pass after pass.
  private func scanlines(width: Int, height: Int, _ pixels: [UInt8]) -> [UInt8] {
    var lines: [UInt8] = []
    for pass in isInterlaced ? Self.adam7 : [(x: 0, y: 0, stepX: 1, stepY: 1)] {
      let columns = Array(stride(from: pass.x, to: width, by: pass.stepX))
      guard !columns.isEmpty else { continue }
      for row in stride(from: pass.y, to: height, by: pass.stepY) {
        lines.append(0)
        lines += packed(columns.flatMap { samples(for: pixels[row * width + $0]) })
      }
    }
    return lines
  }

  /// The samples of a pixel, each as the high bits of a byte.
  private func samples(for grey: UInt8) -> [UInt8] {
    let isHidden = grey == transparentGrey
    let value = isHidden ? hiddenGrey : grey
    let alpha: UInt8 = isHidden ? 0 : 255
    return switch colour {
    case .grey, .palette: [value]
    case .greyAlpha: [value, alpha]
    case .rgb: [value, value, value]
    case .rgba: [value, value, value, alpha]
    }
  }

  private func packed(_ samples: [UInt8]) -> [UInt8] {
    switch bitDepth {
    case 8: return samples
    case 16: return samples.flatMap { [$0, $0] }
    default:
      let perByte = 8 / bitDepth
      return stride(from: 0, to: samples.count, by: perByte).map { start in
        samples[start..<min(start + perByte, samples.count)].enumerated()
          .reduce(0) { $0 | ($1.element >> (8 - bitDepth)) << (8 - bitDepth * ($1.offset + 1)) }
      }
    }
  }

  /// A palette of greys: entry n is the grey whose high bits are n.
  private var paletteEntries: [UInt8] {
    let last = (1 << bitDepth) - 1
    return (0...last).flatMap { entry in
      [UInt8](repeating: UInt8(entry * 255 / last), count: 3)
    }
  }

  /// A zlib stream of stored blocks (RFC 1950 and 1951): nothing is compressed.
  private static func stored(_ bytes: [UInt8]) -> [UInt8] {
    var stream: [UInt8] = [0x78, 0x01]
    let limit = 0xFFFF
    for start in stride(from: 0, to: bytes.count, by: limit) {
      let block = bytes[start..<min(start + limit, bytes.count)]
      let length = UInt16(block.count)
      stream.append(start + limit >= bytes.count ? 1 : 0)
      stream += [UInt8(length & 0xFF), UInt8(length >> 8)]
      stream += [UInt8(~length & 0xFF), UInt8(~length >> 8)]
      stream += block
    }
    return stream + word(adler32(bytes))
  }

  private static func adler32(_ bytes: [UInt8]) -> Int {
    var (low, high) = (1, 0)
    for byte in bytes {
      low = (low + Int(byte)) % 65_521
      high = (high + low) % 65_521
    }
    return high << 16 | low
  }
}

/// The check sum of PNG chunks (ISO 3309).
private enum CRC32 {
  private static let table: [UInt32] = (0..<256).map { index in
    (0..<8).reduce(UInt32(index)) { value, _ in
      value & 1 == 1 ? 0xEDB8_8320 ^ (value >> 1) : value >> 1
    }
  }

  static func checksum(of bytes: [UInt8]) -> UInt32 {
    ~bytes.reduce(~0) { table[Int(UInt8(truncatingIfNeeded: $0) ^ $1)] ^ ($0 >> 8) }
  }
}
