import Synchronization

/// A number of bytes that uploads share while they are on their way in.
///
/// Whoever would need more than is left is turned away before the body is read.
final class ByteBudget: Sendable {
  private let left: Mutex<Int>

  init(_ bytes: Int) {
    left = Mutex(bytes)
  }

  /// Runs work that takes up to so many bytes, and gives them back afterwards.
  ///
  /// More than the whole budget is let through, since the body's own limit then refuses it.
  func spending<Value>(
    _ bytes: Int, _ work: () async throws -> Value
  ) async throws -> Value {
    let bytes = max(0, min(bytes, StationLimits.pictureBytes))
    let isFree = left.withLock { left in
      guard left >= bytes else { return false }
      left -= bytes
      return true
    }
    guard isFree else { throw RequestError.busy }
    defer { left.withLock { $0 += bytes } }
    return try await work()
  }
}
