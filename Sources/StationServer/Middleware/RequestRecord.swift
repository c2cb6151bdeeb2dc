import Hummingbird
import Logging

/// Logs and counts each request by its route's pattern, its status and its time.
///
/// Addresses, bodies and answers stay out of the log, since a person may be named in them. The
/// request's identifier is in the logger's metadata.
struct RequestRecord: RouterMiddleware {
  typealias Context = StationContext

  let metrics: StationMetrics

  func handle(
    _ request: Request, context: StationContext,
    next: @concurrent (Request, StationContext) async throws -> Response
  ) async throws -> Response {
    let start = ContinuousClock.now
    let response = try await next(request, context)
    let duration = ContinuousClock.now - start
    metrics.count(
      route: context.route, method: request.method.rawValue, status: response.status.code,
      duration: duration)
    context.logger.debug(
      "Request answered",
      metadata: [
        "method": "\(request.method)", "route": "\(context.route)",
        "status": "\(response.status.code)", "ms": "\(duration / .milliseconds(1))",
      ])
    return response
  }
}
