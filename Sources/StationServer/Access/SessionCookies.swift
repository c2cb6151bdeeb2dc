import Credentials
import Hummingbird
import Journal
import Ledger
import Serving

/// The cookies of a station; the name has the station in it, since a machine may run several.
struct SessionCookies: Sendable {
  private let journal: Journal
  private let kept: SessionCookie

  init(journal: Journal) {
    self.journal = journal
    kept = SessionCookie(name: "session-\(journal.station.text)")
  }

  var name: String { kept.name }

  /// Who has signed in, or `nil` for a kiosk.
  func account(of request: Request) async throws -> Account? {
    guard let token = token(of: request) else { return nil }
    return try await journal.account(of: token)
  }

  func token(of request: Request) -> SessionToken? {
    kept.text(in: request).flatMap { SessionToken($0) }
  }

  func cookie(_ token: SessionToken) -> Cookie { kept.cookie(token.text) }

  /// What makes a browser forget the session.
  func ending() -> Cookie { kept.ending() }
}
