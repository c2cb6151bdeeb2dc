/// Tells whether a scene has changed since a frame of it was last read.
///
/// Blocks are compared with the frame that was read, not with the last one, so that slow movement
/// adds up. A change of the light that all blocks share is no movement.
package struct MotionGate: Sendable {
  private var reference: BlockMeans?
  private var latest: BlockMeans?

  package init() {}

  /// Says whether a frame differs from the one that was read; true for the first one.
  package mutating func hasMoved(_ frame: GreyImage) -> Bool {
    let means = BlockMeans(frame)
    latest = means
    guard let reference, reference.columns == means.columns, reference.rows == means.rows else {
      return true
    }
    return Self.hasMoved(from: reference.means, to: means.means)
  }

  /// Makes the frame that was last compared the one that later frames are compared with.
  package mutating func markAsRead() { reference = latest }

  private static func hasMoved(from old: [UInt8], to new: [UInt8]) -> Bool {
    // Frames with less than a block are always read.
    guard !old.isEmpty else { return true }
    var total = 0
    for index in old.indices { total += Int(new[index]) - Int(old[index]) }
    let shared = total / old.count
    return old.indices.contains { index in
      abs(Int(new[index]) - Int(old[index]) - shared) > VideoLimits.leastChange
    }
  }
}
