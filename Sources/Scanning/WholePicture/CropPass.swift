/// zbar's own scan of the parts of a picture that have stripes, at their size or at twice it.
///
/// It reads every row and column, so that it finds the one clean row of a torn or shining label.
package struct CropPass: ScanPass {
  private let change: WholePicturePass.Change

  package init(_ change: WholePicturePass.Change) { self.change = change }

  package func run(_ scan: PictureScan) {
    let limit = change == .none ? ScanningLimits.maximumCrops : 1
    for region in scan.regions(level: 1).prefix(limit) {
      let site = scan.site(of: region)
      if scan.ballot.isDecided(region: site) || !scan.looksLikeCode(region, site: site) { continue }
      if scan.deadline.hasPassed { return }
      guard let crop = scan.image.crop(around: region),
        crop.image.size.pixelCount
          <= (change == .doubled
            ? ScanningLimits.maximumCropPixelsToDouble : ScanningLimits.maximumCropPixels)
      else { continue }
      for symbol in symbols(in: crop, across: region.across, scan) {
        scan.ballot.cast(symbol, votes: symbol.quality, in: site)
      }
    }
  }

  private func symbols(
    in crop: Crop, across: SIMD2<Float>, _ scan: PictureScan
  ) -> [Symbol] {
    let density = Self.density(across: across)
    func scanned(_ image: GreyImage) -> [Symbol] {
      scan.tools.barScanner.symbols(in: image, density: density)
    }
    let symbols =
      switch change {
      case .none: scanned(crop.image)
      case .inverted: scanned(crop.image.inverted())
      case .doubled: (try? crop.image.doubled()).map(scanned)?.map { $0.reduced(by: 2) } ?? []
      }
    return symbols.map { $0.moved(by: crop.corner) }
  }

  /// Lines that meet the bars at less than 30° read nothing.
  private static func density(across: SIMD2<Float>) -> ZBarScanner.Density {
    ZBarScanner.Density(
      rows: abs(across.x) > leastSine ? 1 : 0, columns: abs(across.y) > leastSine ? 1 : 0)
  }

  private static let leastSine: Float = 0.5
}

/// A part of a picture and where its upper left corner was.
struct Crop {
  let image: GreyImage
  let corner: Symbol.Point
}

extension GreyImage {
  /// The upright box around a patch of stripes, with room for its quiet zones.
  fileprivate func crop(around region: StripeRegion) -> Crop? {
    let margin = max(16, (region.acrossRange.upperBound - region.acrossRange.lowerBound) * 0.12)
    let corners = [
      region.acrossRange.lowerBound - margin, region.acrossRange.upperBound + margin,
    ].flatMap { across in
      [region.alongRange.lowerBound, region.alongRange.upperBound].map { along in
        region.centre + region.across * across + region.along * along
      }
    }
    let xs = corners.map { min(max(Int($0.x), 0), width) }
    let ys = corners.map { min(max(Int($0.y), 0), height) }
    guard let left = xs.min(), let right = xs.max(), let top = ys.min(), let bottom = ys.max(),
      let size = try? PictureSize(width: right - left, height: bottom - top)
    else { return nil }
    let rows = (top..<bottom).flatMap { pixels[$0 * width + left..<$0 * width + right] }
    return Crop(
      image: GreyImage(size: size, pixels: rows), corner: Symbol.Point(x: left, y: top))
  }
}

extension Symbol {
  /// The same symbol in the picture that a crop with its corner here was taken from.
  fileprivate func moved(by corner: Point) -> Symbol {
    Symbol(
      type: type, bytes: bytes, quality: quality, orientation: orientation,
      points: points.map { Point(x: $0.x + corner.x, y: $0.y + corner.y) })
  }
}
