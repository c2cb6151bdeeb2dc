import Dispatch
import Synchronization

/// A few connections to one database, each with a thread of its own while it is used.
///
/// libpq waits for the server on the thread that asks, so the threads of Swift's tasks are not lent
/// to it. What is begun goes on to its end, even when the caller goes away.
final class PostgresPool: Sendable {
  /// Connections that one process keeps at most.
  static let connectionLimit = 8
  /// Calls that wait for one of them at most; a host answers 503 to more.
  static let queueLimit = 1_000

  private struct State {
    var free: [PostgresLane]
    var waiters: [CheckedContinuation<PostgresLane, Never>] = []
    /// Those before this one have been served.
    var firstWaiter = 0

    var waiterCount: Int { waiters.count - firstWaiter }

    mutating func nextWaiter() -> CheckedContinuation<PostgresLane, Never>? {
      guard firstWaiter < waiters.count else { return nil }
      defer {
        firstWaiter += 1
        if firstWaiter == waiters.count { (waiters, firstWaiter) = ([], 0) }
      }
      return waiters[firstWaiter]
    }
  }

  private let state: Mutex<State>

  init(_ address: PostgresAddress) {
    state = Mutex(
      State(free: (1...Self.connectionLimit).map { PostgresLane(address, number: $0) }))
  }

  /// Does work with a connection of its own.
  func perform<Value: Sendable>(
    _ work: @escaping @Sendable (PostgresLane) throws -> Value
  ) async throws -> Value {
    let lane = try await acquire()
    return try await withCheckedThrowingContinuation { continuation in
      lane.queue.async {
        let result = Result { try work(lane) }
        self.release(lane)
        continuation.resume(with: result)
      }
    }
  }

  /// Gives the connection that was used last, so that few are open where few are needed.
  private func acquire() async throws -> PostgresLane {
    guard state.withLock({ $0.waiterCount < Self.queueLimit }) else {
      throw RegistryError.databaseUnreachable("\(Self.queueLimit) calls wait already")
    }
    return await withCheckedContinuation { continuation in
      let lane = state.withLock { state -> PostgresLane? in
        if let lane = state.free.popLast() { return lane }
        state.waiters.append(continuation)
        return nil
      }
      if let lane { continuation.resume(returning: lane) }
    }
  }

  private func release(_ lane: PostgresLane) {
    let waiter = state.withLock { state in
      let waiter = state.nextWaiter()
      if waiter == nil { state.free.append(lane) }
      return waiter
    }
    waiter?.resume(returning: lane)
  }

  /// Closes the connections that nobody uses.
  func close() {
    for lane in state.withLock({ $0.free }) { lane.queue.sync { lane.disconnect() } }
  }
}
