/// What a JPEG says of itself before its first scan.
struct JPEGHeader {
  /// Where the content of the first scan starts in the file.
  let scanStart: Int

  let width: Int
  let height: Int

  /// Whether one pass over the file gives the rows in turn; otherwise libjpeg holds the whole
  /// picture as coefficients, which takes up to six bytes a pixel.
  let isReadRowByRow: Bool

  /// Reads the markers up to the start of the first scan (ITU-T T.81, annex B).
  init(_ file: [UInt8]) throws(ImageError) {
    var reader = JPEGSegmentReader(file)
    var frame: Frame?
    while true {
      let segment = try reader.next()
      switch segment.marker {
      case 0xC4, 0xC8, 0xCC:  // tables, between the numbers of the frame headers
        continue
      case 0xC0...0xCF:
        frame = try Frame(segment)
      case 0xDA:
        guard let frame, let scanComponents = segment.content.first else {
          throw .corrupt(.jpeg, reason: "a scan without a frame")
        }
        scanStart = segment.content.endIndex
        width = frame.width
        height = frame.height
        isReadRowByRow = !frame.isProgressive && scanComponents == frame.components
        return
      case 0xD9:
        throw .corrupt(.jpeg, reason: "no picture in it")
      default:
        continue
      }
    }
  }

  /// A frame header: the size, and how many colour components.
  private struct Frame {
    let width: Int
    let height: Int
    let components: UInt8
    let isProgressive: Bool

    init(_ segment: JPEGSegmentReader.Segment) throws(ImageError) {
      let content = Array(segment.content.prefix(6))
      guard content.count == 6 else { throw .corrupt(.jpeg, reason: "a short frame header") }
      height = Int(content[1]) << 8 | Int(content[2])
      width = Int(content[3]) << 8 | Int(content[4])
      components = content[5]
      isProgressive = segment.marker & 0x03 == 0x02
    }
  }
}

/// Walks the marker segments of a JPEG before its first scan.
private struct JPEGSegmentReader {
  struct Segment {
    let marker: UInt8
    let content: ArraySlice<UInt8>
  }

  private let file: [UInt8]
  private var position = 2  // after the start-of-image marker

  init(_ file: [UInt8]) { self.file = file }

  mutating func next() throws(ImageError) -> Segment {
    let marker = try nextMarker()
    guard hasLength(marker) else { return Segment(marker: marker, content: []) }
    let start = position
    let length = Int(try nextByte()) << 8 | Int(try nextByte())
    guard length >= 2 else { throw .corrupt(.jpeg, reason: "a segment without length") }
    guard start + length <= file.count else { throw .truncated(.jpeg) }
    position = start + length
    return Segment(marker: marker, content: file[start + 2..<position])
  }

  /// Skips what is no marker, as libjpeg does, and any fill bytes.
  private mutating func nextMarker() throws(ImageError) -> UInt8 {
    while true {
      while try nextByte() != 0xFF {}
      var code = try nextByte()
      while code == 0xFF { code = try nextByte() }
      if code != 0 { return code }
    }
  }

  private mutating func nextByte() throws(ImageError) -> UInt8 {
    guard position < file.count else { throw .truncated(.jpeg) }
    defer { position += 1 }
    return file[position]
  }

  /// Restart markers, start and end of image and TEM stand alone.
  private func hasLength(_ marker: UInt8) -> Bool {
    !(0xD0...0xD9).contains(marker) && marker != 0x01
  }
}
