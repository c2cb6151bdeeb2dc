import Scanning

/// What the lab's cameras see.
enum DeskPicture {
  private static let desk: UInt8 = 150

  /// The pixels of a picture with a label in the middle of a grey desk.
  static func pixels(of label: GreyImage, width: Int, height: Int) throws -> [UInt8] {
    guard label.width < width, label.height < height else {
      throw LabFailure("the label is larger than the frame: \(label)")
    }
    var pixels = [UInt8](repeating: desk, count: width * height)
    let (left, top) = ((width - label.width) / 2, (height - label.height) / 2)
    for y in 0..<label.height {
      for x in 0..<label.width {
        pixels[(top + y) * width + left + x] = label.pixels[y * label.width + x]
      }
    }
    return pixels
  }
}
