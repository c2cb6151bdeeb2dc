import Desk
import Foundation
import GRDB
import Labels
import Ledger
import TestSupport
import Testing

@testable import Journal

@Suite("The counts of a stock-taking")
struct StockTallyTests {
  @Test("are what a recount gives, whatever is scanned in whatever order")
  func recount() async throws {
    let station = try await StationFixture()
    var generator = SeededGenerator(seed: 6)
    let id = try await station.desk.openStockTaking(of: "TN", as: StationFixture.operation()).id
    let labels = try (1...10).map { try ItemID("TT1.TN.000" + ($0 < 10 ? "0\($0)" : "10")).label }
    for round in 0..<60 {
      let label = try #require(labels.randomElement(using: &generator))
      let outcome = try await station.desk.scanStock(
        label, for: id, as: StationFixture.operation())
      let report = try await station.desk.stockReport(of: id)
      try #require(outcome.counts == report.counts, "round \(round)")
      let moved = try #require(labels.randomElement(using: &generator))
      // Whatever a rule refuses changes nothing.
      if Bool.random(using: &generator) {
        _ = try? await station.perform(.reportLost(item: moved))
      } else {
        _ = try? await station.perform(.reportFound(item: moved))
      }
    }
  }

  @Test("are read by keys alone, so that a scan takes as long in a large session as in a small one")
  func plan() async throws {
    let station = try await StationFixture()
    try station.journal.close()
    try StoreTamperer.open(station.folder) { database in
      let statements = [JournalView.talliesSQL, JournalTransaction.lastFindingSQL]
      for sql in statements {
        let arguments: StatementArguments =
          sql.contains("label = ?") ? [Data(), "x"] : [Data()]
        let steps = try Row.fetchAll(
          database, sql: "EXPLAIN QUERY PLAN " + sql, arguments: arguments
        ).map { $0["detail"] as String }
        // A sort is over the scans of one label.
        #expect(
          steps.allSatisfy { $0.hasPrefix("SEARCH") || $0.hasPrefix("USE TEMP B-TREE") },
          "\(steps)")
      }
    }
  }
}
