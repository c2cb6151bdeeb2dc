import Credentials
import Exchange
import Hummingbird
import Registry
import Serving

/// Signing in and out.
struct SessionPages: Sendable {
  let registry: GroupRegistry
  let sessions: HostSessions
  let pages: HostPages
  private let gate = BusyGate(limit: HostLimits.concurrentSignIns)

  init(registry: GroupRegistry, sessions: HostSessions, pages: HostPages) {
    self.registry = registry
    self.sessions = sessions
    self.pages = pages
  }

  func add(to router: Router<HostContext>) {
    router.get("/dang-nhap") { request, _ in try await show(request, next: nil, problem: nil) }
    router.post("/dang-nhap") { request, _ in try await signIn(request) }
    router.post("/dang-xuat") { request, _ in try await signOut(request) }
  }

  private func show(
    _ request: Request, next: String?, problem: (any Error)?
  ) async throws -> Response {
    let visit = Visit(request, account: nil, groupName: try await registry.groupName())
    let asked = request.uri.queryParameters["tiep"].map { String($0) }
    let refusal = problem.map { HostRefusal($0) }
    return pages.response(
      "signin", for: visit,
      [
        "next": Self.ownPath(next ?? asked),
        "problems": refusal.map { [$0.message.advice(in: visit.language)] } ?? [],
      ], status: refusal?.status ?? .ok)
  }

  private func signIn(_ request: Request) async throws -> Response {
    let form = try await HostForm(request)
    let next = Self.ownPath(form.text("tiep"))
    do {
      let (_, token) = try await gate.enter {
        try await registry.signIn(name: form.text("name"), password: form.exact("password"))
      }
      if let old = sessions.token(of: request) { try await registry.closeSession(old) }
      var response = Response.redirect(to: next, type: .normal)
      response.setCookie(sessions.cookie.cookie(token.text))
      return response
    } catch let error as AccessError {
      return try await show(request, next: next, problem: error)
    } catch let error as TooManySignIns {
      return try await show(request, next: next, problem: error)
    }
  }

  private func signOut(_ request: Request) async throws -> Response {
    if let token = sessions.token(of: request) { try await registry.closeSession(token) }
    var response = Response.redirect(to: "/dang-nhap", type: .normal)
    response.setCookie(sessions.cookie.ending())
    return response
  }

  /// A path of this host, whatever somebody has put into a link.
  static func ownPath(_ path: String?) -> String {
    guard let path, path.hasPrefix("/"), !path.hasPrefix("//"),
      path.utf8.allSatisfy({ (33...126).contains($0) && $0 != UInt8(ascii: "\\") })
    else { return "/" }
    return path
  }
}
