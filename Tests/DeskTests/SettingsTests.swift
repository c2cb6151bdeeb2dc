import Circulation
import Desk
import Ledger
import Foundation
import Journal
import Labels
import TestSupport
import Testing

@Suite("A library's settings")
struct SettingsTests {
  private static func changed() throws -> DeskSettings {
    var settings = DeskSettings()
    settings.policy.pupil.itemLimit = 4
    settings.policy.pupil.overriddenBy = .administrator
    settings.policy.teacher.usualRule.period = .until(try SchoolDay("2027-05-28"))
    settings.policy.pupil.rules[.disc] = LoanRule(
      period: .days(1), renewalLimit: 0, itemLimit: 1)
    settings.calendar = .standard(for: SchoolYear(start: 2026))
    settings.labels.code39HasCheckCharacter = true
    return settings
  }

  @Test("are kept whole, check characters and own calendar too")
  func kept() async throws {
    let station = try await StationFixture()
    let settings = try Self.changed()
    try await station.desk.change(to: settings, as: StationFixture.operation().id)
    #expect(station.desk.settings == settings)
    #expect(try await DeskSettings(of: station.reopened().journal) == settings)
  }

  @Test("are the same after they were written down and read")
  func document() throws {
    for settings in [DeskSettings(), try Self.changed()] {
      let bytes = try JSONEncoder().encode(SettingsDocument(settings))
      let document = try JSONDecoder().decode(SettingsDocument.self, from: bytes)
      #expect(try DeskSettings(document) == settings)
    }
  }

