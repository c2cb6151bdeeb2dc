import Circulation
import Desk
import Foundation
import Journal
import Ledger
import TestSupport
import Testing

@Suite("The group's rules at a station")
struct GroupRulesTests {
  private static func entry(_ document: PolicyDocument?, revision: Int) throws -> FeedEntry {
    let text = try document.map { String(decoding: try JSONEncoder().encode($0), as: UTF8.self) }
    return FeedContent.policy(
      PublishedPolicy(revision: revision, wallMilliseconds: 1_789_500_000_000, text: text ?? "")
    ).entry
  }

  /// Takes the group's rules in, as they come with the feed.
  private func take(_ document: PolicyDocument?, revision: Int, at desk: Desk) async throws {
    let run = FeedRun(
      start: 0,
      checkpoint: FeedCheckpoint(lineage: 1, version: Int64(revision), sequence: Int64(revision)),
      beginsSnapshot: true, isLast: true,
      entries: [try Self.entry(document, revision: revision)])
    _ = try await desk.journal.take(run)
    try await desk.reloadSettings()
  }

  private static func rules(pupils limit: Int, teachers: Int = 10) -> PolicyDocument {
    var document = PolicyDocument.standard
    document.patrons["pupil"]?.itemLimit = limit
    document.patrons["teacher"]?.itemLimit = teachers
    return document
  }

  @Test("hold where the station has set nothing, change with the group's, and go with them")
  func defaults() async throws {
    let station = try await StationFixture()
    let desk = station.desk
    #expect(try await desk.ruleSources().group == nil && desk.settings.policy == .standard)
    try await take(Self.rules(pupils: 3), revision: 1, at: desk)
    #expect(desk.settings.policy.pupil.itemLimit == 3)
    #expect(try await desk.ruleSources().group?.revision == 1)
    try await take(Self.rules(pupils: 5), revision: 2, at: desk)
    #expect(desk.settings.policy.pupil.itemLimit == 5)
    // After a restart they are still there, with no host in reach.
    let again = try await DeskSettings(of: station.reopened().journal)
    #expect(again.policy.pupil.itemLimit == 5)
    try await take(nil, revision: 3, at: desk)
    #expect(desk.settings.policy == .standard)
    #expect(try await desk.ruleSources().group == nil)
  }

  @Test("give way to what the station has set itself, and to that alone")
  func own() async throws {
    let station = try await StationFixture()
    let desk = station.desk
    try await take(Self.rules(pupils: 3), revision: 1, at: desk)
    var settings = desk.settings
    settings.policy.teacher.itemLimit = 7
    settings.calendar = .standard(for: SchoolYear(start: 2026))
    try await desk.change(to: settings, as: StationFixture.operation().id)
    var sources = try await desk.ruleSources()
    #expect(sources.own == ["calendar", "patrons.teacher.itemLimit"] && sources.holds)
    #expect(sources.instead["patrons.teacher.itemLimit"] == "10")
    try await take(Self.rules(pupils: 4, teachers: 12), revision: 2, at: desk)
    #expect(desk.settings.policy.pupil.itemLimit == 4)
    #expect(desk.settings.policy.teacher.itemLimit == 7)
    #expect(desk.settings.calendar == settings.calendar)
    // Set to what the group has, a rule is the group's again.
    settings = desk.settings
    settings.policy.teacher.itemLimit = 12
    try await desk.change(to: settings, as: StationFixture.operation().id)
    try await take(Self.rules(pupils: 4, teachers: 15), revision: 3, at: desk)
    #expect(desk.settings.policy.teacher.itemLimit == 15)
    sources = try await desk.ruleSources()
    #expect(sources.own == ["calendar"])
  }

  @Test("leave what a station had changed before there were any as its own")
  func earlierSettings() async throws {
    let station = try await StationFixture()
    var document = SettingsDocument(DeskSettings())
    document.patrons["pupil"]?.itemLimit = 4
    let text = String(decoding: try JSONEncoder().encode(document), as: UTF8.self)
    try await station.journal.set("desk", to: text)
    try await take(Self.rules(pupils: 3, teachers: 9), revision: 1, at: station.desk)
    #expect(station.desk.settings.policy.pupil.itemLimit == 4)
    #expect(station.desk.settings.policy.teacher.itemLimit == 9)
  }

  @Test("do not stop a station that they contradict, nor one that can't read them")
  func contradiction() async throws {
    let station = try await StationFixture()
    let desk = station.desk
    var settings = desk.settings
    let end = try SchoolDay("2027-05-28")
    settings.policy.teacher.usualRule.period = .until(end)
    try await desk.change(to: settings, as: StationFixture.operation().id)
    var closed = Self.rules(pupils: 3)
    closed.calendar = PolicyDocument.Calendar(.standard(for: SchoolYear(start: 2026)))
    closed.calendar?.closedDays.append("2027-05-28")
    try await take(closed, revision: 1, at: desk)
    #expect(desk.settings == settings)
    #expect(try await desk.ruleSources().holds == false)

    var unknown = Self.rules(pupils: 3)
    unknown.patrons["pupil"]?.usual.period = "a moon"
    try await take(unknown, revision: 2, at: desk)
    #expect(desk.settings == settings)
    #expect(try await desk.ruleSources().group == nil)
  }
}
