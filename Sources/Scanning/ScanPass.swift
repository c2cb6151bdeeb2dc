/// One way to read a picture: what a rescue of a poor picture has to implement.
package protocol ScanPass: Sendable {
  /// The codes that this pass reads; empty if it reads none or does not suit the picture.
  func symbols(in image: GreyImage, using zbar: ZBarScanner) -> [Symbol]
}

/// The picture as it is.
package struct PlainPass: ScanPass {
  package init() {}

  package func symbols(in image: GreyImage, using zbar: ZBarScanner) -> [Symbol] {
    zbar.symbols(in: image)
  }
}

/// The picture as a negative, for codes printed light on dark.
package struct InvertedPass: ScanPass {
  package init() {}

  package func symbols(in image: GreyImage, using zbar: ZBarScanner) -> [Symbol] {
    zbar.symbols(in: image.inverted())
  }
}

/// A small picture at twice its size, for codes with too few pixels a module.
package struct DoubledPass: ScanPass {
  package init() {}

  package func symbols(in image: GreyImage, using zbar: ZBarScanner) -> [Symbol] {
    guard image.size.pixelCount <= ScanningLimits.maximumPixelsToDouble,
      let doubled = try? image.doubled()
    else { return [] }
    return zbar.symbols(in: doubled).map { $0.reduced(by: 2) }
  }
}
