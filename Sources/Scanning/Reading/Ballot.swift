/// The votes of a picture's scan lines for what its codes say.
///
/// Lines across the same bars vote in one region, so that texts that contradict each other are seen
/// as such, while two labels side by side are two regions and both read.
package struct Ballot: Sendable {
  private var candidates: [Candidate] = []

  package init() {}

  /// Adds the votes of some lines for a text; `region` numbers the bars that they cross.
  ///
  /// Without a region, candidates whose places overlap are taken to be of the same bars. A text
  /// that lies on its grid in one vote does so for good, and `isOnGrid` is not asked again.
  package mutating func cast(
    _ symbol: Symbol, votes: Int = 1, isOnGrid: @autoclosure () -> Bool = true,
    in region: Int? = nil
  ) {
    let index = candidates.firstIndex {
      $0.symbol.type == symbol.type && $0.symbol.bytes == symbol.bytes
        && $0.isOfSameBars(as: symbol, in: region)
    }
    if let index {
      candidates[index].votes += votes
      candidates[index].isOnGrid = candidates[index].isOnGrid || isOnGrid()
    } else {
      candidates.append(
        Candidate(symbol: symbol, region: region, votes: votes, isOnGrid: isOnGrid()))
    }
  }

  /// What was read so far, in the order in which it was first read.
  package var readings: [Reading] {
    candidates.map { candidate in
      Reading(
        symbol: candidate.symbol, trust: doubt(of: candidate).map { .doubted($0) } ?? .trusted,
        votes: candidate.votes)
    }
  }

  /// Whether any reading is trusted.
  package var isDecided: Bool { readings.contains(where: \.isTrusted) }

  /// Whether anything was read in a region.
  package func hasCandidate(region: Int) -> Bool {
    candidates.contains { $0.region == region }
  }

  /// Whether a region has a trusted reading, so that no more lines across it are needed.
  package func isDecided(region: Int) -> Bool {
    candidates.contains { candidate in
      candidate.region == region && doubt(of: candidate) == nil
    }
  }

  private func doubt(of candidate: Candidate) -> Doubt? {
    TrustRules.doubt(
      of: candidate.symbol, votes: candidate.votes, isOnGrid: candidate.isOnGrid,
      runnerUp: runnerUp(of: candidate))
  }

  /// The most votes of any other text across the same bars.
  private func runnerUp(of candidate: Candidate) -> Int {
    candidates.filter {
      ($0.symbol.type, $0.symbol.bytes) != (candidate.symbol.type, candidate.symbol.bytes)
        && $0.isOfSameBars(as: candidate.symbol, in: candidate.region)
    }.map(\.votes).max() ?? 0
  }

  private struct Candidate: Sendable {
    let symbol: Symbol
    let region: Int?
    var votes: Int
    var isOnGrid: Bool

    func isOfSameBars(as other: Symbol, in otherRegion: Int?) -> Bool {
      if let region, let otherRegion { return region == otherRegion }
      return symbol.overlaps(other)
    }
  }
}

extension Symbol {
  /// Whether the upright boxes around two symbols share a place.
  fileprivate func overlaps(_ other: Symbol) -> Bool {
    guard let one = box, let two = other.box else { return true }
    return one.x.overlaps(two.x) && one.y.overlaps(two.y)
  }

  private var box: (x: ClosedRange<Int>, y: ClosedRange<Int>)? {
    guard let left = points.map(\.x).min(), let right = points.map(\.x).max(),
      let top = points.map(\.y).min(), let bottom = points.map(\.y).max()
    else { return nil }
    return (left...right, top...bottom)
  }
}
