/// Where the fixed modules of a QR code of one version are (ISO/IEC 18004, section 6.3).
struct QRLayout: Sendable {
  /// 1 to 40; a code has 17 + 4 × version modules a side.
  let version: Int

  static let versions = 1...40

  var dimension: Int { 17 + 4 * version }

  /// A module whose colour is the same in every code.
  struct FixedModule: Sendable {
    let x: Double
    let y: Double
    /// What a light grey there speaks for the code, all weights together being 0.
    let weight: Float
    /// Whether it is at the corner of a finder pattern, which some print round.
    var isAtCorner = false
  }

  let fixedModules: [FixedModule]

  /// Every version's layout, made when the first code is looked for.
  private static let all = versions.map { QRLayout(version: $0) }

  private init(version: Int) {
    self.version = version
    fixedModules = Self.fixedModules(dimension: 17 + 4 * version, version: version)
  }

  /// The layout of a code with so many modules a side; `nil` if no version has that.
  init?(dimension: Int) {
    let version = (dimension - 17) / 4
    guard dimension % 4 == 1, Self.versions.contains(version) else { return nil }
    self = Self.all[version - Self.versions.lowerBound]
  }

  /// The middle of the last alignment pattern, in modules, in both axes; `nil` for version 1.
  var alignmentCentre: Double? { version > 1 ? Double(dimension) - 6.5 : nil }

  private static func fixedModules(dimension: Int, version: Int) -> [FixedModule] {
    var modules = finder(x: 0, y: 0, dimension: dimension)
    modules += finder(x: dimension - 7, y: 0, dimension: dimension)
    modules += finder(x: 0, y: dimension - 7, dimension: dimension)
    modules += timing(dimension: dimension)
    if version > 1 { modules += alignment(centre: dimension - 7) }
    return modules
  }

  /// A finder pattern and the light separator around it, as far as it lies in the code.
  private static func finder(x left: Int, y top: Int, dimension: Int) -> [FixedModule] {
    var group: [(x: Int, y: Int, isDark: Bool)] = []
    for y in -1...7 {
      for x in -1...7 {
        guard (0..<dimension).contains(left + x), (0..<dimension).contains(top + y) else {
          continue
        }
        let ring = max(abs(x - 3), abs(y - 3))
        group.append((left + x, top + y, ring == 3 || ring <= 1))
      }
    }
    return balanced(group).map { module in
      var module = module
      let (x, y) = (abs(Int(module.x) - left - 3), abs(Int(module.y) - top - 3))
      module.isAtCorner = min(x, y) > 1 && max(x, y) <= 3
      return module
    }
  }

  private static func timing(dimension: Int) -> [FixedModule] {
    let places = 8..<dimension - 8
    return balanced(places.map { ($0, 6, $0.isMultiple(of: 2)) })
      + balanced(places.map { (6, $0, $0.isMultiple(of: 2)) })
  }

  private static func alignment(centre: Int) -> [FixedModule] {
    var group: [(x: Int, y: Int, isDark: Bool)] = []
    for y in -2...2 {
      for x in -2...2 {
        group.append((centre + x, centre + y, max(abs(x), abs(y)) != 1))
      }
    }
    return balanced(group)
  }

  /// Weighs the modules of a pattern so that an evenly grey one speaks neither for nor against it.
  private static func balanced(_ group: [(x: Int, y: Int, isDark: Bool)]) -> [FixedModule] {
    let darkCount = group.count(where: \.isDark)
    let lightCount = group.count - darkCount
    guard darkCount > 0, lightCount > 0 else { return [] }
    let half = Float(group.count) / 2
    return group.map { module in
      FixedModule(
        x: Double(module.x) + 0.5, y: Double(module.y) + 0.5,
        weight: module.isDark ? -half / Float(darkCount) : half / Float(lightCount))
    }
  }
}
