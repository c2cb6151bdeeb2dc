import CImageCodecs

/// Writes JPEG files through TurboJPEG.
package struct JPEGWriter: Sendable {
  /// How the file keeps its colours.
  package enum Colour: Sendable, CaseIterable {
    case grey
    /// Colour at half the width and height, as cameras write it.
    case halved
    case full
    /// Cyan, magenta, yellow and black, as for print.
    case print
  }

  /// TurboJPEG did not make the picture.
  package struct Failure: Error {}

  package var colour = Colour.grey
  package var isProgressive = false
  package var quality: Int32 = 90

  package init(colour: Colour = .grey, isProgressive: Bool = false) {
    self.colour = colour
    self.isProgressive = isProgressive
  }

  /// A file with the given grey pixels.
  package func file(width: Int, height: Int, pixels: [UInt8]) throws -> [UInt8] {
    guard let compressor = tjInitCompress() else { throw Failure() }
    defer { tjDestroy(compressor) }
    var jpeg: UnsafeMutablePointer<UInt8>?
    defer { tjFree(jpeg) }
    var length: UInt = 0
    let flags = isProgressive ? TJFLAG_PROGRESSIVE : 0
    let samples = pixels.flatMap { [UInt8](repeating: $0, count: channels) }
    let status = tjCompress2(
      compressor, samples, Int32(width), 0, Int32(height), format.rawValue, &jpeg, &length,
      Int32(subsampling.rawValue), quality, flags)
    guard status == 0 else { throw Failure() }
    return [UInt8](UnsafeBufferPointer(start: jpeg, count: Int(length)))
  }

  private var format: TJPF {
    switch colour {
    case .grey: TJPF_GRAY
    case .halved, .full: TJPF_RGB
    case .print: TJPF_CMYK
    }
  }

  private var channels: Int {
    switch colour {
    case .grey: 1
    case .halved, .full: 3
    case .print: 4
    }
  }

  private var subsampling: TJSAMP {
    switch colour {
    case .grey: TJSAMP_GRAY
    case .halved: TJSAMP_420
    case .full, .print: TJSAMP_444
    }
  }
}

extension JPEGWriter {
  /// A file as many webcams give their frames: without the Huffman tables, which are the same in
  /// every one of them.
  package static func withoutHuffmanTables(_ file: [UInt8]) -> [UInt8] {
    var result = Array(file.prefix(2))
    var place = 2
    while place + 4 <= file.count, file[place] == 0xFF {
      let marker = file[place + 1]
      // After the scan's header come its data.
      if marker == 0xDA { break }
      let end = place + 2 + Int(file[place + 2]) << 8 + Int(file[place + 3])
      if marker != 0xC4 { result += file[place..<min(end, file.count)] }
      place = end
    }
    return result + file[min(place, file.count)...]
  }
}
