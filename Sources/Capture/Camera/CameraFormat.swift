/// The forms of a frame that become grey with little work.
package enum PixelFormat: String, Hashable, Sendable, CaseIterable {
  /// A JPEG each; most webcams give large frames in no other form.
  case mjpeg = "MJPG"
  /// Two bytes a pixel, the first of them grey.
  case yuyv = "YUYV"
  /// One byte a pixel.
  case grey = "GREY"

  /// The four characters as V4L2 numbers them.
  package var fourCC: UInt32 {
    rawValue.utf8.reversed().reduce(0) { $0 << 8 | UInt32($1) }
  }

  package init?(fourCC: UInt32) {
    guard let format = Self.allCases.first(where: { $0.fourCC == fourCC }) else { return nil }
    self = format
  }

  /// Bytes of a pixel; nothing where frames differ in length.
  var bytesPerPixel: Int? {
    switch self {
    case .mjpeg: nil
    case .yuyv: 2
    case .grey: 1
    }
  }
}

/// A frame's width and height in pixels.
package struct FrameSize: Hashable, Sendable {
  package let width: Int
  package let height: Int

  package init(width: Int, height: Int) {
    self.width = width
    self.height = height
  }

  var area: Int { width * height }

  /// What a label at arm's length needs, and what any camera of a desk offers.
  package static let usual = FrameSize(width: 1_280, height: 720)
}

/// The sizes that a camera offers for a pixel format.
package enum OfferedSizes: Hashable, Sendable {
  case discrete(FrameSize)
  /// Any size from the smallest to the largest, by steps.
  case stepwise(smallest: FrameSize, largest: FrameSize, step: FrameSize)

  /// The offered size that is nearest to a wanted one.
  func nearest(to wanted: FrameSize) -> FrameSize {
    switch self {
    case .discrete(let size): size
    case .stepwise(let smallest, let largest, let step):
      FrameSize(
        width: Self.clamped(wanted.width, smallest.width, largest.width, step.width),
        height: Self.clamped(wanted.height, smallest.height, largest.height, step.height))
    }
  }

  private static func clamped(_ wanted: Int, _ smallest: Int, _ largest: Int, _ step: Int) -> Int {
    guard wanted > smallest, step > 0 else { return smallest }
    return smallest + (min(wanted, max(largest, smallest)) - smallest) / step * step
  }
}

/// What a camera is asked for.
package struct CameraFormat: Hashable, Sendable {
  package let pixelFormat: PixelFormat
  package let size: FrameSize

  package init(pixelFormat: PixelFormat, size: FrameSize) {
    self.pixelFormat = pixelFormat
    self.size = size
  }

  /// Up to this size a raw frame fits through USB 2 at 30 frames a second; above, only a JPEG does.
  private static let largestRawArea = 640 * 480

  /// Chooses from what a camera offers: the size nearest to the wanted one, then the pixel format.
  ///
  /// Grey goes before all. Of the others, a raw frame is better while it is small, and a JPEG above
  /// that, because USB 2 has no room for a large raw frame. A preferred format goes before all that
  /// where it is offered.
  /// - Returns: nothing where no offered format is one of ours.
  package static func choose(
    from offers: [(pixelFormat: PixelFormat, sizes: OfferedSizes)],
    wanting wanted: FrameSize = .usual, preferring preferred: PixelFormat? = nil
  ) -> CameraFormat? {
    let preferredOffers = offers.filter { $0.pixelFormat == preferred }
    let candidates = (preferredOffers.isEmpty ? offers : preferredOffers).map {
      CameraFormat(pixelFormat: $0.pixelFormat, size: $0.sizes.nearest(to: wanted))
    }
    return candidates.filter { $0.size.width > 0 && $0.size.height > 0 }
      .min { $0.rank(wanting: wanted).lexicographicallyPrecedes($1.rank(wanting: wanted)) }
  }

  /// The smaller, the better: distance from the wanted size, then the pixel format.
  private func rank(wanting wanted: FrameSize) -> [Int] {
    [abs(size.area - wanted.area), abs(size.width - wanted.width), formatRank]
  }

  private var formatRank: Int {
    switch pixelFormat {
    case .grey: 0
    case .yuyv: size.area <= Self.largestRawArea ? 1 : 3
    case .mjpeg: 2
    }
  }
}
