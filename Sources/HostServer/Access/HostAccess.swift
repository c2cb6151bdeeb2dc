import Exchange
import HTTPTypes
import Hummingbird
import Registry

/// Nobody has signed in, and the route needs somebody.
struct SignInNeeded: Error {
  /// Where to go once somebody has.
  let path: String
}

/// Who has signed in may not do this.
struct RoleNeeded: Error {}

/// Who asks, and whether a route is for them.
///
/// A route that is not named here needs somebody who has signed in: a new one is never open by
/// mistake.
struct HostAccess: RouterMiddleware {
  typealias Context = HostContext

  let sessions: HostSessions

  /// What stations send proves itself; watchdogs are answered; whoever signs in has not yet; what
  /// is shared with everybody is everybody's.
  private static let openPaths: Set<String> = [
    ExchangePath.batches, ExchangePath.enrolments, ExchangePath.history, ExchangePath.feed,
    "/health", "/metrics", "/openapi.json", "/assets/host.css", "/dang-nhap", "/dang-xuat",
    "/tra-cuu",
  ]

  /// No route takes another method, so whoever uses one is told so.
  private static let methods: Set<HTTPRequest.Method> = [.get, .post]

  private static let narrowRoutes: [String: Set<HostRole>] = [
    "POST /viec-can-xem": [.coordinator, .cataloguer],
    "POST /viec-can-xem/{station}/{epoch}/{sequence}/{name}": [.coordinator, .cataloguer],
    "POST /de-rieng/{station}/{epoch}": [.coordinator],
    "GET /de-rieng": [.coordinator, .auditor],
    "GET /de-rieng/{station}/{epoch}": [.coordinator, .auditor],
    "GET /nhat-ky": [.coordinator, .auditor],
    "GET /nhat-ky.csv": [.coordinator, .auditor],
    "GET /tai-khoan": [.coordinator],
    "POST /tai-khoan": [.coordinator],
    "POST /tai-khoan/xoa": [.coordinator],
    "POST /quy-dinh": [.coordinator],
    "POST /nhom/thanh-vien": [.coordinator],
    "POST /nhom/roi-nhom": [.coordinator],
    "POST /nhom/thoa-thuan": [.coordinator],
  ]

  func handle(
    _ request: Request, context: HostContext,
    next: @concurrent (Request, HostContext) async throws -> Response
  ) async throws -> Response {
    let method = request.method == .head ? HTTPRequest.Method.get : request.method
    // An address that is none is told to be none, whoever asks.
    guard let path = context.endpointPath, !Self.openPaths.contains(path),
      Self.methods.contains(method)
    else { return try await next(request, context) }
    let route = "\(method) \(path)"
    var context = context
    context.account = try await sessions.account(of: request)
    guard let account = context.account else { throw SignInNeeded(path: request.uri.path) }
    guard Self.roles(for: route).contains(account.role) else { throw RoleNeeded() }
    return try await next(request, context)
  }

  /// Who may ask for a route once signed in.
  static func roles(for route: String) -> Set<HostRole> {
    narrowRoutes[route] ?? Set(HostRole.allCases)
  }
}
