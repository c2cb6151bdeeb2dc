import Desk
import GRDB
import Journal
import TestSupport
import Testing

@Suite("Closed terms in the store")
struct TermStoreTests {
  /// A station that has counted everything and closed a term.
  private func closed() async throws -> BoxSite {
    let site = try await BoxSite.group(["TT"])[0]
    let id = try await site.desk.openStockTaking(of: "", as: BoxSite.operation()).id
    _ = try await site.desk.closeStockTaking(id, settling: [], as: BoxSite.operation())
    _ = try await site.desk.closeTerm("2026-2027/1", as: BoxSite.operation())
    return site
  }

  @Test(
    "are held against their events",
    arguments: [
      "UPDATE statement_parts SET text = replace(text, 'missing', 'present')",
      "DELETE FROM term_closings", "UPDATE term_closings SET semester = 2",
      "INSERT INTO statement_signatures SELECT hash, 'TT1', signature, '' FROM term_closings",
    ])
  func verified(damage: String) async throws {
    let site = try await closed()
    #expect(try await site.journal.verify().problems == [])
    try StoreTamperer.open(site.journal.folder) { try $0.execute(sql: damage) }
    #expect(try await site.journal.verify().problems.count == 1)
  }

  @Test("are made anew from the events of a store of the version before")
  func migrated() async throws {
    let site = try await closed()
    let report = try await site.desk.termReport(of: "2026-2027/1")
    try site.journal.close()
    try StoreTamperer.open(site.journal.folder) {
      try $0.execute(
        sql: """
          DROP TABLE stage_trips; DROP TABLE rota_revisions; DROP TABLE stock_tallies;
          ALTER TABLE boxes DROP COLUMN revision;
          ALTER TABLE records DROP COLUMN subjects;
          DROP TABLE feed; DROP TABLE feed_state;
          DROP TABLE term_closings; DROP TABLE statement_parts; DROP TABLE statement_signatures;
          PRAGMA user_version = 6;
          """)
    }
    let journal = try Journal(folder: site.journal.folder, clock: site.clock.clock)
    #expect(try await journal.verify().problems == [])
    let desk = Desk(journal: journal, settings: DeskSettings())
    #expect(try await desk.termReport(of: "2026-2027/1").statement == report.statement)
    try journal.close()
  }
}
