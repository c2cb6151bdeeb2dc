package import Labels

/// A bar code or QR code read from a picture.
package struct Symbol: Hashable, Sendable {
  package let type: Symbology

  /// What the code says, as `zbarimg` prints it: Codabar keeps its start and stop letters.
  ///
  /// UTF-8 where the bytes are that, Latin-1 otherwise, so that no code is lost for its text; a QR
  /// code's may also be Shift-JIS, see ``QRText``.
  package let text: String

  /// The bytes behind ``text``, for QR codes that hold data.
  package let bytes: [UInt8]

  /// How many scan lines agreed on a bar code, which is no proof; 1 for every QR code.
  package let quality: Int

  package let orientation: Orientation

  /// Where the code is: the ends of its scan lines, or the four corners of a QR code.
  package let points: [Point]

  package init(
    type: Symbology, bytes: [UInt8], quality: Int, orientation: Orientation, points: [Point]
  ) {
    self.type = type
    self.text = type == .qr ? QRText.decode(bytes) : Self.text(from: bytes)
    self.bytes = bytes
    self.quality = quality
    self.orientation = orientation
    self.points = points
  }

  private static func text(from bytes: [UInt8]) -> String {
    String(validating: bytes, as: UTF8.self)
      ?? String(String.UnicodeScalarView(bytes.map { Unicode.Scalar($0) }))
  }

  /// Which way is up for the code, in zbar's words.
  package enum Orientation: String, Hashable, Sendable {
    case unknown = "UNKNOWN"
    case up = "UP"
    case right = "RIGHT"
    case down = "DOWN"
    case left = "LEFT"
  }

  /// A place in a picture, in pixels from its upper left corner.
  package struct Point: Hashable, Sendable {
    package let x: Int
    package let y: Int

    package init(x: Int, y: Int) {
      self.x = x
      self.y = y
    }
  }
}

extension Symbol {
  /// The same symbol in a picture that is smaller by `factor`.
  func reduced(by factor: Int) -> Symbol {
    Symbol(
      type: type, bytes: bytes, quality: quality, orientation: orientation,
      points: points.map { Point(x: $0.x / factor, y: $0.y / factor) })
  }
}
