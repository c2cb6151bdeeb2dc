import HTTPTypes
package import Hummingbird

/// A request that changes something came from a page of somebody else.
package struct ForeignOrigin: Error, Hashable, Sendable {
  package init() {}
}

/// Refuses what changes something and comes from a page of somebody else.
///
/// A browser names the page's origin with each such request; a program that is no browser names
/// none. Together with cookies that go to their own site only, this keeps other sites' forms and
/// scripts out.
package struct OriginCheck<Context: RequestContext>: RouterMiddleware {
  private let safeMethods: Set<HTTPRequest.Method> = [.get, .head, .options]

  package init() {}

  package func handle(
    _ request: Request, context: Context,
    next: @concurrent (Request, Context) async throws -> Response
  ) async throws -> Response {
    guard safeMethods.contains(request.method) || Self.isOwn(request) else {
      throw ForeignOrigin()
    }
    return try await next(request, context)
  }

  private static func isOwn(_ request: Request) -> Bool {
    guard let origin = request.headers[.origin] else { return true }
    guard let authority = request.head.authority else { return false }
    return origin == "http://\(authority)" || origin == "https://\(authority)"
  }
}
