import Synchronization

/// Too many sign-ins at once; it passes by itself.
package struct TooManySignIns: Error, Hashable, Sendable {
  package init() {}
}

/// Lets few passwords be hashed at once, since each needs 32 MiB and a processor.
package final class SignInGate: Sendable {
  private let limit: Int
  private let running = Mutex(0)

  package init(limit: Int) {
    self.limit = limit
  }

  /// Does the work, or throws `TooManySignIns` where as many as may be are under way.
  package func enter<Value>(_ work: () async throws -> Value) async throws -> Value {
    let isFree = running.withLock { count in
      guard count < limit else { return false }
      count += 1
      return true
    }
    guard isFree else { throw TooManySignIns() }
    defer { running.withLock { $0 -= 1 } }
    return try await work()
  }
}
