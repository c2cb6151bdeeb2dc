import Synchronization

/// Too many sign-ins at once; it passes by itself.
package struct TooManySignIns: Error, Hashable, Sendable {
  package init() {}
}

/// Lets few of what is costly be done at once: a password that is hashed needs 32 MiB and a
/// processor, a search through all titles a connection to the books.
package final class BusyGate: Sendable {
  private let limit: Int
  private let refusal: any Error
  private let running = Mutex(0)

  package init(limit: Int, refusal: any Error = TooManySignIns()) {
    self.limit = limit
    self.refusal = refusal
  }

  /// Does the work, or throws the refusal where as many as may be are under way.
  package func enter<Value>(_ work: () async throws -> Value) async throws -> Value {
    let isFree = running.withLock { count in
      guard count < limit else { return false }
      count += 1
      return true
    }
    guard isFree else { throw refusal }
    defer { running.withLock { $0 -= 1 } }
    return try await work()
  }
}
