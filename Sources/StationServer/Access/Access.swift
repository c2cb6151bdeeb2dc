import Circulation
import HTTPTypes
import Hummingbird
import Journal

/// Who asks, and whether a route of the API is for them.
///
/// A route that is not named here is the librarian's: a new one is never open by mistake.
struct Access: RouterMiddleware {
  typealias Context = StationContext

  let sessions: SessionCookies

  /// What works without signing in: a pupil with a card and a book in hand, and what tells nothing
  /// about anybody.
  private static let openRoutes: Set<String> = [
    "POST /api/v1/scan", "POST /api/v1/scan/image",
    "POST /api/v1/checkouts", "POST /api/v1/checkins", "POST /api/v1/renewals",
    "GET /api/v1/state", "GET /api/v1/events",
    "GET /api/v1/health", "GET /api/v1/metrics", "GET /api/v1/openapi.json",
    "POST /api/v1/attention", "GET /api/v1/session", "POST /api/v1/session",
    "DELETE /api/v1/session",
  ]

  /// What changes the rules themselves, reaches a child's whole record, or moves every class at
  /// once and can't be taken back.
  private static let administratorRoutes: Set<String> = [
    "PUT /api/v1/settings", "POST /api/v1/settings/preview",
    "POST /api/v1/patrons/export", "POST /api/v1/patrons/erase",
    "POST /api/v1/patrons/unlink", "POST /api/v1/promotions",
  ]

  func handle(
    _ request: Request, context: StationContext,
    next: @concurrent (Request, StationContext) async throws -> Response
  ) async throws -> Response {
    var context = context
    context.account = try await sessions.account(of: request)
    let method = request.method == .head ? HTTPRequest.Method.get : request.method
    let needed = Self.role(for: "\(method) \(context.route)")
    guard context.role >= needed else {
      throw context.account == nil ? RequestError.signInNeeded : .roleNeeded
    }
    do {
      return try await next(request, context)
    } catch let refusal as Refusal where context.role == .kiosk {
      throw ChildRefusal(refusal: refusal)
    }
  }

  /// The least role that may ask for a route.
  static func role(for route: String) -> Role {
    if openRoutes.contains(route) { return .kiosk }
    return administratorRoutes.contains(route) ? .administrator : .librarian
  }
}

/// A refusal at self-service, where the screen must not name a debt.
struct ChildRefusal: Error {
  let refusal: Refusal
}

extension Role {
  /// Which overrides of the policy are open to somebody.
  var overrideRight: OverrideRight {
    switch self {
    case .kiosk: .nobody
    case .librarian: .librarian
    case .administrator: .administrator
    }
  }
}