  @Test("name everything that is wrong with a document at once, each at its field")
  func problems() throws {
    var document = SettingsDocument(try Self.changed())
    document.version = 9
    document.offsetMinutes = 2_000
    document.labels.accessionGrammar = "digits=99"
    document.patrons["pupil"]?.itemLimit = -1
    document.patrons["pupil"]?.overriddenBy = "everybody"
    document.patrons["pupil"]?.usual.period = "a week"
    document.patrons["staff"] = nil
    let teacher = try #require(document.patrons["teacher"])
    document.patrons["guest"] = teacher
    document.patrons["teacher"]?.kinds["DVD"] = teacher.usual
    document.patrons["teacher"]?.usual.period = "until 2027-05-29"
    document.calendar?.closedDays.append("31/02/2027")
    document.calendar?.closedWeekdays.append("someday")
    document.calendar?.semesters.reverse()
    let error = try #require(throws: BadSettings.self) { try DeskSettings(document) }
    #expect(
      error.problems.map(\.field) == [
        "version", "offsetMinutes", "labels.accessionGrammar", "calendar.closedWeekdays",
        "calendar.closedDays", "calendar.semesters[1]", "patrons.pupil.overriddenBy",
        "patrons.pupil.itemLimit", "patrons.pupil.usual.period", "patrons.teacher.kinds",
        "patrons.staff", "patrons", "patrons.teacher.usual.period",
      ])
    for language in Language.allCases {
      #expect(error.advice(in: language).split(separator: "\n").count == error.problems.count)
    }
  }

  @Test("tell before a change what it does, and on which days a book would be due in vain")
  func preview() async throws {
    let station = try await StationFixture()
    let item = try ItemID("TT1.TN.00001").label
    let card = try CardNumber(library: LibraryCode("TT1"), serial: 1).label
    let lent = try await station.perform(
      .checkout(item: item, card: card, overrideReason: nil))
    let due = try #require(lent.item?.due)
    var settings = DeskSettings()
    settings.calendar = .standard(for: SchoolYear(start: 2026))
    settings.calendar?.closedDays.insert(due)
    settings.policy.pupil.itemLimit = 3
    let preview = try await station.desk.preview(settings)
    #expect(preview.openLoanCount == 1)
    #expect(preview.closedDueDays.map(\.day) == [due])
    let limit = try #require(preview.changes.first { $0.field == "patrons.pupil.itemLimit" })
    #expect(limit.before == "2" && limit.after == "3")
    #expect(station.desk.settings == DeskSettings())
    #expect(try await station.desk.preview(DeskSettings()).changes.isEmpty)

    try await station.desk.change(to: settings, as: StationFixture.operation().id)
    guard case .item(let found) = try await station.desk.recognise(ScannedCode(text: item))
    else {
      Issue.record("the item is not known any more")
      return
    }
    #expect(found.due == due)
  }

  @Test("give an override to whom the policy gives it", arguments: OverrideRight.allCases)
  func overrideRight(needed: OverrideRight) async throws {
    let station = try await StationFixture()
    var settings = DeskSettings()
    settings.policy.pupil.overriddenBy = needed
    try await station.desk.change(to: settings, as: StationFixture.operation().id)
    let request = DeskRequest.checkout(
      item: try ItemID("TT1.STK.00001").label,
      card: try CardNumber(library: LibraryCode("TT1"), serial: 1).label,
      overrideReason: "cô giáo mượn")
    for right in [OverrideRight.nobody, .librarian, .administrator] {
      var desk = station.desk
      desk.overrideRight = right
      guard right.covers(needed) else {
        await #expect(throws: Refusal.overrideNotAllowed(needed: needed)) {
          try await desk.perform(request, as: StationFixture.operation())
        }
        continue
      }
      let outcome = try await desk.perform(request, as: StationFixture.operation())
      #expect(outcome.event.fact.name == "checkout")
      try await station.perform(.checkin(item: try ItemID("TT1.STK.00001").label))
    }
  }

  @Test("warn of a clock before the last event, and of one before this program")
  func clock() async throws {
    let station = try await StationFixture()
    #expect(try await !station.desk.state().warnings.contains(.clockSuspect))
    station.clock.advance(milliseconds: -30 * 60_000)
    #expect(try await !station.desk.state().warnings.contains(.clockSuspect))
    station.clock.advance(milliseconds: -60 * 60_000)
    #expect(try await station.desk.state().warnings.contains(.clockSuspect))
    station.clock.setWall(milliseconds: 0)
    #expect(try await station.desk.state().warnings.contains(.clockSuspect))
  }

  @Test("warn when the school's own calendar has run out, and lend all the same")
  func lapsedCalendar() async throws {
    let station = try await StationFixture()
    var settings = DeskSettings()
    settings.calendar = .standard(for: SchoolYear(start: 2025))
    try await station.desk.change(to: settings, as: StationFixture.operation().id)
    #expect(try await station.desk.state().warnings.contains(.calendarLapsed))
    let outcome = try await station.perform(
      .checkout(
        item: try ItemID("TT1.TN.00001").label,
        card: try CardNumber(library: LibraryCode("TT1"), serial: 1).label,
        overrideReason: nil))
    #expect(outcome.item?.due != nil)
    settings.calendar = .standard(for: SchoolYear(start: 2026))
    try await station.desk.change(to: settings, as: StationFixture.operation().id)
    #expect(try await !station.desk.state().warnings.contains(.calendarLapsed))
  }
}

@Suite("Random histories under random settings")
struct RandomSettingsTests {
  @Test("keep sums, open due days and recorded overrides", arguments: 0..<12)
  func properties(seed: UInt64) async throws {
    var generator = SeededGenerator(seed: seed)
    let station = try await StationFixture()
    var overrideCount = 0
    for _ in 0..<240 {
      if Int.random(in: 0..<8, using: &generator) == 0 {
        try await station.desk.change(
          to: Self.settings(using: &generator), as: StationFixture.operation().id)
      }
      if Bool.random(using: &generator) { station.clock.advance(days: 1) }
      var desk = station.desk
      let rights: [OverrideRight] = [.nobody, .librarian, .administrator, .administrator]
      desk.overrideRight = rights.randomElement(using: &generator) ?? .nobody
      let item = try ItemID("TT1.TN.0000\(Int.random(in: 1...4, using: &generator))").label
      let serial = [1, 2, 9].randomElement(using: &generator) ?? 1
      let card = try CardNumber(library: LibraryCode("TT1"), serial: serial).label
      let reason = Int.random(in: 0..<4, using: &generator) > 0 ? "có lý do" : nil
      let request =
        [
          DeskRequest.checkout(item: item, card: card, overrideReason: reason),
          .renew(item: item, overrideReason: reason), .checkin(item: item),
        ].randomElement(using: &generator) ?? .checkin(item: item)
      let broken = try await Self.brokenRules(request, at: desk)
      guard
        let outcome = try? await desk.perform(request, as: StationFixture.operation())
      else { continue }
      try await check(outcome, against: broken, by: desk)
      if broken?.isEmpty == false { overrideCount += 1 }
    }
    #expect(overrideCount > 0)
    #expect(try await station.journal.verify().problems == [])
    #expect(try await station.desk.state().balances.values.reduce(0, +) == 0)
  }

