import Hummingbird
import Journal
import Ledger

/// The cookie by which a browser is known again.
///
/// Cookies are shared by all ports of a machine, so the name has the station in it.
struct SessionCookies: Sendable {
  private let journal: Journal
  let name: String

  init(journal: Journal) {
    self.journal = journal
    name = "session-\(journal.station.text)"
  }

  /// Who has signed in, or `nil` for a kiosk.
  func account(of request: Request) async throws -> Account? {
    guard let token = token(of: request) else { return nil }
    return try await journal.account(of: token)
  }

  func token(of request: Request) -> SessionToken? {
    request.cookies[name].flatMap { SessionToken($0.value) }
  }

  /// A cookie that no script can read and no other site can make a browser send.
  func cookie(_ token: SessionToken) -> Cookie {
    Cookie(name: name, value: token.text, path: "/", httpOnly: true, sameSite: .strict)
  }

  /// What makes a browser forget the session.
  func ending() -> Cookie {
    Cookie(name: name, value: "", maxAge: 0, path: "/", httpOnly: true, sameSite: .strict)
  }
}
