import Credentials
import Registry
import Synchronization
import TestSupport
import Testing

@Suite("A host's accounts")
struct HostAccountTests {
  private static let password = "chim-bồ-câu-7"

  private func host(_ kind: StoreKind) async throws -> HostFixture {
    let host = try await HostFixture(kind)
    try await host.registry.setAccount(account("dieu-phoi"), password: Self.password)
    return host
  }

  private func account(_ name: String, _ role: HostRole = .coordinator) throws -> HostAccount {
    HostAccount(name: try AccountName(name), role: role)
  }

  @Test("open a session for the right password, and end it", arguments: StoreKind.allCases)
  func signIn(kind: StoreKind) async throws {
    let host = try await host(kind)
    let (account, token) = try await host.registry.signIn(
      name: "dieu-phoi", password: Self.password)
    #expect(account.role == .coordinator)
    #expect(try await host.registry.account(of: token) == account)
    try await host.registry.closeSession(token)
    #expect(try await host.registry.account(of: token) == nil)
    let trail = try await host.registry.audit(limit: 9)
    #expect(trail.map(\.act) == [.signedOut, .signedIn, .accountSet])
    #expect(trail.map(\.number) == [3, 2, 1])
    #expect(trail.last?.account == AuditEntry.console)
  }

  @Test("tell a wrong password and a strange name in the same words", arguments: StoreKind.allCases)
  func wrong(kind: StoreKind) async throws {
    let host = try await host(kind)
    for name in ["dieu-phoi", "nobody", "Điều Phối"] {
      await #expect(throws: AccessError.wrongPassword) {
        try await host.registry.signIn(name: name, password: "không phải")
      }
    }
  }

  @Test(
    "are locked after five slips, at another process too, and the trail tells",
    arguments: StoreKind.allCases)
  func lockOut(kind: StoreKind) async throws {
    let host = try await host(kind)
    for _ in 1...LockOut.freeFailures {
      await #expect(throws: AccessError.wrongPassword) {
        try await host.registry.signIn(name: "dieu-phoi", password: "không phải")
      }
    }
    let second = try await host.secondRegistry()
    await #expect(throws: AccessError.lockedOut(seconds: 30)) {
      try await second.signIn(name: "dieu-phoi", password: Self.password)
    }
    #expect(try await host.registry.audit(limit: 1).first?.act == .lockedOut)
  }

  @Test(
    "keep one coordinator, and end the sessions of who was changed", arguments: StoreKind.allCases)
  func coordinators(kind: StoreKind) async throws {
    let host = try await host(kind)
    let (first, token) = try await host.registry.signIn(name: "dieu-phoi", password: Self.password)
    await #expect(throws: AccessError.lastCoordinator) {
      try await host.registry.removeAccount(first.name)
    }
    await #expect(throws: AccessError.lastCoordinator) {
      try await host.registry.setAccount(account("dieu-phoi", .auditor), password: Self.password)
    }
    #expect(try await host.registry.account(of: token) == first)
    try await host.registry.setAccount(account("chi-hai"), password: Self.password, by: "dieu-phoi")
    try await host.registry.removeAccount(first.name, by: "chi-hai")
    #expect(try await host.registry.account(of: token) == nil)
    #expect(try await host.registry.accounts().map(\.name.text) == ["chi-hai"])
    await #expect(throws: AccessError.noSuchAccount("dieu-phoi")) {
      try await host.registry.removeAccount(first.name)
    }
    await #expect(throws: AccessError.weakPassword) {
      try await host.registry.setAccount(account("x"), password: "1111")
    }
  }

  @Test("never keep more sessions than they may", arguments: StoreKind.allCases)
  func manySessions(kind: StoreKind) async throws {
    let host = try await host(kind)
    let name = try AccountName("dieu-phoi")
    try await host.store.write { books in
      for number in 0..<(KeptSession.limit + 5) {
        let hash = (0..<32).map { UInt8(truncatingIfNeeded: $0 == 0 ? number : number >> 8) }
        try books.save(
          KeptSession(
            tokenHash: hash, account: name, openedMilliseconds: 0,
            seenMilliseconds: Int64(number)))
      }
    }
    let kept = try HostStore.texts(of: "SELECT count(*) FROM sessions", in: host)
    #expect(kept == ["\(KeptSession.limit)"])
    let oldest = try HostStore.texts(of: "SELECT min(seen) FROM sessions", in: host)
    #expect(oldest == ["5"])
  }

  @Test("leave no password in the books")
  func noPassword() async throws {
    let host = try await host(.sqlite)
    _ = try await host.registry.signIn(name: "dieu-phoi", password: Self.password)
    let rows = try HostStore.rows(of: host).values.flatMap(\.self).joined()
    #expect(!rows.contains(Self.password) && !rows.contains("chim-bồ"))
  }
}
