import Circulation
import Desk
import Foundation
import Journal
import Labels
import Ledger
import TestSupport
import Testing

@Suite("One child's data")
struct PrivacyTests {
  private static func operation() -> OperationID { StationFixture.operation().id }

  private func cardNumber(_ serial: Int = 1) throws -> CardNumber {
    try CardNumber(library: LibraryCode("TT1"), serial: serial)
  }

  private func lendAndReturn(_ item: String, at station: StationFixture) async throws {
    let label = try ItemID(item).label
    try await station.perform(
      .checkout(item: label, card: try cardNumber().label, overrideReason: nil))
    try await station.perform(.checkin(item: label))
  }

  @Test("is told whole: name, class, consents, loans and why a rule was overridden")
  func export() async throws {
    let station = try await StationFixture()
    try await lendAndReturn("TT1.TN.00001", at: station)
    try await station.perform(
      .checkout(
        item: try ItemID("TT1.STK.00001").label, card: try cardNumber().label,
        overrideReason: "Em Hoa cần cho bài tập"))
    try await station.journal.recordConsent(
      of: try cardNumber(), to: "2026-09", by: .parent, as: Self.operation())
    let card = try cardNumber()
    let data = try await station.journal.read { try $0.data(of: card) }
    #expect(data.name == "Nguyễn Thị Hoa")
    #expect(data.patron.schoolClass?.text == "3B")
    #expect(data.consents.map(\.version) == ["2026-09"])
    #expect(data.acts.count == 2)
    #expect(data.acts.last?.reason == "Em Hoa cần cho bài tập")
  }

