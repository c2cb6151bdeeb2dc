import Exchange
import Journal
import Labels
import Ledger
import Registry
import StationServer
import TestSupport
import Testing

@Suite("A station that was restored, copied or lost")
struct RecoveryTests {
  private let host: HostFixture
  private let maker: FactMaker

  init() throws {
    host = try HostFixture()
    maker = try FactMaker("TT1")
  }

  /// A station with three items that the host has heard of.
  private func enrolledMachine() async throws -> Machine {
    let machine = try Machine()
    try await machine.record([maker.description()])
    for serial in 1...3 { try await machine.record([maker.registration(maker.item(serial))]) }
    try await machine.enrol(at: host)
    try await machine.pass(to: host)
    return machine
  }

  private func lend(_ serial: Int, at machine: Machine) async throws {
    try await machine.record([maker.checkout(maker.item(serial))])
  }

  /// Expects that host and station tell the same story, each act once, with nothing left to send.
  private func expectAgreement(of machine: Machine, with host: HostFixture) async throws {
    #expect(try await machine.journal.verify().problems == [])
    #expect(try await host.registry.verify().problems == [])
    #expect(try await machine.journal.pendingCount() == 0)
    let (theirs, ours) = (try await host.operations(), try await machine.journal.operations())
    #expect(Set(theirs).count == theirs.count && Set(ours).count == ours.count)
    #expect(Set(theirs) == Set(ours))
    let balances = try await machine.journal.read { try $0.balances() }
    #expect(try await host.registry.overview().balances == balances)
  }

  @Test("takes the host's history and carries its own over, after a restored backup")
  func restoredBackup() async throws {
    let machine = try await enrolledMachine()
    let backup = try Machine(copyOf: machine)
    try await lend(1, at: machine)
    try await lend(2, at: machine)
    try await machine.pass(to: host)

    try await lend(3, at: backup)
    try await backup.record([maker.reading(4)])
    let report = try await backup.pass(to: host)
    #expect(report.recoveryCount == 1)
    #expect(try await backup.journal.epoch().number == 2)
    #expect(try await host.epochs() == [.succeeded, nil])
    #expect(try await host.operations().count == 8)
    try await expectAgreement(of: backup, with: host)
    // It goes on as any station does.
    try await lend(3, at: backup)
    #expect(try await backup.pass(to: host).recoveryCount == 0)
    try await expectAgreement(of: backup, with: host)
  }

  @Test("is found at the first contact even where nothing new was recorded")
  func amnesia() async throws {
    let machine = try await enrolledMachine()
    let backup = try Machine(copyOf: machine)
    try await lend(1, at: machine)
    try await machine.pass(to: host)
    #expect(try await backup.pass(to: host).recoveryCount == 1)
    #expect(try await backup.journal.operations().count == 5)
    try await expectAgreement(of: backup, with: host)
  }

  @Test("of two copies of a disk, lets the one that comes back go on, and stops the other")
  func clone() async throws {
    let original = try await enrolledMachine()
    let copy = try Machine(copyOf: original)
    try await lend(1, at: original)
    try await original.pass(to: host)
    try await lend(2, at: copy)
    #expect(try await copy.pass(to: host).recoveryCount == 1)
    try await expectAgreement(of: copy, with: host)

    try await lend(3, at: original)
    for _ in 1...2 { try await expectRefusal("superseded") { try await original.pass(to: host) } }
    let kept = try await host.registry.quarantine()
    #expect(kept.count == 1 && kept.events.map(\.reason) == [.succeeded])
    #expect(try await original.journal.pendingCount() == 1)

    // One command, and nothing of what was recorded there is lost.
    let report = try await original.enrol(at: host)
    #expect(report.epoch.number == 3)
    try await original.pass(to: host)
    try await expectAgreement(of: original, with: host)
    #expect(try await host.operations().count == 7)
    #expect(try await host.epochs() == [.succeeded, .replaced, nil])
    // The other one is told so even with nothing to send.
    try await expectRefusal("superseded") { try await copy.pass(to: host) }
  }

