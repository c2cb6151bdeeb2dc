import HTTPTypes
import Hummingbird

/// Refuses what changes something and comes from a page of somebody else.
///
/// A browser names the page's origin with each such request; a program that is no browser names
/// none. Together with JSON as the only body, this keeps other sites' forms and scripts out.
struct OriginCheck: RouterMiddleware {
  typealias Context = StationContext

  private static let safeMethods: Set<HTTPRequest.Method> = [.get, .head, .options]

  func handle(
    _ request: Request, context: StationContext,
    next: @concurrent (Request, StationContext) async throws -> Response
  ) async throws -> Response {
    guard Self.safeMethods.contains(request.method) || Self.isOwn(request) else {
      throw RequestError.foreignOrigin
    }
    return try await next(request, context)
  }

  private static func isOwn(_ request: Request) -> Bool {
    guard let origin = request.headers[.origin] else { return true }
    guard let authority = request.head.authority else { return false }
    return origin == "http://\(authority)" || origin == "https://\(authority)"
  }
}