  @Test("is erased so that the chain still verifies and nobody can tell who had the book")
  func erase() async throws {
    let station = try await StationFixture()
    try await lendAndReturn("TT1.TN.00001", at: station)
    let head = try await station.journal.head()
    #expect(try await station.journal.erase(try cardNumber(), as: Self.operation()) == 1)
    #expect(try await station.journal.head() == head)
    #expect(try await station.journal.verify().problems == [])
    let card = try cardNumber()
    await #expect(throws: PrivacyError.unknownCard) {
      try await station.journal.read { try $0.data(of: card) }
    }
    await #expect(throws: PrivacyError.unknownCard) {
      try await station.journal.erase(card, as: Self.operation())
    }
  }

  @Test("is in the files as sealed bytes alone: no name, no reason and no note in the clear")
  func sealed() async throws {
    let station = try await StationFixture()
    let item = try ItemID("TT1.STK.00001").label
    try await station.perform(
      .checkout(item: item, card: try cardNumber().label, overrideReason: "Hoa ốm, đọc ở nhà"))
    try await station.perform(.note(item: item, condition: nil, text: "Hoa làm rách bìa"))
    for suffix in ["", "-wal"] {
      let file = URL(filePath: station.folder.database + suffix)
      let bytes = (try? Data(contentsOf: file)) ?? Data()
      for secret in ["Nguyễn Thị Hoa", "Trần Văn Đức", "Hoa ốm", "Hoa làm rách"] {
        #expect(!bytes.contains(Data(secret.utf8)), "\(secret) in the file\(suffix)")
      }
    }
  }

  @Test("leaves no salt and no card in the file or its log once it is erased")
  func overwritten() async throws {
    let station = try await StationFixture()
    try await lendAndReturn("TT1.TN.00001", at: station)
    let card = try CardNumber(library: LibraryCode("TT1"), serial: 777)
    try await station.perform(
      .replaceCard(card: try cardNumber().label, newCard: card.label))
    func bytes() -> Data {
      ["", "-wal"].reduce(into: Data()) {
        $0 += (try? Data(contentsOf: URL(filePath: station.folder.database + $1))) ?? Data()
      }
    }
    #expect(bytes().contains(Data(card.text.utf8)))
    try await station.journal.erase(try cardNumber(), as: Self.operation())
    #expect(!bytes().contains(Data(card.text.utf8)))
  }

  @Test("is not erased while the child has a book, and then nothing is")
  func openLoan() async throws {
    let station = try await StationFixture()
    try await station.perform(
      .checkout(
        item: try ItemID("TT1.TN.00001").label, card: try cardNumber().label, overrideReason: nil))
    await #expect(throws: PrivacyError.openLoans(1)) {
      try await station.journal.erase(try cardNumber(), as: Self.operation())
    }
    let card = try cardNumber()
    #expect(try await station.journal.read { try $0.data(of: card) }.acts.count == 1)
  }

  @Test("is unlinked from closed loans after the school year, but not from a book still out")
  func unlink() async throws {
    let station = try await StationFixture()
    try await lendAndReturn("TT1.TN.00001", at: station)
    try await station.perform(
      .checkout(
        item: try ItemID("TT1.TN.00002").label, card: try cardNumber(2).label, overrideReason: nil))
    let (first, second) = (try cardNumber(), try cardNumber(2))
    #expect(try await station.journal.unlinkClosedLoans(before: SchoolYear(start: 2026)) == 0)
    #expect(try await station.journal.unlinkClosedLoans(before: SchoolYear(start: 2027)) == 1)
    #expect(try await station.journal.read { try $0.data(of: first) }.acts.isEmpty)
    #expect(try await station.journal.read { try $0.data(of: second) }.acts.count == 1)
    #expect(try await station.journal.verify().problems == [])
  }

  @Test("has a consent by version and by giver, and its end when it is taken back")
  func consents() async throws {
    let station = try await StationFixture()
    let card = try cardNumber()
    let journal = station.journal
    try await journal.recordConsent(of: card, to: "2026-09", by: .parent, as: Self.operation())
    try await journal.recordConsent(of: card, to: "2026-09", by: .patron, as: Self.operation())
    try await journal.withdrawConsent(of: card, to: "2026-09", by: .parent, as: Self.operation())
    await #expect(throws: PrivacyError.noSuchConsent) {
      try await journal.withdrawConsent(of: card, to: "2027-01", by: .parent, as: Self.operation())
    }
    let new = try cardNumber(555)
    try await station.perform(.replaceCard(card: card.label, newCard: new.label))
    try await journal.recordConsent(of: new, to: "2027-09", by: .parent, as: Self.operation())
    try await journal.withdrawConsent(of: new, to: "2027-09", by: .parent, as: Self.operation())
    let kept = try await journal.read { try $0.consents(of: card) }
      .filter { $0.version == "2026-09" }
    #expect(kept.count == 2)
    #expect(kept.filter { $0.withdrawnMilliseconds != nil }.map(\.giver) == [.parent])
    await #expect(throws: PrivacyError.badVersion) {
      try await journal.recordConsent(of: card, to: "", by: .parent, as: Self.operation())
    }
  }

  @Test("is not agreed to again by a request that comes late")
  func lateConsent() async throws {
    let station = try await StationFixture()
    let (card, journal, given) = (try cardNumber(), station.journal, Self.operation())
    try await journal.recordConsent(of: card, to: "2026-09", by: .parent, as: given)
    try await journal.withdrawConsent(of: card, to: "2026-09", by: .parent, as: Self.operation())
    try await journal.recordConsent(of: card, to: "2026-09", by: .parent, as: given)
    let kept = try await journal.read { try $0.consents(of: card) }
    #expect(kept.map { $0.withdrawnMilliseconds != nil } == [true])
  }

  @Test("is erased once, and a repeat is told the same; the name serves for nothing else")
  func erasedOnce() async throws {
    let station = try await StationFixture()
    try await lendAndReturn("TT1.TN.00001", at: station)
    let (card, journal, name) = (try cardNumber(), station.journal, Self.operation())
    #expect(try await journal.erase(card, as: name) == 1)
    #expect(try await journal.erase(card, as: name) == 1)
    await #expect(throws: JournalError.operationReused) {
      try await journal.unlinkClosedLoans(before: SchoolYear(start: 2026), as: name)
    }
  }
}
