/// A code as black and white modules.
struct ModuleMatrix: Hashable {
  let dimension: Int

  /// Whether each module is dark, row by row.
  private(set) var isDark: [Bool]

  init(dimension: Int, _ isDark: (_ x: Int, _ y: Int) -> Bool) {
    self.dimension = dimension
    self.isDark = (0..<dimension * dimension).map { isDark($0 % dimension, $0 / dimension) }
  }

  subscript(x: Int, y: Int) -> Bool { isDark[y * dimension + x] }

  /// The same code seen in a mirror that lies on the diagonal.
  var mirrored: ModuleMatrix {
    ModuleMatrix(dimension: dimension) { x, y in self[y, x] }
  }

  /// The same code with its fixed modules as they are in every code, whatever was printed or
  /// spilled there.
  func mended(by layout: QRLayout) -> ModuleMatrix {
    var mended = self
    for module in layout.fixedModules {
      mended.isDark[Int(module.y) * dimension + Int(module.x)] = module.weight < 0
    }
    return mended
  }

  /// The share of fixed modules that have the wrong colour; round finder patterns are no fault.
  func faults(in layout: QRLayout) -> Double {
    var (faults, count) = (0, 0)
    for module in layout.fixedModules where !module.isAtCorner {
      count += 1
      if self[Int(module.x), Int(module.y)] != (module.weight < 0) { faults += 1 }
    }
    return Double(faults) / Double(count)
  }

  /// The grey of one corner of each dark module.
  ///
  /// zbar takes a pixel for dark if it is darker than those around it, so that the inside of a
  /// wholly black area would turn white without such specks.
  private static let speck: UInt8 = 96

  /// Pixels a module; with fewer, zbar misses the finder patterns on every second line.
  private static let scale = 4

  /// The light margin around a code, in modules (ISO/IEC 18004, section 6.3.8).
  private static let quietZone = 4

  /// Draws the code as zbar reads it best: upright, flat, evenly lit, with its quiet zone.
  func picture() throws(ImageError) -> GreyImage {
    let side = (dimension + 2 * Self.quietZone) * Self.scale
    let size = try PictureSize(width: side, height: side)
    var pixels = [UInt8](repeating: 255, count: side * side)
    pixels.withUnsafeMutableBufferPointer { pixels in
      for y in 0..<dimension {
        for x in 0..<dimension where self[x, y] {
          let first =
            (y + Self.quietZone) * Self.scale * side + (x + Self.quietZone) * Self.scale
          for row in 0..<Self.scale {
            for column in 0..<Self.scale { pixels[first + row * side + column] = 0 }
          }
          pixels[first] = Self.speck
        }
      }
    }
    return GreyImage(size: size, pixels: pixels)
  }
}