  /// The rules that an act would break by the settings and the books before it; `nil` for an act
  /// that rules don't speak of.
  private static func brokenRules(
    _ request: DeskRequest, at desk: Desk
  ) async throws -> [String]? {
    let (policy, today) = (desk.settings.policy, desk.today)
    return try await desk.journal.read { view in
      switch request {
      case .checkout(let label, let card, _):
        let item = try ItemID(label: label)
        let patron = try #require(try view.patron(CardNumber(label: card)))
        let holding = try #require(try view.holding(item))
        let second: [Refusal] =
          try holding.loan.map { loan in
            let isSame = try view.card(behind: loan.borrower) == patron.card
            return [.alreadyOnLoan(item, toSamePatron: isSame)]
          } ?? []
        let record = try #require(try view.record(holding.record))
        let asked = CheckoutRequest(
          item: item, record: record, patron: patron, loans: try view.loans(of: patron.card),
          day: today)
        return (second + policy.refusals(of: asked)).map(\.rule)
      case .renew(let label, _):
        let holding = try #require(try view.holding(ItemID(label: label)))
        guard let loan = holding.loan, let card = try view.card(behind: loan.borrower) else {
          return []
        }
        let patron = try #require(try view.patron(card))
        let loans = try view.loans(of: card)
        let renewed = try #require(loans.first { $0.item == holding.item })
        return policy.refusals(ofRenewing: renewed, by: patron, having: loans, on: today)
          .map(\.rule)
      default: return nil
      }
    }
  }

  private func check(
    _ outcome: Outcome, against broken: [String]?, by desk: Desk
  ) async throws {
    let override: Override?
    switch outcome.event.fact {
    case .checkout(let checkout):
      #expect(desk.settings.calendar(on: desk.today).isOpen(checkout.due))
      override = checkout.override
    case .renewal(let renewal):
      #expect(desk.settings.calendar(on: desk.today).isOpen(renewal.due))
      override = renewal.override
    default: return
    }
    // A rule that was broken is in the record, and no other.
    #expect((override?.rules ?? []) == broken)
    #expect(override?.rules.isEmpty != true)
    let operation = outcome.event.operation
    let reason = try await desk.journal.read { try $0.overrideReason(of: operation) }
    #expect((override == nil) == (reason == nil))
    if override != nil { #expect(desk.overrideRight != .nobody) }
  }

  private static func settings(using generator: inout SeededGenerator) -> DeskSettings {
    var settings = DeskSettings()
    let periods: [LoanPeriod] = [
      .days(Int.random(in: 1...30, using: &generator)), .semester, .schoolYear, .onSiteOnly,
      .until(TestClock.mondayInTerm.adding(days: 21)),
    ]
    settings.policy.pupil.itemLimit = Int.random(in: 0...3, using: &generator)
    settings.policy.pupil.usualRule.itemLimit = [nil, 1, 2].randomElement(using: &generator) ?? nil
    settings.policy.pupil.usualRule.period = periods.randomElement(using: &generator) ?? .semester
    settings.policy.pupil.blocksWhenOverdue = Bool.random(using: &generator)
    settings.policy.pupil.overriddenBy =
      OverrideRight.allCases.randomElement(using: &generator) ?? .librarian
    var calendar = SchoolCalendar.standard(for: SchoolYear(start: 2026))
    calendar.closedWeekdays = Set(
      Weekday.allCases.shuffled(using: &generator).prefix(
        Int.random(in: 0...6, using: &generator)))
    for _ in 0..<10 {
      calendar.closedDays.insert(
        TestClock.mondayInTerm.adding(days: Int.random(in: 0...60, using: &generator)))
    }
    settings.calendar = calendar
    return settings
  }
}
