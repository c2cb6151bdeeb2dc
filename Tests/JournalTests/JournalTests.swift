import Circulation
import Desk
import Foundation
import GRDB
import Journal
import Labels
import Ledger
import TestSupport
import Testing

@Suite struct JournalTests {
  private let item = "TT1.TN.00001-".appending(check: "TT1TN00001")
  private let card = "P.TT1.00001-".appending(check: "PTT100001")

  private func checkout() -> DeskRequest {
    .checkout(item: item, card: card, overrideReason: nil)
  }

  @Test("waits for the disk at every commit: synchronous is FULL")
  func synchronousFull() async throws {
    let station = try await StationFixture()
    #expect(try await station.journal.synchronousLevel() == 2)
    let reopened = try station.reopened()
    #expect(try await reopened.journal.synchronousLevel() == 2)
  }

  @Test("finds everything again after it was closed without a word")
  func reopens() async throws {
    let station = try await StationFixture()
    let outcome = try await station.perform(checkout())
    let reopened = try station.reopened()
    let head = try await reopened.journal.head()
    #expect(head.sequence == outcome.event.sequence)
    #expect(try await reopened.journal.event(of: outcome.event.operation) == outcome.event)
    #expect(try await reopened.journal.verify().problems == [])
  }

  @Test("answers a repeated operation with its first event and does nothing")
  func repeats() async throws {
    let station = try await StationFixture()
    let operation = StationFixture.operation()
    let first = try await station.desk.perform(checkout(), as: operation)
    station.clock.advance(days: 3)
    let second = try await station.desk.perform(checkout(), as: operation)
    #expect(second.isRepeat)
    #expect(second.event == first.event)
    #expect(try await station.journal.head().sequence == first.event.sequence)
  }

