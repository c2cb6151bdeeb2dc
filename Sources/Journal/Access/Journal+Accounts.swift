package import Credentials
import FoundationEssentials
import GRDB
import Ledger

extension Journal {
  /// Makes an account, or gives it another role and password; whoever is signed in with it is out.
  package func setAccount(_ account: Account, password: String) async throws {
    let text = try Password.checked(password)
    let hash = try await PasswordHash.computed { try PasswordHash(of: text) }
    try await write { database in
      let administrators = try AccountRow.administratorCount(database)
      try database.execute(
        sql: """
          INSERT INTO accounts (name, role, salt, rounds, block_size, parallelism, hash)
          VALUES (?, ?, ?, ?, ?, ?, ?)
          ON CONFLICT (name) DO UPDATE SET role = excluded.role, salt = excluded.salt,
            rounds = excluded.rounds, block_size = excluded.block_size,
            parallelism = excluded.parallelism, hash = excluded.hash, failures = 0,
            locked_until = 0
          """,
        arguments: [
          account.name, account.role.rawValue, Data(hash.salt), hash.rounds, hash.blockSize,
          hash.parallelism, Data(hash.bytes),
        ])
      try AccountRow.refuseLosing(administrators, in: database)
      try database.execute(
        sql: "DELETE FROM sessions WHERE account = ?", arguments: [account.name])
    }
  }

  /// Removes an account and ends its sessions.
  package func removeAccount(_ name: String) async throws {
    try await write { database in
      let administrators = try AccountRow.administratorCount(database)
      try database.execute(sql: "DELETE FROM accounts WHERE name = ?", arguments: [name])
      guard database.changesCount == 1 else { throw AccessError.noSuchAccount(name) }
      try AccountRow.refuseLosing(administrators, in: database)
      try database.execute(sql: "DELETE FROM sessions WHERE account = ?", arguments: [name])
    }
  }

  /// All accounts, in order of name.
  package func accounts() async throws -> [Account] {
    try await read { view in
      try Row.fetchAll(view.database, sql: "SELECT name, role FROM accounts ORDER BY name")
        .map(AccountRow.account)
    }
  }

  /// Checks a password and opens a session.
  ///
  /// A failure is counted before the password is looked at, so that many guesses at once are many
  /// guesses; success sets the count back.
  /// - Throws: `AccessError.wrongPassword` or `.lockedOut`.
  package func signIn(
    name: String, password: String
  ) async throws -> (account: Account, token: SessionToken) {
    let now = clock.now().wallMilliseconds
    let kept = try await write { try AccountRow.countAttempt(of: name, at: now, in: $0) }
    let text = Password.attempted(password)
    guard let kept else {
      // An account that is not there is locked as one that is, and takes as long.
      try unknownNames.countAttempt(of: name, at: now)
      _ = try await PasswordHash.computed { try PasswordHash(of: text) }
      throw AccessError.wrongPassword
    }
    guard try await PasswordHash.computed({ try kept.hash.matches(text) }) else {
      throw AccessError.wrongPassword
    }
    try await write {
      try $0.execute(
        sql: "UPDATE accounts SET failures = 0, locked_until = 0 WHERE name = ?",
        arguments: [name])
    }
    return (kept.account, try await openSession(of: kept.account))
  }
}

/// The table `accounts`, read back.
enum AccountRow {
  static func account(_ row: Row) throws -> Account {
    guard let role = Role(rawValue: row["role"]),
      let account = try? Account(name: row["name"], role: role)
    else { throw JournalError.damaged("an account's row") }
    return account
  }

  /// Counts an attempt as a failure until it has succeeded; `nil` where there is no such account.
  static func countAttempt(
    of name: String, at now: Int64, in database: Database
  ) throws -> (account: Account, hash: PasswordHash)? {
    guard
      let row = try Row.fetchOne(
        database, sql: "SELECT * FROM accounts WHERE name = ?", arguments: [name])
    else { return nil }
    try LockOut.refuseWhenLocked(until: row["locked_until"], at: now)
    let failures = (row["failures"] as Int) + 1
    try database.execute(
      sql: "UPDATE accounts SET failures = ?, locked_until = ? WHERE name = ?",
      arguments: [failures, now + LockOut.milliseconds(afterFailures: failures), name])
    let hash = PasswordHash(
      salt: Array(row["salt"] as Data), rounds: row["rounds"], blockSize: row["block_size"],
      parallelism: row["parallelism"], bytes: Array(row["hash"] as Data))
    return (try account(row), hash)
  }

  static func administratorCount(_ database: Database) throws -> Int {
    try Int.fetchOne(
      database, sql: "SELECT count(*) FROM accounts WHERE role = ?",
      arguments: [Role.administrator.rawValue]) ?? 0
  }

  /// Refuses to lose the last of some administrators: inside the transaction, so that the change is
  /// undone with it.
  static func refuseLosing(_ count: Int, in database: Database) throws {
    if count > 0, try administratorCount(database) == 0 { throw AccessError.lastAdministrator }
  }
}
