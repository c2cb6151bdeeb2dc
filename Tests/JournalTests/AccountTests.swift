import Circulation
import Credentials
import Desk
import GRDB
import Journal
import Ledger
import TestSupport
import Testing

@Suite("Accounts and sessions")
struct AccountTests {
  private static let password = "chim-bồ-câu-7"

  private func station(role: Role = .librarian) async throws -> StationFixture {
    let station = try await StationFixture()
    try await station.journal.setAccount(
      Account(name: "quan-tri", role: .administrator), password: "một mật khẩu khác")
    try await station.journal.setAccount(
      Account(name: "thu-thu", role: role), password: Self.password)
    return station
  }

  private func signIn(
    _ station: StationFixture, _ password: String = AccountTests.password
  ) async throws -> SessionToken {
    try await station.journal.signIn(name: "thu-thu", password: password).token
  }

  @Test("opens a session for the right password, typed composed or with marks apart")
  func signIn() async throws {
    let station = try await station()
    let token = try await signIn(station)
    #expect(try await station.journal.account(of: token)?.role == .librarian)
    let apart = "chim-bo\u{302}\u{300}-ca\u{302}u-7"
    #expect(apart.utf8.count != Self.password.utf8.count)
    _ = try await signIn(station, apart)
  }

  @Test("tells a wrong password and an account that is not there in the same words")
  func wrong() async throws {
    let station = try await station()
    await #expect(throws: AccessError.wrongPassword) { try await signIn(station, "sai rồi nhé") }
    await #expect(throws: AccessError.wrongPassword) {
      try await station.journal.signIn(name: "nobody", password: Self.password)
    }
  }

  @Test("locks an account after five wrong passwords, and each time for twice as long")
  func lockOut() async throws {
    let station = try await station()
    var seconds: [Int] = []
    for _ in 0..<8 {
      do {
        _ = try await signIn(station, "sai rồi nhé")
      } catch AccessError.wrongPassword {
        continue
      } catch AccessError.lockedOut(let left) {
        seconds.append(left)
        // Not even the right password is looked at before the time is over.
        await #expect(throws: AccessError.lockedOut(seconds: left)) {
          try await signIn(station)
        }
        station.clock.advance(milliseconds: Int64(left) * 1_000)
        await #expect(throws: AccessError.wrongPassword) {
          try await signIn(station, "sai rồi nhé")
        }
      }
    }
    #expect(seconds == [30, 60, 120])
    station.clock.advance(milliseconds: 240_000)
    _ = try await signIn(station)
    await #expect(throws: AccessError.wrongPassword) { try await signIn(station, "sai rồi nhé") }
  }

  @Test("keeps a lock-out over a restart, and lets nobody wait longer for a clock set back")
  func lockOutStays() async throws {
    let station = try await station()
    for _ in 0..<5 { _ = try? await signIn(station, "sai rồi nhé") }
    let reopened = try station.reopened().journal
    await #expect(throws: AccessError.lockedOut(seconds: 30)) {
      try await reopened.signIn(name: "thu-thu", password: Self.password)
    }
    station.clock.advance(days: -300)
    await #expect(throws: AccessError.lockedOut(seconds: 3_600)) {
      try await reopened.signIn(name: "thu-thu", password: Self.password)
    }
  }

  @Test("ends a session that nobody used for an hour, an old one, and one from the future")
  func sessionsEnd() async throws {
    let station = try await station()
    let idle = try await signIn(station)
    station.clock.advance(milliseconds: 61 * 60_000)
    #expect(try await station.journal.account(of: idle) == nil)

    let used = try await signIn(station)
    for _ in 0..<14 {
      station.clock.advance(milliseconds: 50 * 60_000)
      #expect(try await station.journal.account(of: used) != nil)
    }
    station.clock.advance(milliseconds: 50 * 60_000)
    #expect(try await station.journal.account(of: used) == nil)

    let future = try await signIn(station)
    station.clock.advance(days: -1)
    #expect(try await station.journal.account(of: future) == nil)
  }

  @Test("signs everybody out when the password changes or the account goes")
  func changes() async throws {
    let station = try await station()
    let first = try await signIn(station)
    try await station.journal.setAccount(
      Account(name: "thu-thu", role: .librarian), password: "mật khẩu mới tinh")
    #expect(try await station.journal.account(of: first) == nil)
    let second = try await signIn(station, "mật khẩu mới tinh")
    try await station.journal.removeAccount("thu-thu")
    #expect(try await station.journal.account(of: second) == nil)
  }

  @Test("keeps the last administrator")
  func lastAdministrator() async throws {
    let station = try await station()
    await #expect(throws: AccessError.lastAdministrator) {
      try await station.journal.removeAccount("quan-tri")
    }
    await #expect(throws: AccessError.lastAdministrator) {
      try await station.journal.setAccount(
        Account(name: "quan-tri", role: .librarian), password: Self.password)
    }
    #expect(try await station.journal.accounts().contains { $0.role == .administrator })
  }

  @Test(
    "refuses a password that is guessed too soon",
    arguments: ["", "12345", "000000", "abc", "aaaaaaaa", String(repeating: "ă1", count: 101)])
  func weak(password: String) async throws {
    let station = try await StationFixture()
    await #expect(throws: AccessError.weakPassword) {
      try await station.journal.setAccount(
        Account(name: "quan-tri", role: .administrator), password: password)
    }
  }

  @Test("takes no name that is none", arguments: ["", "Thu Thu", "thủ-thư", "a/b", "<script>"])
  func names(name: String) {
    #expect(throws: AccessError.badAccountName) { try Account(name: name, role: .librarian) }
  }

  @Test("keeps neither password nor token in its tables")
  func tables() async throws {
    let station = try await station()
    let token = try await signIn(station)
    let queue = try DatabaseQueue(path: station.folder.database)
    let text = try await queue.read { database in
      try ["accounts", "sessions"].map { table in
        try Row.fetchAll(database, sql: "SELECT * FROM \(table)").map(\.description).joined()
      }.joined()
    }
    #expect(!text.contains(Self.password) && !text.contains(token.text))
  }
}
