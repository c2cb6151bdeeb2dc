import HTTPTypes
import Hummingbird
import Journal
import Serving

/// Signing in and out, and who is signed in.
struct SessionRoutes: Sendable {
  let journal: Journal
  let cookies: SessionCookies
  private let gate = BusyGate(limit: StationLimits.concurrentSignIns)

  init(journal: Journal, cookies: SessionCookies) {
    self.journal = journal
    self.cookies = cookies
  }

  func add(to group: RouterGroup<StationContext>) {
    group.get("session") { _, context in
      try JSONAnswer.response(Answer.Session(context.account))
    }
    group.post("session") { request, _ in try await signIn(request) }
    group.delete("session") { request, _ in try await signOut(request) }
  }

  private func signIn(_ request: Request) async throws -> Response {
    let posted = try await JSON.body(Posted.SignIn.self, of: request)
    let (account, token) = try await gate.enter {
      try await journal.signIn(name: posted.name, password: posted.password)
    }
    if let old = cookies.token(of: request) { try await journal.closeSession(old) }
    var response = try JSONAnswer.response(Answer.Session(account))
    response.setCookie(cookies.cookie(token))
    return response
  }

  private func signOut(_ request: Request) async throws -> Response {
    if let token = cookies.token(of: request) { try await journal.closeSession(token) }
    var response = try JSONAnswer.response(Answer.Session(nil))
    response.setCookie(cookies.ending())
    return response
  }
}