  @Test("refuses an operation's name that was used for something else")
  func reused() async throws {
    let station = try await StationFixture()
    let operation = StationFixture.operation()
    _ = try await station.desk.perform(checkout(), as: operation)
    await #expect(throws: JournalError.operationReused) {
      try await station.desk.perform(.checkin(item: item), as: operation)
    }
  }

  @Test("lends one item once, however many desks ask at the same moment")
  func concurrentCheckouts() async throws {
    let station = try await StationFixture()
    let cards = [card, "P.TT1.00002-".appending(check: "PTT100002")]
    let lent = await withTaskGroup(of: Bool.self) { group in
      for index in 0..<40 {
        group.addTask {
          let request = DeskRequest.checkout(
            item: item, card: cards[index % 2], overrideReason: nil)
          return (try? await station.perform(request)) != nil
        }
      }
      return await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
    }
    #expect(lent == 1)
    #expect(try await station.journal.verify().problems == [])
  }

  @Test("records to the end even when the caller has gone away")
  func cancellation() async throws {
    let station = try await StationFixture()
    let operation = StationFixture.operation()
    let task = Task { try await station.desk.perform(checkout(), as: operation) }
    task.cancel()
    _ = await task.result
    let again = try await station.desk.perform(checkout(), as: operation)
    #expect(again.event.operation == operation.id)
    #expect(try await station.journal.verify().problems == [])
  }

  @Test(
    "lets nobody change or delete an event",
    arguments: ["UPDATE events SET bytes = x'00'", "DELETE FROM events"])
  func immutable(sql: String) async throws {
    let station = try await StationFixture()
    try StoreTamperer.open(station.folder) { database in
      #expect(throws: DatabaseError.self) { try database.execute(sql: sql) }
    }
  }

  @Test("keeps the order of events when the clock is set back")
  func clockSetBack() async throws {
    let station = try await StationFixture()
    let first = try await station.perform(checkout())
    station.clock.setWall(milliseconds: 0)
    let second = try await station.perform(.checkin(item: item))
    #expect(second.event.sequence == first.event.sequence + 1)
    #expect(second.event.moment.wallMilliseconds == 0)
    #expect(try await station.journal.verify().problems == [])
  }

  @Test("imports all of a list or none of it")
  func importsWhole() async throws {
    let station = try await StationFixture()
    let before = try await station.journal.head()
    let record = try #require(RecordID("TT.9"))
    let title = BibliographicRecord(id: record, title: "Kính vạn hoa", kind: .children)
    let id = StationFixture.operation().id
    let count = try await station.journal.recordAll([
      (id, .recordDescribed(title)), (id, .recordDescribed(title)),
    ])
    #expect(count == 1)
    #expect(try await station.journal.head().sequence == before.sequence + 1)
  }

  @Test("records nothing that could not be read back")
  func unrecordable() async throws {
    let station = try await StationFixture()
    let before = try await station.journal.head()
    let record = try #require(RecordID("TT.9"))
    let title = BibliographicRecord(
      id: record, title: String(repeating: "x", count: 2_000), kind: .children)
    await #expect(throws: JournalError.unrecordable(.tooLong(limit: FactLimits.title))) {
      try await station.journal.recordAll([
        (StationFixture.operation().id, .recordDescribed(title))
      ])
    }
    #expect(try await station.journal.head() == before)
  }

  @Test("keeps no name and no card number in the clear among the events")
  func noNamesInEvents() async throws {
    let station = try await StationFixture()
    _ = try await station.perform(checkout())
    let range = try await station.journal.events(
      after: .start(of: station.journal.station, epoch: .first), countLimit: 10_000,
      byteLimit: 1 << 24)
    let bytes = range.events.joined()
    for secret in ["P.TT1.00001", "Nguyễn", "Hoa"] {
      #expect(!bytes.contains(secret))
    }
    try station.journal.close()
    let file = try Data(contentsOf: URL(fileURLWithPath: station.folder.database))
    for secret in ["Nguyễn Thị Hoa", "Trần Văn Đức"] { #expect(!file.contains(secret)) }
  }

  @Test("unlinks a patron from the chain when the salt is erased, and every hash still holds")
  func erasure() async throws {
    let station = try await StationFixture()
    let outcome = try await station.perform(checkout())
    #expect(outcome.patron?.loans.count == 1)
    try StoreTamperer.open(station.folder) { try $0.execute(sql: "DELETE FROM salts") }
    #expect(try await station.journal.verify().problems == [])
    let cardNumber = try CardNumber(label: card)
    #expect(try await station.journal.read { try $0.loans(of: cardNumber) }.isEmpty)
  }

  @Test("gives the events after any position and never less than one")
  func ranges() async throws {
    let station = try await StationFixture()
    let head = try await station.journal.head()
    var position = Position.start(of: station.journal.station, epoch: .first)
    while position != head {
      let range = try await station.journal.events(
        after: position, countLimit: 3, byteLimit: 1)
      #expect(range.events.count == 1)
      #expect(range.end.sequence == position.sequence + 1)
      position = range.end
    }
    let rest = try await station.journal.events(after: head, countLimit: 3, byteLimit: 1)
    #expect(rest.events.isEmpty && rest.end == head)
  }

  @Test("keeps the newest receipt")
  func receipts() async throws {
    let station = try await StationFixture()
    let head = try await station.journal.head()
    #expect(try await station.journal.pendingCount() == head.sequence)
    try await station.journal.acknowledge(head, receipt: [1])
    try await station.journal.acknowledge(
      .start(of: station.journal.station, epoch: .first), receipt: [2])
    #expect(try await station.journal.acknowledged() == head)
    #expect(try await station.journal.pendingCount() == 0)
    #expect(try await station.journal.verify().problems == [])
  }
}

@Suite struct OpeningTests {
  @Test("names a folder that holds no station, and one that holds one already")
  func folders() async throws {
    let empty = DataFolder(path: NSTemporaryDirectory() + UUID().uuidString)
    #expect(throws: JournalError.noStation(folder: empty.path)) { try Journal(folder: empty) }
    let station = try await StationFixture()
    #expect(throws: JournalError.stationExists(folder: station.folder.path)) {
      try Journal.create(
        in: station.folder, station: station.journal.station, libraryName: "x")
    }
  }

  @Test("leaves a store of a newer version alone")
  func newerVersion() async throws {
    let station = try await StationFixture()
    try StoreTamperer.open(station.folder) { try $0.execute(sql: "PRAGMA user_version = 99") }
    #expect(throws: JournalError.newerVersion(found: 99, known: 11)) { try station.reopened() }
  }

  @Test("refuses a file that is no database")
  func garbage() async throws {
    let station = try await StationFixture()
    try station.journal.close()
    for suffix in ["-wal", "-shm"] {
      try? FileManager.default.removeItem(atPath: station.folder.database + suffix)
    }
    try Data(repeating: 0x41, count: 8_192).write(
      to: URL(fileURLWithPath: station.folder.database))
    #expect(throws: JournalError.self) { try station.reopened() }
  }

  @Test("lets one process serve a folder at a time")
  func lock() async throws {
    let station = try await StationFixture()
    let lock = try FolderLock(station.folder)
    #expect(throws: JournalError.inUse(folder: station.folder.path)) {
      try FolderLock(station.folder)
    }
    withExtendedLifetime(lock) {}
  }

  @Test("refuses a key file that is missing, short or open to others")
  func keyFiles() async throws {
    let station = try await StationFixture()
    let path = station.folder.namesKey
    try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: path)
    #expect(throws: JournalError.badKeyFile(path)) { try station.reopened() }
    try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
    _ = try station.reopened()
    try Data([1, 2, 3]).write(to: URL(fileURLWithPath: path))
    #expect(throws: JournalError.badKeyFile(path)) { try station.reopened() }
    try FileManager.default.removeItem(atPath: path)
    #expect(throws: JournalError.badKeyFile(path)) { try station.reopened() }
  }
}

