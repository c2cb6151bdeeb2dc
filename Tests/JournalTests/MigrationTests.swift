import Circulation
import Desk
import GRDB
import Journal
import Labels
import Ledger
import Rotation
import TestSupport
import Testing

@Suite struct MigrationTests {
  /// Takes the store back to its fourth version, as an older program left it.
  private static let fourthVersion = """
    DROP TABLE stage_trips; DROP TABLE rota_revisions; DROP TABLE stock_tallies;
    ALTER TABLE records DROP COLUMN subjects;
    DROP TABLE feed; DROP TABLE feed_state;
    DROP TABLE term_closings; DROP TABLE statement_parts; DROP TABLE statement_signatures;
    DROP TABLE other_acts; DROP TABLE boxes; DROP TABLE counted_items;
    DROP INDEX items_in_boxes;
    DROP INDEX stock_scans_by_number; ALTER TABLE stock_scans DROP COLUMN number;
    ALTER TABLE items DROP COLUMN gaps; ALTER TABLE last_acts DROP COLUMN gaps;
    PRAGMA user_version = 4;
    """

  /// Takes a store of the fourth version back to its third.
  private static let thirdVersion = """
    DROP TABLE last_acts; DROP TABLE undone; DROP TABLE conditions; DROP TABLE notes;
    DROP TABLE stock_counts; DROP TABLE stock_scans; DROP TABLE stock_sessions;
    DROP TABLE title_sets;
    DROP INDEX aliases_by_accession; ALTER TABLE aliases DROP COLUMN accession;
    PRAGMA user_version = 3;
    """

  @Test("fills the tables of a later version from the events of an older store")
  func filled() async throws {
    let station = try await StationFixture()
    let item = try ItemID("TT1.TN.00001")
    let card = try CardNumber(library: LibraryCode("TT1"), serial: 1).label
    let lent = try await station.perform(
      .checkout(item: item.label, card: card, overrideReason: nil))
    try await station.perform(.checkin(item: item.label))
    try station.journal.close()
    try StoreTamperer.open(station.folder) {
      try $0.execute(sql: Self.fourthVersion + Self.thirdVersion)
    }
    let desk = try station.reopened()
    #expect(try await desk.journal.verify().problems == [])
    let last = try await desk.journal.read { view in
      try view.holding(item).flatMap { try view.lastAct(on: $0) }
    }
    #expect(last?.sequence == lent.event.sequence + 1)
    #expect(last?.before.place == .patron(desk.library))
  }

  @Test("numbers acts anew, whatever an older program made of them, and keeps what has no event")
  func renumbered() async throws {
    let station = try await StationFixture()
    let item = try ItemID("TT1.TN.00001")
    try await station.perform(.note(item: item.label, condition: .worn, text: "Rách bìa"))
    let id = try await station.desk.openStockTaking(of: "TN", as: StationFixture.operation()).id
    _ = try await station.desk.scanStock(item.label, for: id, as: StationFixture.operation())
    try station.journal.close()
    try StoreTamperer.open(station.folder) {
      try $0.execute(sql: Self.fourthVersion + "UPDATE items SET version = version + 7;")
    }
    let desk = try station.reopened()
    #expect(try await desk.journal.verify().problems == [])
    #expect(try await desk.journal.read { try $0.notes(on: item).map(\.text) } == ["Rách bìa"])
    #expect(try await desk.stockReport(of: id).counts == [.present: 1])
  }

  @Test("lets boxes belong to stages, and keeps the rota that the host has told of")
  func stages() async throws {
    let station = try await StationFixture()
    let rota = try RotaText.rota("rota R1\nlibraries TT TT1\n")
    try await station.journal.hear(of: rota, revision: 4)
    _ = try await station.desk.perform(
      .open(box: "B.TT1.0001", to: "TT"), as: StationFixture.operation())
    try station.journal.close()
    try StoreTamperer.open(station.folder) {
      try $0.execute(
        sql: """
          DROP TABLE stage_trips; DROP TABLE rota_revisions; DROP TABLE stock_tallies;
          ALTER TABLE boxes DROP COLUMN revision;
          ALTER TABLE records DROP COLUMN subjects;
          PRAGMA user_version = 8;
          """)
    }
    let desk = try station.reopened()
    #expect(try await desk.journal.verify().problems == [])
    #expect(try await desk.journal.read { try $0.rota(rota.id, revision: 4)?.rota } == rota)
    #expect(try await desk.report(ofBox: "B.TT1.0001").summary.record.revision == nil)
  }

  @Test("gives titles room for subjects, and keeps those that come after")
  func subjects() async throws {
    let station = try await StationFixture()
    try station.journal.close()
    try StoreTamperer.open(station.folder) {
      try $0.execute(
        sql: """
          DROP TABLE stock_tallies; ALTER TABLE records DROP COLUMN subjects;
          PRAGMA user_version = 9;
          """)
    }
    let desk = try station.reopened()
    let id = try #require(RecordID("TT.1"))
    var record = try #require(try await desk.journal.read { try $0.record(id) })
    #expect(record.subjects.isEmpty)
    record.subjects = try #require(Subjects(["Loài vật", "Truyện đồng thoại"]))
    try await desk.journal.recordAll([
      (StationFixture.operation().id, .recordDescribed(record))
    ])
    #expect(try await desk.journal.read { try $0.record(id) } == record)
    let found = try await desk.journal.read { try $0.records(matching: "dong thoai", limit: 5) }
    #expect(found == [record])
    #expect(try await desk.journal.verify().problems == [])
  }

  @Test("counts what stock-takings of an older program have noted")
  func stockTallies() async throws {
    let station = try await StationFixture()
    let id = try await station.desk.openStockTaking(of: "TN", as: StationFixture.operation()).id
    for text in ["TT1.TN.00001", "TT1.TN.00002", "TT1.TN.00001", "TT1.STK.00001"] {
      _ = try await station.desk.scanStock(
        ItemID(text).label, for: id, as: StationFixture.operation())
    }
    try station.journal.close()
    try StoreTamperer.open(station.folder) {
      try $0.execute(sql: "DROP TABLE stock_tallies; PRAGMA user_version = 10;")
    }
    let desk = try station.reopened()
    let counts = try await desk.journal.read { try $0.stockCounts(of: id) }
    #expect(counts == [.present: 2, .misplaced: 1])
    #expect(try await desk.stockReport(of: id).counts == counts)
  }

  @Test("starts a station whose events an older program damaged, so that its verifier can tell")
  func damaged() async throws {
    let station = try await StationFixture()
    try station.journal.close()
    try StoreTamperer.open(station.folder) {
      try $0.execute(
        sql: Self.fourthVersion + """
          DROP TRIGGER events_are_not_changed;
          UPDATE events SET bytes = x'00' WHERE sequence = 3;
          """)
    }
    let desk = try station.reopened()
    #expect(try await !desk.journal.verify().passed)
  }
}
