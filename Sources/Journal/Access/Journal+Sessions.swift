internal import Crypto
import FoundationEssentials
import GRDB
import Ledger

/// What a browser shows to be known again: 32 random bytes, of which the station keeps a hash.
package struct SessionToken: Hashable, Sendable {
  package let text: String

  static let byteCount = 32

  /// A new token.
  init(using generator: inout some RandomNumberGenerator) {
    text = Hex.text(
      of: (0..<Self.byteCount).map { _ in UInt8.random(in: 0...255, using: &generator) })
  }

  /// Takes what a browser sent; `nil` where it can't be a token.
  package init?(_ text: some StringProtocol) {
    guard text.utf8.count == Self.byteCount * 2 else { return nil }
    self.text = String(text)
  }

  /// What is kept: who reads the table can't sign in with it.
  var hash: Data {
    Data(SHA256.hash(data: Data(text.utf8)))
  }
}

/// How long somebody stays signed in.
package enum SessionLimits {
  /// Sessions at once; the one that was used longest ago gives way.
  package static let count = 32
  static let idleMilliseconds: Int64 = 60 * 60_000
  static let longestMilliseconds: Int64 = 12 * 60 * 60_000
  /// A use is written down at most so often, since each writing waits for the disk.
  static let noteMilliseconds: Int64 = 60_000
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
    // A clock that was set back ends a session too: nobody knows how old it is.
    let ages = (now - found.opened, now - found.seen)
    guard (0...SessionLimits.longestMilliseconds).contains(ages.0),
      ages.1 <= SessionLimits.idleMilliseconds
    else {
      try await closeSession(token)
      return nil
    }
    if ages.1 > SessionLimits.noteMilliseconds { try await note(token, at: now) }
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
