import Hummingbird
import Synchronization

/// Turns requests away as busy while as many as are allowed are being worked on.
struct RequestLimit: RouterMiddleware {
  typealias Context = StationContext

  private let limit: Int
  private let running = Counter()

  init(_ limit: Int = StationLimits.concurrentRequests) {
    self.limit = limit
  }

  func handle(
    _ request: Request, context: StationContext,
    next: @concurrent (Request, StationContext) async throws -> Response
  ) async throws -> Response {
    // A watchdog that is turned away would restart a station that is only busy.
    if request.uri.path.hasSuffix("/health") { return try await next(request, context) }
    let isFree = running.value.withLock { count in
      guard count < limit else { return false }
      count += 1
      return true
    }
    guard isFree else { throw RequestError.busy }
    defer { running.value.withLock { $0 -= 1 } }
    return try await next(request, context)
  }

  private final class Counter: Sendable {
    let value = Mutex(0)
  }
}