  @Test("tells no act twice where what was kept aside is released before it brings it again")
  func releasedThenBrought() async throws {
    let (original, station) = try await superseded()
    #expect(try await release(station) == 1)
    let before = try await host.operations()
    try await original.enrol(at: host)
    try await original.pass(to: host)
    try await expectAgreement(of: original, with: host)
    let operations = try await host.operations()
    #expect(Set(operations).count == operations.count && operations.count == before.count)
  }

  @Test("tells no act twice where it has brought again what somebody would release")
  func broughtThenReleased() async throws {
    let (original, station) = try await superseded()
    try await original.enrol(at: host)
    try await original.pass(to: host)
    let leaf = try await host.registry.quarantineLeaf(of: station, epoch: .first, limit: 5)
    #expect(leaf.cameAgain.count == 1)
    let again = try #require(leaf.cameAgain.values.first)
    await #expect(throws: QuarantineError.cameAgain(again)) {
      try await release(station)
    }
    try await expectAgreement(of: original, with: host)
  }

  @Test("does no act twice where it is released while the machine is bringing it again")
  func releasedWhileBrought() async throws {
    let (original, station) = try await superseded()
    try await original.enrol(at: host)
    #expect(try await release(station) == 1)
    try await original.pass(to: host)
    #expect(try await original.journal.pendingCount() == 0)
    #expect(try await original.journal.verify().problems == [])
    // The host keeps both events of the act, and has done it once.
    let balances = try await original.journal.read { try $0.balances() }
    #expect(try await host.registry.overview().balances == balances)
    #expect(try await host.registry.conflicts(ConflictFilter(), limit: 5).conflicts.isEmpty)
    #expect(try await host.registry.verify().problems == [])
  }

  @Test("in use, takes what an earlier machine had sent and somebody has released")
  func releasedToMachineInUse() async throws {
    let original = try await enrolledMachine()
    let inUse = try Machine()
    try await inUse.enrol(at: host)
    try await inUse.record([maker.reading(3)])
    try await inUse.pass(to: host)
    for serial in 1...2 { try await lend(serial, at: original) }
    try await expectRefusal("superseded") { try await original.pass(to: host) }
    #expect(try await inUse.pass(to: host).releasedCount == 0)
    #expect(try await release(original.journal.station) == 2)
    try await inUse.record([maker.checkin(maker.item(1))])
    #expect(try await inUse.pass(to: host).releasedCount == 2)
    try await expectAgreement(of: inUse, with: host)
    #expect(try await inUse.pass(to: host).releasedCount == 0)
    #expect(try await host.registry.conflicts(ConflictFilter(), limit: 5).conflicts.isEmpty)
  }

  /// Takes all that was kept aside of a station's first epoch into the books.
  @discardableResult
  private func release(_ station: StationID) async throws -> Int {
    let leaf = try await host.registry.quarantineLeaf(of: station, epoch: .first, limit: 100)
    let last = try #require(leaf.events.last?.event)
    return try await host.registry.release(
      station,
      through: Position(epoch: .first, sequence: last.event.sequence, hash: last.hash),
      because: "Máy thật.", by: "dieu-phoi")
  }

  /// A machine whose place another one has taken, after which it has sent one event more.
  private func superseded() async throws -> (Machine, StationID) {
    let original = try await enrolledMachine()
    try await Machine().enrol(at: host)
    try await lend(1, at: original)
    try await expectRefusal("superseded") { try await original.pass(to: host) }
    return (original, original.journal.station)
  }

  @Test("that lost its disk gets its events back on a new machine")
  func lostDisk() async throws {
    let machine = try await enrolledMachine()
    try await lend(1, at: machine)
    try await machine.pass(to: host)
    let replacement = try Machine()
    try await replacement.record([maker.reading(2)])
    let report = try await replacement.enrol(at: host)
    #expect(report.epoch.number == 2 && report.historyCount == 5)
    try await replacement.pass(to: host)
    try await expectAgreement(of: replacement, with: host)
    #expect(try await host.operations().count == 6)
  }

  @Test("keeps an alias of an item through the recovery")
  func aliases() async throws {
    let machine = try await enrolledMachine()
    let backup = try Machine(copyOf: machine)
    try await lend(1, at: machine)
    try await machine.pass(to: host)
    let item = try maker.item(7)
    try await backup.record([
      maker.registration(item), .labelReplaced(.item(item, label: "OLD-7")),
    ])
    #expect(try await backup.pass(to: host).recoveryCount == 1)
    #expect(try await backup.journal.read { try $0.item(alias: "OLD-7") } == item)
    try await expectAgreement(of: backup, with: host)
  }

  @Test("recovers wherever the link breaks on the way", arguments: 0..<10, [false, true])
  func brokenLink(after count: Int, losingAnswer: Bool) async throws {
    let machine = try await enrolledMachine()
    let backup = try Machine(copyOf: machine)
    for serial in 1...3 { try await lend(serial, at: machine) }
    try await machine.pass(to: host)
    try await backup.record([maker.reading(1)])
    let link = BreakingLink(RegistryLink(host), after: count, losingAnswer: losingAnswer)
    _ = try? await backup.pass(over: link, pinning: host.registry.verifyingKey)
    try await backup.record([maker.reading(2)])
    try await backup.pass(to: host)
    try await expectAgreement(of: backup, with: host)
    #expect(try await host.operations().count == 9)
    #expect(try await backup.journal.epoch().number == 2)
  }

  @Test("is enrolled wherever the link breaks on the way", arguments: 0..<6, [false, true])
  func brokenEnrolment(after count: Int, losingAnswer: Bool) async throws {
    _ = try await enrolledMachine()
    let replacement = try Machine()
    try await replacement.record([maker.reading(2)])
    let code = try await host.registry.invite(maker.library)
    let link = BreakingLink(RegistryLink(host), after: count, losingAnswer: losingAnswer)
    _ = try? await replacement.enrol(at: host, with: code, over: link)
    try await replacement.enrol(at: host, with: code)
    try await replacement.pass(to: host)
    try await expectAgreement(of: replacement, with: host)
    #expect(try await host.epochs() == [.replaced, nil])
  }

  @Test("offers everything again to a host that was restored, through all its epochs")
  func restoredHost() async throws {
    let machine = try await enrolledMachine()
    let backup = try host.backup()
    try await lend(1, at: machine)
    try await machine.pass(to: host)
    _ = try await KeyRotation(journal: machine.journal, keys: machine.keys).rotate()
    try await lend(2, at: machine)
    try await machine.pass(to: host)
    try await expectAgreement(of: machine, with: host)
    let restored = try HostFixture(restoring: backup)
    let report = try await machine.pass(to: restored)
    #expect(report.newCount == 3 && report.recoveryCount == 0)
    try await expectAgreement(of: machine, with: restored)
  }

  @Test("gets a new key under which it goes on, signed by the old one")
  func rotation() async throws {
    let machine = try await enrolledMachine()
    let old = try machine.keys.key(of: .first).verifyingKey
    for _ in 1...3 {
      let epoch = try await KeyRotation(journal: machine.journal, keys: machine.keys).rotate()
      #expect(try machine.keys.key(of: epoch).verifyingKey != old)
      try await machine.record([maker.reading(1)])
    }
    try await machine.pass(to: host)
    #expect(try await host.epochs() == [.succeeded, .succeeded, .succeeded, nil])
    try await expectAgreement(of: machine, with: host)
  }

  @Test("whose key was revoked has its events kept aside, and goes on with a new code")
  func revocation() async throws {
    let machine = try await enrolledMachine()
    try await lend(1, at: machine)
    try await machine.pass(to: host)
    let last = try await host.registry.revoke(machine.journal.station, lastTrusted: 4)
    #expect(last.sequence == 4)
    try await lend(2, at: machine)
    try await expectRefusal("revoked") { try await machine.pass(to: host) }
    #expect(try await host.registry.quarantine().count == 1)
    #expect(try await host.registry.overview().conflicts.map(\.name) == ["after-revocation"])

    try await machine.enrol(at: host)
    try await machine.pass(to: host)
    try await expectAgreement(of: machine, with: host)
    #expect(try await host.operations().count == 6)
    #expect(try await host.epochs() == [.revoked, nil])
  }

  private func expectRefusal(
    _ name: String, _ work: () async throws -> UplinkReport
  ) async throws {
    await #expect {
      _ = try await work()
    } throws: { error in
      guard case UplinkError.refused(_, let message) = error else { return false }
      return message.error == name && !UplinkError.refused(status: 409, message).isTemporary
    }
  }
}