@Suite struct VerificationTests {
  @Test("passes a store as it stands, and counts what is there")
  func passes() async throws {
    let station = try await StationFixture()
    let result = try await station.journal.verify()
    #expect(result.problems == [])
    #expect(result.itemCount == 14)
    #expect(result.balances == ["outside": -14, "shelf:TT1": 14])
  }

  @Test(
    "says where a changed projection parts from the events",
    arguments: [
      ("UPDATE items SET place = 'missing:TT1' WHERE id = 'TT1.TN.00002'", "item TT1.TN.00002"),
      ("UPDATE items SET version = 9 WHERE id = 'TT1.TN.00002'", "item TT1.TN.00002"),
      ("UPDATE items SET accession = 'TN.9' WHERE id = 'TT1.TN.00002'", "item TT1.TN.00002"),
      ("DELETE FROM items WHERE id = 'TT1.TN.00002'", "item TT1.TN.00002"),
      ("UPDATE balances SET items = 13 WHERE place = 'shelf:TT1'", "place shelf:TT1"),
      ("INSERT INTO balances VALUES ('shelf:XX', 2)", "custody"),
      ("UPDATE records SET title = 'x' WHERE id = 'TT.1'", "record TT.1"),
      ("INSERT INTO readings VALUES (20710, '3B', 'TN', 5)", "on-site readings"),
      ("INSERT INTO discrepancies VALUES (1, 1, 'unknown-item', NULL)", "discrepancy"),
      ("INSERT INTO receipts VALUES (1, 999, zeroblob(32), x'00')", "receipt"),
    ])
  func projections(sql: String, expected: String) async throws {
    let station = try await StationFixture()
    try StoreTamperer.open(station.folder) { try $0.execute(sql: sql) }
    let problems = try await station.journal.verify().problems
    #expect(problems.contains { $0.contains(expected) }, "\(problems)")
  }

  @Test(
    "says which event was changed, taken out or put in",
    arguments: [
      "UPDATE events SET bytes = zeroblob(length(bytes)) WHERE sequence = 3",
      "UPDATE events SET hash = zeroblob(32) WHERE sequence = 3",
      "UPDATE events SET sequence = 999 WHERE sequence = 3",
      "DELETE FROM events WHERE sequence = 3",
    ])
  func chain(sql: String) async throws {
    let station = try await StationFixture()
    try StoreTamperer.open(station.folder) { database in
      try database.execute(sql: "DROP TRIGGER events_are_not_changed")
      try database.execute(sql: "DROP TRIGGER events_are_not_deleted")
      try database.execute(sql: sql)
    }
    let problems = try await station.journal.verify().problems
    #expect(problems.contains { $0.contains("1.3") || $0.contains("1.4") }, "\(problems)")
  }
}

/// Changes a store behind the journal's back.
enum StoreTamperer {
  static func open(_ folder: DataFolder, _ body: @Sendable (Database) throws -> Void) throws {
    let queue = try DatabaseQueue(path: folder.database)
    try queue.writeWithoutTransaction(body)
    try queue.close()
  }
}

extension String {
  fileprivate func appending(check text: String) -> String {
    self + String(Mod37_36.checkCharacter(for: text))
  }

  fileprivate var withLuhn: String {
    let digits = String(prefix(13))
    return digits + String(Mod10.checkDigit(for: digits))
  }
}

extension Collection<UInt8> {
  fileprivate func contains(_ text: String) -> Bool {
    Data(self).range(of: Data(text.utf8)) != nil
  }
}
