import Circulation
import Desk
import Foundation
import Journal
import Labels
import Ledger
import TestSupport
import Testing

@Suite("Putting right")
struct CorrectionTests {
  private let station: StationFixture
  private let item: ItemID
  private let card: String

  init() async throws {
    station = try await StationFixture()
    item = try ItemID("TT1.TN.00001")
    card = try CardNumber(library: LibraryCode("TT1"), serial: 1).label
  }

  private func holding(_ item: ItemID) async throws -> Holding? {
    try await station.journal.read { try $0.holding(item) }
  }

  private func lend() async throws -> Outcome {
    try await station.perform(.checkout(item: item.label, card: card, overrideReason: nil))
  }

  @Test("takes each act back to exactly the state before it, and keeps both on record")
  func undo() async throws {
    let shelved = try await holding(item)
    let lent = try await lend()
    try await expectUndone(lent, restores: shelved)
    _ = try await lend()
    station.clock.advance(days: 1)
    let onLoan = try await holding(item)
    let renewed = try await station.perform(.renew(item: item.label, overrideReason: nil))
    try await expectUndone(renewed, restores: onLoan)
    let returned = try await station.perform(.checkin(item: item.label))
    try await expectUndone(returned, restores: onLoan)
    let lost = try await station.perform(.reportLost(item: item.label))
    try await expectUndone(lost, restores: onLoan)
    #expect(try await station.journal.head().sequence > lost.event.sequence)
    #expect(try await station.journal.verify().problems == [])
  }

  private func expectUndone(_ act: Outcome, restores before: Holding?) async throws {
    let outcome = try await station.perform(.undo(operation: act.event.operation))
    #expect(outcome.item?.item == item)
    let after = try await holding(item)
    #expect(after?.place == before?.place)
    #expect(after?.loan == before?.loan)
  }

