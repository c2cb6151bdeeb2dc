extension PictureScan {
  /// The patches of stripes in a picture, by cells of 8 pixels a side at level 0, 16 at level 1,
  /// and so on; each level is measured once.
  func regions(level: Int) -> [StripeRegion] {
    if let known = stripes.regions[level] { return known }
    let found = stripeMap(level: level).regions(limit: ScanningLimits.maximumRegions)
    stripes.regions[level] = found
    return found
  }

  private func stripeMap(level: Int) -> StripeMap {
    if let known = stripes.maps[level] { return known }
    let map = level == 0 ? StripeMap(image) : stripeMap(level: level - 1).coarser()
    stripes.maps[level] = map
    return map
  }

  /// Whether a line across a patch meets so many edges that a closer look may pay.
  func looksLikeCode(_ region: StripeRegion, site: Int) -> Bool {
    if let known = stripes.looks[site] { return known }
    let height = region.alongRange.upperBound - region.alongRange.lowerBound
    let middle = (region.alongRange.lowerBound + region.alongRange.upperBound) / 2
    let looks = [0, -height / 5, height / 5].contains { offset in
      let line = BarLine(
        across: region, at: middle + offset, width: 3, samplesPerPixel: 1, in: image)
      return tools.lines.edges(inProfile: line.samples, scale: 4).places.count
        >= ScanningLimits.edgesToLookCloser
    }
    stripes.looks[site] = looks
    return looks
  }

  /// The number of the bars that a patch shows: patches of other levels at the same place have it
  /// too, so that their lines vote together.
  func site(of region: StripeRegion) -> Int {
    if let site = stripes.sites.firstIndex(where: { $0.isSameBars(as: region) }) { return site }
    stripes.sites.append(region)
    return stripes.sites.count - 1
  }
}

/// What has been found out about a picture's stripes.
struct Stripes {
  var maps: [Int: StripeMap] = [:]
  var regions: [Int: [StripeRegion]] = [:]
  /// Whether each site looks like a code.
  var looks: [Int: Bool] = [:]
  /// The first patch of each site.
  var sites: [StripeRegion] = []
}

extension StripeRegion {
  /// Whether the middle of either patch lies in the other, and both run the same way.
  fileprivate func isSameBars(as other: StripeRegion) -> Bool {
    abs((across * other.across).sum()) > 0.95
      && (contains(other.centre) || other.contains(centre))
  }
}
