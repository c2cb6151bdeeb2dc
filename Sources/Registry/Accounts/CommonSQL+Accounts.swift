import Credentials
import FoundationEssentials

/// Accounts, sessions and the audit trail, the same in both databases.
extension CommonSQL {
  private static var accountColumns: String {
    "name, role, salt, rounds, block_size, parallelism, hash, failures, locked_until"
  }

  func keptAccounts() throws -> [KeptAccount] {
    try rows("SELECT \(Self.accountColumns) FROM accounts ORDER BY name", [], Self.account)
  }

  func keptAccount(_ name: AccountName) throws -> KeptAccount? {
    try rows(
      "SELECT \(Self.accountColumns) FROM accounts WHERE name = $1", [.text(name.text)],
      Self.account
    ).first
  }

  private static func account(_ row: any SQLRow) throws -> KeptAccount {
    guard let name = try? AccountName(row.string(0)), let role = HostRole(rawValue: row.string(1))
    else { throw RegistryError.damaged("table accounts") }
    return KeptAccount(
      account: HostAccount(name: name, role: role),
      hash: PasswordHash(
        salt: row.blob(2) ?? [], rounds: Int(row.int64(3)), blockSize: Int(row.int64(4)),
        parallelism: Int(row.int64(5)), bytes: row.blob(6) ?? []),
      failures: Int(row.int64(7)), lockedUntilMilliseconds: row.int64(8))
  }

  func save(_ kept: KeptAccount) throws {
    try run(
      """
      INSERT INTO accounts (\(Self.accountColumns))
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
      ON CONFLICT (name) DO UPDATE SET role = excluded.role, salt = excluded.salt,
        rounds = excluded.rounds, block_size = excluded.block_size,
        parallelism = excluded.parallelism, hash = excluded.hash, failures = excluded.failures,
        locked_until = excluded.locked_until
      """,
      [
        .text(kept.account.name.text), .text(kept.account.role.rawValue), .blob(kept.hash.salt),
        .int(kept.hash.rounds), .int(kept.hash.blockSize), .int(kept.hash.parallelism),
        .blob(kept.hash.bytes), .int(kept.failures), .integer(kept.lockedUntilMilliseconds),
      ])
  }

  func removeAccount(_ name: AccountName) throws {
    try run("DELETE FROM accounts WHERE name = $1", [.text(name.text)])
  }

  func session(_ tokenHash: [UInt8]) throws -> KeptSession? {
    try rows(
      "SELECT account, opened, seen FROM sessions WHERE token = $1", [.blob(tokenHash)]
    ) { row in
      guard let name = try? AccountName(row.string(0)) else {
        throw RegistryError.damaged("table sessions")
      }
      return KeptSession(
        tokenHash: tokenHash, account: name, openedMilliseconds: row.int64(1),
        seenMilliseconds: row.int64(2))
    }.first
  }

  /// Keeps a session, and forgets those that were used longest ago where there are too many.
  func save(_ session: KeptSession) throws {
    try run(
      """
      INSERT INTO sessions (token, account, opened, seen) VALUES ($1, $2, $3, $4)
      ON CONFLICT (token) DO UPDATE SET seen = excluded.seen
      """,
      [
        .blob(session.tokenHash), .text(session.account.text),
        .integer(session.openedMilliseconds), .integer(session.seenMilliseconds),
      ])
    guard try number("SELECT count(*) FROM sessions") > Int64(KeptSession.limit) else { return }
    try run(
      """
      DELETE FROM sessions WHERE token NOT IN
        (SELECT token FROM sessions ORDER BY seen DESC LIMIT $1)
      """, [.int(KeptSession.limit)])
  }

  func removeSession(_ tokenHash: [UInt8]) throws {
    try run("DELETE FROM sessions WHERE token = $1", [.blob(tokenHash)])
  }

  func removeSessions(of name: AccountName) throws {
    try run("DELETE FROM sessions WHERE account = $1", [.text(name.text)])
  }

  func write(
    _ act: AuditEntry.Act, by account: String, on subject: String, detail: String,
    atMilliseconds now: Int64
  ) throws {
    let next = try number("SELECT max(number) FROM audit") + 1
    try run(
      """
      INSERT INTO audit (number, written, account, act, subject, detail)
      VALUES ($1, $2, $3, $4, $5, $6)
      """,
      [
        .integer(next), .integer(now), .text(account), .text(act.rawValue),
        .text(String(subject.prefix(AuditEntry.longestText))),
        .text(String(detail.prefix(AuditEntry.longestText))),
      ])
  }

  func audit(before number: Int64?, limit: Int) throws -> [AuditEntry] {
    try rows(
      """
      SELECT number, written, account, act, subject, detail FROM audit
      WHERE number < $1 ORDER BY number DESC LIMIT $2
      """, [.integer(number ?? .max), .int(limit)]
    ) { row in
      guard let act = AuditEntry.Act(rawValue: row.string(3)) else {
        throw RegistryError.damaged("table audit")
      }
      return AuditEntry(
        number: row.int64(0), atMilliseconds: row.int64(1), account: row.string(2), act: act,
        subject: row.string(4), detail: row.string(5))
    }
  }
}