  @Test("takes an act back once, and not after something else happened to the item")
  func undoRefused() async throws {
    let lent = try await lend()
    let returned = try await station.perform(.checkin(item: item.label))
    await #expect(throws: Refusal.movedSince(item)) {
      try await station.perform(.undo(operation: lent.event.operation))
    }
    try await station.perform(.undo(operation: returned.event.operation))
    await #expect(throws: Refusal.alreadyUndone) {
      try await station.perform(.undo(operation: returned.event.operation))
    }
    await #expect(throws: Refusal.nothingToUndo) {
      try await station.perform(.undo(operation: StationFixture.operation().id))
    }
    await #expect(throws: Refusal.notUndoable) {
      try await station.perform(.undo(operation: OperationID(high: 7, low: 1)))
    }
  }

  @Test("answers a repeated undo with the same event")
  func undoRepeated() async throws {
    let lent = try await lend()
    let operation = StationFixture.operation()
    let request = DeskRequest.undo(operation: lent.event.operation)
    let first = try await station.desk.perform(request, as: operation)
    let second = try await station.desk.perform(request, as: operation)
    #expect(second.isRepeat && second.event == first.event)
  }

  @Test("takes readings back out of the count, and only once")
  func undoReading() async throws {
    let reading = DeskRequest.readOnSite(item: nil, kind: .map, schoolClass: "3B", count: 5)
    let first = try await station.perform(reading)
    let second = try await station.perform(reading)
    try await station.perform(.undo(operation: first.event.operation))
    #expect(try await station.desk.state().readingsToday == 5)
    await #expect(throws: Refusal.alreadyUndone) {
      try await station.perform(.undo(operation: first.event.operation))
    }
    try await station.perform(.undo(operation: second.event.operation))
    #expect(try await station.desk.state().readingsToday == 0)
    #expect(try await station.journal.verify().problems == [])
  }

  @Test("notes a condition for all and words for the librarian alone, sealed")
  func note() async throws {
    let outcome = try await station.perform(
      .note(item: item.label, condition: .damaged, text: "Bìa rách, bạn Hoa báo"))
    #expect(outcome.item?.condition == .damaged)
    #expect(Data(outcome.event.encoded).range(of: Data("Hoa".utf8)) == nil)
    let item = item
    let notes = try await station.journal.read { try $0.notes(on: item) }
    #expect(notes.map(\.text) == ["Bìa rách, bạn Hoa báo"])
    let file = try Data(contentsOf: URL(filePath: station.folder.database))
    #expect(file.range(of: Data("bạn Hoa".utf8)) == nil)
    await #expect(throws: DeskError.emptyNote) {
      try await station.perform(.note(item: item.label, condition: nil, text: "  "))
    }
    await #expect(throws: DeskError.noteTooLong(limit: 1_000)) {
      let long = String(repeating: "đ", count: 600)
      try await station.perform(.note(item: item.label, condition: nil, text: long))
    }
    #expect(try await station.journal.verify().problems == [])
  }

  @Test("records an unknown item as found, of the library on its label or of the one chosen")
  func discovery() async throws {
    let foreign = try ItemID("TT.STK.00077")
    let read = try await station.perform(
      .registerFound(item: foreign.label, homeLibrary: nil))
    #expect(read.item?.place == .shelf(station.desk.library))
    #expect(read.item?.item == foreign)
    let chosen = try await station.perform(
      .registerFound(item: "STK.00078", homeLibrary: "TT"))
    #expect(chosen.item?.item.text == "TT.STK.00078")
    await #expect(throws: Refusal.alreadyRegistered(item)) {
      try await station.perform(.registerFound(item: item.label, homeLibrary: nil))
    }
    await #expect(throws: DeskError.badLibrary("?")) {
      try await station.perform(.registerFound(item: "STK.00079", homeLibrary: "?"))
    }
    await #expect(throws: DeskError.numberNeeded) {
      try await station.perform(.registerFound(item: "31234000123453", homeLibrary: nil))
    }
    _ = try await station.perform(
      .checkout(item: foreign.label, card: card, overrideReason: nil))
    #expect(try await station.journal.verify().problems == [])
  }

  @Test("lends a copy whose title nobody has told of by the kind that its register is for")
  func unknownTitle() async throws {
    for (number, kind) in [("BC.00012", MaterialKind.periodical), ("BTC.00012", .periodical)] {
      let paper = try ItemID("TT.\(number)")
      let found = try await station.perform(
        .registerFound(item: paper.label, homeLibrary: nil))
      #expect(found.item?.kind == kind)
      await #expect(throws: Refusal.onSiteOnly(paper)) {
        try await station.perform(
          .checkout(item: paper.label, card: card, overrideReason: nil))
      }
    }
  }

  @Test("finds an item by its old label and its new one, with its history")
  func newLabel() async throws {
    _ = try await lend()
    let new = try ItemID("TT1.TN.00901")
    try await station.perform(.replaceLabel(item: item.label, label: "TN.00901"))
    for text in [item.label, new.label, "TN.00901"] {
      guard case .item(let found) = try await station.desk.recognise(ScannedCode(text: text))
      else {
        Issue.record("\(text) is no item")
        continue
      }
      #expect(found.item == item && found.due != nil)
    }
    try await station.perform(.checkin(item: new.label))
    try await station.perform(.replaceLabel(item: new.label, label: "31234000123453"))
    try await station.perform(.reportLost(item: "31234000123453"))
    #expect(try await station.journal.verify().problems == [])
  }

  @Test(
    "refuses a new label or card that is anybody's", arguments: ["TT1.TN.00002", "TT.TN.00001"])
  func labelInUse(text: String) async throws {
    let other = try ItemID(text)
    await #expect(throws: Refusal.labelInUse(other.text)) {
      try await station.perform(.replaceLabel(item: item.label, label: other.label))
    }
    try await station.perform(.replaceLabel(item: item.label, label: "TN.00902"))
    await #expect(throws: Refusal.labelInUse("TT1.TN.00902")) {
      try await station.perform(.replaceLabel(item: "TN.00003", label: "TN.00902"))
    }
    await #expect(throws: Refusal.alreadyRegistered(item)) {
      try await station.perform(.registerFound(item: "TN.00902", homeLibrary: "TT1"))
    }
    let second = try CardNumber(library: station.desk.library, serial: 2)
    await #expect(throws: Refusal.labelInUse(second.text)) {
      try await station.perform(.replaceCard(card: card, newCard: second.label))
    }
  }

  @Test("knows a patron by the old card and the new one, whose number is in no event")
  func newCard() async throws {
    _ = try await lend()
    let new = try CardNumber(library: station.desk.library, serial: 901)
    let outcome = try await station.perform(.replaceCard(card: card, newCard: new.label))
    #expect(outcome.patron?.name == "Nguyễn Thị Hoa")
    #expect(Data(outcome.event.encoded).range(of: Data(new.text.utf8)) == nil)
    for label in [card, new.label] {
      guard case .patron(let patron) = try await station.desk.recognise(ScannedCode(text: label))
      else {
        Issue.record("no patron")
        continue
      }
      #expect(patron.loans.map(\.item) == [item])
    }
    #expect(try await station.journal.verify().problems == [])
  }
}
