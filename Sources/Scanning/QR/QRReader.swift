import Labels

/// Reads the QR codes in a picture.
///
/// Not for use from two threads at once.
package final class QRReader {
  private let scanner = QRScanner()

  package init() {}

  /// The codes in a picture, in the order in which they were read; no new step after the deadline.
  package func symbols(
    in image: GreyImage, effort: QREffort, until deadline: ScanDeadline
  ) -> [Symbol] {
    let isLarge = image.size.pixelCount > QRLimits.pixelsToHalve
    switch effort {
    case .quick:
      guard isLarge, let halved = try? image.halved() else {
        return search(image, scale: 1, until: deadline).symbols
      }
      return search(halved, scale: 2, until: deadline).symbols
    case .thorough:
      return rescue(image, until: deadline)
    }
  }

  /// Searches again: pale print, other sizes, and in the end by zbar's own means.
  private func rescue(_ image: GreyImage, until deadline: ScanDeadline) -> [Symbol] {
    let count = image.size.pixelCount
    let pale = search(image, scale: 1, sensitivity: .high, until: deadline)
    guard pale.symbols.isEmpty, !deadline.hasPassed else { return pale.symbols }
    // A mean of four pixels has half the noise.
    if count >= QRLimits.minimumPixelsToHalve, let halved = try? image.halved() {
      let symbols = search(halved, scale: 2, until: deadline).symbols
      if !symbols.isEmpty { return symbols }
    }
    // Finder patterns that stand as the corners of a square may be a code that is hard to see.
    guard pale.hasCandidates || count <= QRLimits.pixelsAlwaysDoubled, !deadline.hasPassed else {
      return []
    }
    if count <= QRLimits.maximumPixelsToDouble, let doubled = try? image.doubled() {
      let symbols = search(doubled, scale: 0.5, until: deadline).symbols
      if !symbols.isEmpty { return symbols }
    }
    guard count <= QRLimits.maximumPixelsForZBar, !deadline.hasPassed else { return [] }
    return scanner.readings(in: image).map { Symbol($0.bytes, corners: $0.corners, scale: 1) }
  }

  /// What one search of a picture found.
  private struct Found {
    var symbols: [Symbol] = []
    var hasCandidates = false
  }

  /// Searches a picture that is smaller by `scale` than the one that was given.
  private func search(
    _ image: GreyImage, scale: Double, sensitivity: BlockThresholds.Sensitivity = .normal,
    until deadline: ScanDeadline
  ) -> Found {
    image.withRaster { raster in
      guard let thresholds = BlockThresholds(raster, sensitivity: sensitivity) else {
        return Found()
      }
      let patterns = FinderPatternLocator.patterns(in: raster, thresholds: thresholds)
      let candidates = QRCandidate.all(of: patterns, in: raster, thresholds: thresholds)
      return Found(
        symbols: read(candidates, in: raster, scale: scale, until: deadline),
        hasCandidates: !candidates.isEmpty)
    } ?? Found()
  }

  private func read(
    _ candidates: [QRCandidate], in raster: GreyRaster, scale: Double, until deadline: ScanDeadline
  ) -> [Symbol] {
    var symbols: [Symbol] = []
    var used: Set<Int> = []
    var fitsLeft = QRLimits.maximumFits
    for candidate in candidates where used.isDisjoint(with: candidate.triple.members) {
      guard fitsLeft > 0, symbols.count < QRLimits.maximumCodes, !deadline.hasPassed else { break }
      let decoding = QRDecoding(candidate, raster: raster, scanner: scanner)
      if let result = decoding.run(until: deadline) {
        symbols.append(Symbol(result.bytes, corners: result.grid.corners, scale: scale))
        used.formUnion(candidate.triple.members)
      } else {
        fitsLeft -= 1
      }
    }
    return symbols
  }
}

extension Symbol {
  /// A QR code at its corners, which are given in a picture smaller by `scale`.
  fileprivate init(_ bytes: [UInt8], corners: [PlanePoint], scale: Double) {
    let corners = corners.map { $0 * scale }
    self.init(
      type: .qr, bytes: bytes, quality: 1, orientation: Orientation(corners),
      points: corners.map { Point(x: Self.pixel($0.x), y: Self.pixel($0.y)) })
  }

  /// A coordinate in whole pixels; a corner that the perspective throws far off stays near.
  private static func pixel(_ coordinate: Double) -> Int {
    let farthest = 2 * Double(ScanningLimits.maximumSide)
    // In this order, since `max` gives its first argument when the second is no number.
    return Int(min(max(-farthest, coordinate), farthest).rounded())
  }
}

extension Symbol.Orientation {
  /// Which way the edge from the lower left to the upper left corner points.
  fileprivate init(_ corners: [PlanePoint]) {
    guard corners.count == 4 else {
      self = .unknown
      return
    }
    let up = corners[0] - corners[1] + corners[3] - corners[2]
    if abs(up.y) >= abs(up.x) {
      self = up.y <= 0 ? .up : .down
    } else {
      self = up.x > 0 ? .right : .left
    }
  }
}
