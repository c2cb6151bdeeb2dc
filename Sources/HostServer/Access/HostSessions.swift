import Credentials
import Hummingbird
import Registry
import Serving

/// Who a browser is, by its cookie.
struct HostSessions: Sendable {
  let registry: GroupRegistry
  let cookie = SessionCookie(name: "host-session")

  /// Who has signed in, or nobody.
  func account(of request: Request) async throws -> HostAccount? {
    guard let token = token(of: request) else { return nil }
    return try await registry.account(of: token)
  }

  func token(of request: Request) -> SessionToken? {
    cookie.text(in: request).flatMap { SessionToken($0) }
  }
}
