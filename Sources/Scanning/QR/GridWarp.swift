/// How a code on cloth or on a bent page departs from its flat grid.
///
/// The shifts are known at nodes some modules apart, and blended between them.
struct GridWarp {
  /// The distance of two nodes, in modules.
  private static let spacing = 4

  /// The nodes along a side; 0 for a code that lies flat.
  private let count: Int
  private var shifts: [PlanePoint]

  /// No shift anywhere.
  init() {
    count = 0
    shifts = []
  }

  /// Finds at each node the small shift that makes the modules around it clearest.
  init(_ raster: GreyRaster, grid: QRGrid) {
    count = (grid.layout.dimension + Self.spacing - 1) / Self.spacing + 1
    shifts = [PlanePoint](repeating: .zero, count: count * count)
    let fitter = NodeFitter(raster: raster, grid: grid)
    for (step, rounds) in [(0.35, 4), (0.15, 2)] {
      for _ in 0..<rounds {
        let before = shifts
        for index in shifts.indices {
          let place = (x: index % count * Self.spacing, y: index / count * Self.spacing)
          shifts[index] = fitter.best(x: place.x, y: place.y, around: before[index], step: step)
        }
        smooth()
      }
    }
  }

  /// Draws each node a little towards its neighbours.
  private mutating func smooth() {
    let before = shifts
    func shift(_ x: Int, _ y: Int) -> PlanePoint {
      before[min(max(y, 0), count - 1) * count + min(max(x, 0), count - 1)]
    }
    for y in 0..<count {
      for x in 0..<count {
        let around = shift(x - 1, y) + shift(x + 1, y) + shift(x, y - 1) + shift(x, y + 1)
        shifts[y * count + x] = 0.5 * shift(x, y) + 0.125 * around
      }
    }
  }

  /// The shift of a module, in modules.
  @inline(__always)
  func shift(x: Int, y: Int) -> PlanePoint {
    guard count > 0 else { return .zero }
    let (column, row) = (x / Self.spacing, y / Self.spacing)
    let right = Double(x % Self.spacing) / Double(Self.spacing)
    let down = Double(y % Self.spacing) / Double(Self.spacing)
    let first = row * count + column
    let upper = shifts[first] * (1 - right) + shifts[first + 1] * right
    let lower = shifts[first + count] * (1 - right) + shifts[first + count + 1] * right
    return upper * (1 - down) + lower * down
  }
}

/// Judges shifts around one node.
private struct NodeFitter {
  let raster: GreyRaster
  let grid: QRGrid

  /// How far around a node modules count, each way.
  private static let reach = 3

  func best(x: Int, y: Int, around shift: PlanePoint, step: Double) -> PlanePoint {
    var best = (clarity: -Float.infinity, shift: shift)
    for down in [0.0, -step, step] {
      for right in [0.0, -step, step] {
        let moved = shift + PlanePoint(right, down)
        let clarity = clarity(x: x, y: y, shift: moved)
        if clarity > best.clarity * 1.01 { best = (clarity, moved) }
      }
    }
    return best.shift
  }

  /// How far the modules' greys are from their mean.
  private func clarity(x: Int, y: Int, shift: PlanePoint) -> Float {
    let last = grid.layout.dimension - 1
    var sum: Float = 0
    var squares: Float = 0
    var count: Float = 0
    // The last nodes may lie beyond the code.
    for row in max(min(y, last) - Self.reach, 0)...min(y + Self.reach, last) {
      for column in max(min(x, last) - Self.reach, 0)...min(x + Self.reach, last) {
        let grey = raster.grey(
          at: grid.map(Double(column) + 0.5 + shift.x, Double(row) + 0.5 + shift.y))
        sum += grey
        squares += grey * grey
        count += 1
      }
    }
    return squares - sum * sum / count
  }
}
