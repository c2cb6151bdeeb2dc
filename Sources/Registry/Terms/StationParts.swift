import Labels
import Ledger
import Rotation

/// The sums of single stations, where a library has several: each statement is about its own
/// station's events, so it is held against the sum of those alone.
struct StationParts {
  private var summers: [String: TermSummer] = [:]

  init(of frame: TermFrame, kinds: KindReader) {
    let byLibrary = Dictionary(grouping: frame.scopes.indices) {
      frame.scopes[$0].station.library
    }
    for station in byLibrary.values.filter({ $0.count > 1 }).joined()
    where frame.scopes[station].statement != nil {
      summers[frame.scopes[station].station.text] = TermSummer(frame.alone(station), kinds: kinds)
    }
  }

  mutating func add(_ row: MovementRow) throws {
    guard !summers.isEmpty else { return }
    try summers[row.station]?.add(row)
  }

  /// The sum of each station, by name.
  mutating func finish() throws -> [String: Reconciliation] {
    var sums: [String: Reconciliation] = [:]
    for name in summers.keys { sums[name] = try summers[name]?.finish() }
    return sums
  }
}
