package import Credentials
import FoundationEssentials
import GRDB
import Ledger

extension SessionLimits {
  /// Sessions at a station at once; the one that was used longest ago gives way.
  package static let count = 32
}

extension Journal {
  /// Opens a session; `now` is given by tests alone.
  package func openSession(
    of account: Account, at now: Int64? = nil
  ) async throws -> SessionToken {
    var generator = SystemRandomNumberGenerator()
    let token = SessionToken(using: &generator)
    let now = now ?? clock.now().wallMilliseconds
    try await write { database in
      try database.execute(
        sql: "INSERT INTO sessions (token, account, role, opened, seen) VALUES (?, ?, ?, ?, ?)",
        arguments: [token.hash, account.name, account.role.rawValue, now, now])
      try database.execute(
        sql: """
          DELETE FROM sessions WHERE token NOT IN
            (SELECT token FROM sessions ORDER BY seen DESC LIMIT ?)
          """,
        arguments: [SessionLimits.count])
    }
    return token
  }

  /// Who a token stands for, or `nil` where its session is over.
  package func account(of token: SessionToken) async throws -> Account? {
    let now = clock.now().wallMilliseconds
    let found = try await read { view in
      let select = try view.database.cachedStatement(
        sql: "SELECT account AS name, role, opened, seen FROM sessions WHERE token = ?")
      return try Row.fetchOne(select, arguments: [token.hash]).map {
        (
          account: try AccountRow.account($0), opened: $0["opened"] as Int64,
          seen: $0["seen"] as Int64
        )
      }
    }
    guard let found else { return nil }
    guard SessionLimits.isOpen(opened: found.opened, seen: found.seen, at: now) else {
      try await closeSession(token)
      return nil
    }
    if now - found.seen > SessionLimits.noteMilliseconds { try await note(token, at: now) }
    return found.account
  }

  /// Signs out; a token that is not there changes nothing.
  package func closeSession(_ token: SessionToken) async throws {
    try await write {
      try $0.execute(sql: "DELETE FROM sessions WHERE token = ?", arguments: [token.hash])
    }
  }

  private func note(_ token: SessionToken, at now: Int64) async throws {
    try await write {
      try $0.execute(
        sql: "UPDATE sessions SET seen = ? WHERE token = ?", arguments: [now, token.hash])
    }
  }
}
