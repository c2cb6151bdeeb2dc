package import Credentials

/// Who may sign in at the host; every change is in the audit trail.
extension GroupRegistry {
  /// Makes an account, or gives it another role and password; whoever is signed in with it is out.
  /// - Throws: `AccessError.weakPassword` or `.lastCoordinator`.
  package func setAccount(
    _ account: HostAccount, password: String, by author: String = AuditEntry.console
  ) async throws {
    let text = try Password.checked(password)
    let hash = try await PasswordHash.computed { try PasswordHash(of: text) }
    let now = nowMilliseconds()
    try await store.write { books in
      let coordinators = try books.coordinatorCount()
      try books.save(KeptAccount(account: account, hash: hash))
      try books.refuseLosing(coordinators)
      try books.removeSessions(of: account.name)
      try books.write(
        .accountSet, by: author, on: account.name.text, detail: account.role.rawValue,
        atMilliseconds: now)
    }
  }

  /// Removes an account and ends its sessions.
  /// - Throws: `AccessError.noSuchAccount` or `.lastCoordinator`.
  package func removeAccount(
    _ name: AccountName, by author: String = AuditEntry.console
  ) async throws {
    let now = nowMilliseconds()
    guard try await store.read({ try $0.keptAccount(name) }) != nil else {
      throw AccessError.noSuchAccount(name.text)
    }
    try await store.write { books in
      let coordinators = try books.coordinatorCount()
      try books.removeAccount(name)
      try books.refuseLosing(coordinators)
      try books.removeSessions(of: name)
      try books.write(
        .accountRemoved, by: author, on: name.text, detail: "", atMilliseconds: now)
    }
  }

  /// All accounts, in order of name.
  package func accounts() async throws -> [HostAccount] {
    try await store.read { try $0.keptAccounts().map(\.account) }
  }

  /// Checks a password and opens a session.
  ///
  /// A failure is counted before the password is looked at, so that many guesses at once are many
  /// guesses; success sets the count back.
  /// - Throws: `AccessError.wrongPassword` or `.lockedOut`.
  package func signIn(
    name: String, password: String
  ) async throws -> (account: HostAccount, token: SessionToken) {
    let now = nowMilliseconds()
    let text = Password.attempted(password)
    let name = try? AccountName(name)
    let kept = try await name.asyncFlatMap { try await countAttempt(of: $0, at: now) }
    guard var kept else {
      // An account that is not there is locked as one that is, and takes as long.
      try unknownNames.countAttempt(of: name?.text ?? "", at: now)
      _ = try await PasswordHash.computed { try PasswordHash(of: text) }
      throw AccessError.wrongPassword
    }
    let hash = kept.hash
    guard try await PasswordHash.computed({ try hash.matches(text) }) else {
      throw AccessError.wrongPassword
    }
    (kept.failures, kept.lockedUntilMilliseconds) = (0, 0)
    return (kept.account, try await openSession(of: kept, at: now))
  }

  private func countAttempt(of name: AccountName, at now: Int64) async throws -> KeptAccount? {
    try await store.write { books in
      guard var kept = try books.keptAccount(name) else { return nil }
      try LockOut.refuseWhenLocked(until: kept.lockedUntilMilliseconds, at: now)
      kept.failures += 1
      let pause = LockOut.milliseconds(afterFailures: kept.failures)
      kept.lockedUntilMilliseconds = pause > 0 ? now + pause : 0
      try books.save(kept)
      if pause > 0 {
        try books.write(
          .lockedOut, by: name.text, on: name.text, detail: "\(pause / 1_000) s",
          atMilliseconds: now)
      }
      return kept
    }
  }

  private func openSession(of kept: KeptAccount, at now: Int64) async throws -> SessionToken {
    var generator = SystemRandomNumberGenerator()
    let token = SessionToken(using: &generator)
    let name = kept.account.name
    try await store.write { books in
      try books.save(kept)
      try books.save(
        KeptSession(
          tokenHash: Array(token.hash), account: name, openedMilliseconds: now,
          seenMilliseconds: now))
      try books.write(.signedIn, by: name.text, on: name.text, detail: "", atMilliseconds: now)
    }
    return token
  }

  /// Who a token stands for, or `nil` where its session is over.
  package func account(of token: SessionToken) async throws -> HostAccount? {
    let now = nowMilliseconds()
    let hash = Array(token.hash)
    let found = try await store.read { books in
      try books.session(hash).map { ($0, try books.keptAccount($0.account)?.account) }
    }
    guard let (session, account) = found else { return nil }
    let isOpen = SessionLimits.isOpen(
      opened: session.openedMilliseconds, seen: session.seenMilliseconds, at: now)
    guard isOpen, let account else {
      try await store.write { try $0.removeSession(hash) }
      return nil
    }
    if now - session.seenMilliseconds > SessionLimits.noteMilliseconds {
      var seen = session
      seen.seenMilliseconds = now
      let noted = seen
      try await store.write { try $0.save(noted) }
    }
    return account
  }

  /// Signs out; a token that is not there changes nothing.
  package func closeSession(_ token: SessionToken) async throws {
    let now = nowMilliseconds()
    let hash = Array(token.hash)
    try await store.write { books in
      guard let session = try books.session(hash) else { return }
      try books.removeSession(hash)
      let name = session.account.text
      try books.write(.signedOut, by: name, on: name, detail: "", atMilliseconds: now)
    }
  }

  /// What was done, newest first, before a number where one is given.
  package func audit(before number: Int64? = nil, limit: Int) async throws -> [AuditEntry] {
    try await store.read { try $0.audit(before: number, limit: limit) }
  }

  /// Writes into the audit trail what a command or a page has done beside the books.
  package func note(
    _ act: AuditEntry.Act, by author: String = AuditEntry.console, on subject: String,
    detail: String = ""
  ) async throws {
    let now = nowMilliseconds()
    try await store.write {
      try $0.write(act, by: author, on: subject, detail: detail, atMilliseconds: now)
    }
  }
}

extension RegistryReader {
  fileprivate func coordinatorCount() throws -> Int {
    try keptAccounts().count { $0.account.role == .coordinator }
  }

  /// Refuses to lose the last of some coordinators: inside the transaction, so that the change is
  /// undone with it.
  fileprivate func refuseLosing(_ count: Int) throws {
    if count > 0, try coordinatorCount() == 0 { throw AccessError.lastCoordinator }
  }
}

extension Optional {
  /// `flatMap` for work that waits.
  fileprivate func asyncFlatMap<Other>(
    _ transform: (Wrapped) async throws -> Other?
  ) async throws -> Other? {
    guard let self else { return nil }
    return try await transform(self)
  }
}
