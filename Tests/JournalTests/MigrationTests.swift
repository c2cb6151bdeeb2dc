import Desk
import GRDB
import Journal
import Labels
import Ledger
import TestSupport
import Testing

@Suite struct MigrationTests {
  /// Takes the store back to its third version, as an older program left it.
  private static let thirdVersion = """
    DROP TABLE last_acts; DROP TABLE undone; DROP TABLE conditions; DROP TABLE notes;
    DROP TABLE stock_counts; DROP TABLE stock_scans; DROP TABLE stock_sessions;
    DROP TABLE title_sets; DROP TABLE other_acts;
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
    try StoreTamperer.open(station.folder) { try $0.execute(sql: Self.thirdVersion) }
    let desk = try station.reopened()
    #expect(try await desk.journal.verify().problems == [])
    let last = try await desk.journal.read { view in
      try view.holding(item).flatMap { try view.lastAct(on: $0) }
    }
    #expect(last?.sequence == lent.event.sequence + 1)
    #expect(last?.before.place == .patron(desk.library))
  }
}
