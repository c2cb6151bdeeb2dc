/// What the lab's webcam says of itself, after "USB Device Class Definition for Video Devices" 1.0.
///
/// A camera terminal with exposure and focus, a processing unit with brightness, and one stream
/// through a bulk endpoint: the virtual host controller has no use for isochronous ones.
enum WebcamDescriptors {
  /// The pixel formats, by their numbers in the descriptors.
  enum Format: UInt8, CaseIterable {
    case mjpeg = 1
    case yuyv = 2

    var width: Int { self == .mjpeg ? 1_280 : 640 }
    var height: Int { self == .mjpeg ? 720 : 480 }
    /// The most bytes of a frame.
    var frameBytes: Int { 2 * width * height }
  }

  /// Entities of the camera, by their numbers.
  static let cameraTerminal: UInt8 = 1
  static let processingUnit: UInt8 = 2
  private static let outputTerminal: UInt8 = 3

  static let streamingInterface: UInt8 = 1
  static let streamEndpoint: UInt8 = 1

  /// Three frames a second, in units of 100 ns: an emulated processor has more to do.
  static let frameInterval = 3_333_333

  static let device: [UInt8] =
    [18, 1] + two(0x0200) + [0xEF, 2, 1, 64] + two(0x1EAB) + two(0x0200) + two(1) + [1, 2, 3, 1]

  static let strings = ["", "LienThong", "Lab Webcam", "SN2"]

  static let configuration: [UInt8] = {
    let association: [UInt8] = [8, 11, 0, 2, 0x0E, 3, 0, 2]
    let body = association + control + streaming
    return [9, 2] + two(9 + body.count) + [2, 1, 0, 0x80, 250] + body
  }()

  private static let control: [UInt8] = {
    // Bits: automatic and absolute exposure, absolute focus; the second line is automatic focus.
    let camera: [UInt8] =
      [18, 0x24, 2, cameraTerminal] + two(0x0201) + [0, 0] + two(0) + two(0) + two(0)
      + [3, 0b0010_1010, 0, 0b10]
    let processing: [UInt8] =
      [11, 0x24, 5, processingUnit, cameraTerminal] + two(0) + [2, 0b1, 0, 0]
    let output: [UInt8] =
      [9, 0x24, 3, outputTerminal] + two(0x0101) + [0, processingUnit, 0]
    let units = camera + processing + output
    let header: [UInt8] =
      [13, 0x24, 1] + two(0x0100) + two(13 + units.count) + four(6_000_000)
      + [1, streamingInterface]
    return [9, 4, 0, 0, 0, 0x0E, 1, 0, 0] + header + units
  }()

  private static let streaming: [UInt8] = {
    let mjpeg: [UInt8] = [11, 0x24, 6, Format.mjpeg.rawValue, 1, 1, 1, 0, 0, 0, 0]
    let yuyv: [UInt8] =
      [27, 0x24, 4, Format.yuyv.rawValue, 1]
      + [0x59, 0x55, 0x59, 0x32, 0, 0, 0x10, 0, 0x80, 0, 0, 0xAA, 0, 0x38, 0x9B, 0x71]
      + [16, 1, 0, 0, 0, 0]
    let formats = mjpeg + frame(.mjpeg, subtype: 7) + yuyv + frame(.yuyv, subtype: 5)
    let header: [UInt8] =
      [15, 0x24, 1, 2] + two(15 + formats.count)
      + [0x80 | streamEndpoint, 0, outputTerminal, 0, 0, 0, 1, 0, 0]
    let endpoint: [UInt8] = [7, 5, 0x80 | streamEndpoint, 2] + two(512) + [0]
    return [9, 4, streamingInterface, 0, 1, 0x0E, 2, 0, 0] + header + formats + endpoint
  }()

  private static func frame(_ format: Format, subtype: UInt8) -> [UInt8] {
    let bitRate = format.frameBytes * 8 * 3
    return [30, 0x24, subtype, 1, 0] + two(format.width) + two(format.height) + four(bitRate)
      + four(bitRate) + four(format.frameBytes) + four(frameInterval) + [1] + four(frameInterval)
  }

  /// A string's descriptor; the first one names the language.
  static func string(_ index: Int) -> [UInt8]? {
    guard strings.indices.contains(index) else { return nil }
    let text: [UInt8] =
      index == 0 ? two(0x0409) : strings[index].utf16.flatMap { (unit: UInt16) in two(Int(unit)) }
    return [UInt8(2 + text.count), 3] + text
  }

  static func two(_ number: Int) -> [UInt8] { littleEndian(number, count: 2) }
  static func four(_ number: Int) -> [UInt8] { littleEndian(number, count: 4) }

  static func littleEndian(_ number: Int, count: Int) -> [UInt8] {
    (0..<count).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) }
  }
}
