/// Where a picture has parallel stripes, and which way they run: one structure tensor a cell.
///
/// The structure tensor sums the squares and the product of the two gradients. A cell of bars has
/// much energy, nearly all of it across the bars; a cell of text, of a QR code or of noise has
/// energy in both directions.
struct StripeMap {
  /// The side of a cell in pixels.
  let cellSide: Int
  let columns: Int
  let rows: Int
  /// Column by column of each row, ``columns`` times ``rows``.
  let cells: [Cell]

  /// The sums over a cell's pixels, in squared grey levels per two pixels.
  struct Cell {
    var xx: Float = 0
    var yy: Float = 0
    var xy: Float = 0

    static func + (one: Cell, other: Cell) -> Cell {
      Cell(xx: one.xx + other.xx, yy: one.yy + other.yy, xy: one.xy + other.xy)
    }

    var energy: Float { xx + yy }

    /// How much of the energy lies in one direction, 0 to 1.
    var coherence: Float {
      let energy = energy
      guard energy > 0 else { return 0 }
      let difference = xx - yy
      return (difference * difference + 4 * xy * xy).squareRoot() / energy
    }

    /// The gradient's direction with its angle doubled, so that a direction and its opposite are
    /// the same; not normalised.
    var doubled: SIMD2<Float> { SIMD2(xx - yy, 2 * xy) }
  }

  /// The map with cells of twice the side, for wider bars: four cells become one.
  func coarser() -> StripeMap {
    let columns = self.columns / 2
    let rows = self.rows / 2
    var cells: [Cell] = []
    cells.reserveCapacity(columns * rows)
    for row in 0..<rows {
      for column in 0..<columns {
        let index = row * 2 * self.columns + column * 2
        cells.append(
          self.cells[index] + self.cells[index + 1] + self.cells[index + self.columns]
            + self.cells[index + self.columns + 1])
      }
    }
    return StripeMap(cellSide: cellSide * 2, columns: columns, rows: rows, cells: cells)
  }
}

extension StripeMap {
  /// The side of the finest cells in pixels: the width of a SIMD vector.
  static let finestCellSide = 8

  /// Measures a picture; the pixels at its rim are left out.
  init(_ image: GreyImage) {
    let side = Self.finestCellSide
    let columns = max((image.width - 2) / side, 0)
    let rows = max((image.height - 2) / side, 0)
    cellSide = side
    self.columns = columns
    self.rows = rows
    cells = image.pixels.withUnsafeBytes { pixels in
      [Cell](unsafeUninitializedCapacity: columns * rows) { cells, count in
        for row in 0..<rows {
          for column in 0..<columns {
            cells[count] = Self.cell(
              in: pixels, at: (row * side + 1) * image.width + column * side + 1,
              stride: image.width)
            count += 1
          }
        }
      }
    }
  }

  /// One cell of eight by eight pixels; of its rows every other one counts.
  private static func cell(
    in pixels: UnsafeRawBufferPointer, at start: Int, stride: Int
  ) -> Cell {
    var xx = SIMD8<Int32>.zero
    var yy = SIMD8<Int32>.zero
    var xy = SIMD8<Int32>.zero
    var offset = start
    for _ in 0..<4 {
      let x = difference(in: pixels, offset &- 1, offset &+ 1)
      let y = difference(in: pixels, offset &- stride, offset &+ stride)
      xx &+= x &* x
      yy &+= y &* y
      xy &+= x &* y
      offset &+= 2 &* stride
    }
    return Cell(
      xx: Float(xx.wrappedSum()), yy: Float(yy.wrappedSum()), xy: Float(xy.wrappedSum()))
  }

  @inline(__always)
  private static func difference(
    in pixels: UnsafeRawBufferPointer, _ one: Int, _ other: Int
  ) -> SIMD8<Int32> {
    let before = pixels.loadUnaligned(fromByteOffset: one, as: SIMD8<UInt8>.self)
    let after = pixels.loadUnaligned(fromByteOffset: other, as: SIMD8<UInt8>.self)
    return SIMD8<Int32>(truncatingIfNeeded: after) &- SIMD8<Int32>(truncatingIfNeeded: before)
  }
}
