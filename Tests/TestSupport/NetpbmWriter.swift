/// Writes PGM and PPM files of every kind.
package struct NetpbmWriter: Sendable {
  package var isColour = false
  package var isPlain = false
  /// The value of white; samples above 255 take two bytes.
  package var maximum = 255

  package init(isColour: Bool = false, isPlain: Bool = false, maximum: Int = 255) {
    self.isColour = isColour
    self.isPlain = isPlain
    self.maximum = maximum
  }

  /// A file with the given grey pixels, with a comment in its header as some programs write.
  package func file(width: Int, height: Int, pixels: [UInt8]) -> [UInt8] {
    let kind = (isColour ? 3 : 2) + (isPlain ? 0 : 3)
    let header = Array("P\(kind)\n# a label\n\(width) \(height)\n\(maximum)\n".utf8)
    let samples = pixels.flatMap { grey in
      [Int](repeating: (Int(grey) * maximum + 127) / 255, count: isColour ? 3 : 1)
    }
    return header + (isPlain ? plain(samples) : raw(samples))
  }

  private func plain(_ samples: [Int]) -> [UInt8] {
    samples.flatMap { Array("\($0)\n".utf8) }
  }

  private func raw(_ samples: [Int]) -> [UInt8] {
    maximum > 255
      ? samples.flatMap { [UInt8($0 >> 8), UInt8($0 & 0xFF)] } : samples.map { UInt8($0) }
  }
}
